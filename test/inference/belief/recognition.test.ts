/** The learned model under the particle filter: hand-made networks of a linear-Gaussian system against Kalman's filter. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { particleFilter } from "../../../src/inference/belief/filter.ts";
import {
  allocateBeliefWorkspace,
  latentStateSpace,
  PARTICLES,
} from "../../../src/inference/belief/recognition.ts";
import { buildModel, type Shape } from "../../helpers/latent.ts";
import { average, type Rows } from "../../reference/arrays.ts";
import { latentLogStd, logNormal } from "../../reference/density.ts";
import type { Model } from "../../reference/latent.ts";
import type { Network } from "../../reference/nn.ts";

const core = await createCore({ bytes: 1 << 22 });

const shape: Shape = {
  ...{ kind: "gaussian", Z: 4, X: 1, A: 1, E: 2, hidden: [], decoderHidden: [], activation: "relu" },
  ...{ hasEndings: false, recognisesReward: false, steps: 1, overshoot: 0, overshootFrom: 0 },
  ...{ overshootStarts: 1, contrasts: 1, lengths: {} },
};

/** z' = z + PUSH a + STEP ε in every dimension, x = z[0] + SENSOR ν, r = z[0] + REWARD ν; z ∼ N(0, 1) at first. */
const STEP = Math.exp(latentLogStd(3));
const PUSH = 0.2;
const SENSOR = 0.06;
const REWARD = 0.1;
const POSTERIOR = (STEP * SENSOR) / Math.hypot(STEP, SENSOR);
const GAIN = STEP ** 2 / (STEP ** 2 + SENSOR ** 2);

const linear = (weight: Rows, bias: number[]): Network => ({
  activation: "relu",
  layers: [{ weight, bias }],
});
const zeros = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
/** A matrix of zeros but for some entries. */
function sparse(rows: number, columns: number, entries: readonly [number, number, number][]): Rows {
  const matrix = zeros(rows, columns);
  for (const [row, column, value] of entries) matrix[row][column] = value;
  return matrix;
}
/** y of a deviation: the inverse of `latentLogStd`. */
const inverse = (std: number) => -Math.log(5 / (Math.log(std) + 8) - 1);

/** Half of d moves the mean. The correction of z[0] is exact for the observation alone; the others' is the transition's. */
const transition = linear(sparse(8, 5, [[0, 4, 2 * PUSH]]), [0, 0, 0, 0, 3, 3, 3, 3]);
const model: Model = {
  kind: "gaussian",
  observationStd: [SENSOR],
  rewardNoise: REWARD,
  recognisesReward: false,
  hasEndings: false,
  endingOffset: 0,
  transitions: [transition, transition],
  recognition: linear(
    sparse(8, 7, [
      [0, 0, -GAIN],
      [0, 4, GAIN],
    ]),
    [0, 0, 0, 0, inverse(POSTERIOR), 3, 3, 3],
  ),
  observation: linear(sparse(1, 4, [[0, 0, 1]]), [0]),
  outcome: linear(sparse(3, 5, [[0, 0, 1]]), [0, 0, 0]),
};

interface Seen {
  readonly action: number;
  readonly observation?: number;
  readonly reward?: number;
}

/** Kalman's filter of z[0]: evidence, mean and deviation. */
function kalman(steps: readonly Seen[]) {
  let [mean, variance, logEvidence] = [0, 1, 0];
  const see = (value: number, std: number) => {
    const all = variance + std ** 2;
    logEvidence += logNormal(value, mean, all);
    mean += (variance / all) * (value - mean);
    variance *= std ** 2 / all;
  };
  steps.forEach(({ action, observation, reward }, t) => {
    if (t > 0) {
      mean += PUSH * action;
      variance += STEP ** 2;
    }
    if (observation !== undefined) see(observation, SENSOR);
    if (reward !== undefined) see(reward, REWARD);
  });
  return { logEvidence, mean, std: Math.sqrt(variance) };
}

/** Evidence, and evidence times the belief's moments, of many filters; and units that the model is to undo. */
function filters(steps: readonly Seen[], runs: number) {
  return core.scope(() => {
    const built = buildModel(core, model, shape);
    // the filter reads the world's own units: x = 3 + 2 x̂, r = −1 + 4 r̂
    built.scales.observation.shift[0] = 3;
    built.scales.observation.scale[0] = 1 / 2;
    built.scales.reward.shift[0] = -1;
    built.scales.reward.scale[0] = 1 / 4;
    const space = latentStateSpace(core, built, allocateBeliefWorkspace(core, built));
    const filter = particleFilter(core, space, { particles: PARTICLES, seed: 1 });
    return Array.from({ length: runs }, (_, seed) => {
      filter.reset({ seed });
      for (const { action, observation = Number.NaN, reward } of steps) {
        space.reward = reward === undefined ? undefined : -1 + 4 * reward;
        filter.update({ action: [action], observation: [3 + 2 * observation] });
      }
      const { mean, std } = filter.moments();
      return {
        evidence: Math.exp(filter.state.counts.logEvidence),
        mean: mean[0],
        square: std[0] ** 2 + mean[0] ** 2,
      };
    });
  });
}

/** Mean of f, and four deviations of it. */
function estimate(values: readonly number[]) {
  const mean = average(values);
  const variance = average(values.map((value) => (value - mean) ** 2));
  return { mean, within: 4 * Math.sqrt(variance / values.length) };
}

// the first observation is missed: recognition is never broad enough for N(0, 1)
for (const [name, steps] of [
  ["observations", [{ action: 0 }, { action: 0.5, observation: 0.3 }, { action: -1, observation: 0.05 }]],
  [
    "rewards beside them",
    [{ action: 0 }, { action: 0.5, observation: 0.3, reward: 0.35 }, { action: 1, reward: 0.4 }],
  ],
  [
    "steps that nothing was seen of",
    [
      { action: 0 },
      { action: 1, observation: -0.2 },
      { action: 1 },
      { action: 1 },
      { action: 0, observation: 0.3 },
    ],
  ],
] as const)
  test(`evidence, mean and spread are unbiased for the exact ones: ${name}`, () => {
    const exact = kalman(steps);
    const runs = filters(steps, 3000);
    // Ẑ and Ẑ E[f] are unbiased for Z and Z E[f] (Del Moral 2004); four deviations of 3,000 filters
    const evidence = estimate(runs.map((run) => run.evidence));
    const Z = Math.exp(exact.logEvidence);
    assert.ok(evidence.within < 0.15 * Z, `${evidence.within} of ${Z}`);
    assert.ok(Math.abs(evidence.mean - Z) < evidence.within, `${evidence.mean}, ${Z} ± ${evidence.within}`);
    const mean = estimate(runs.map((run) => run.evidence * (run.mean - exact.mean)));
    assert.ok(Math.abs(mean.mean) < mean.within && mean.within < 0.05 * Z);
    const expected = exact.std ** 2 + exact.mean ** 2;
    const square = estimate(runs.map((run) => run.evidence * (run.square - expected)));
    assert.ok(Math.abs(square.mean) < square.within && square.within < 0.05 * Z);
  });

test("particles spread evenly over the members, which they keep", () => {
  core.scope(() => {
    const four = { ...model, transitions: new Array(4).fill(transition) };
    const built = buildModel(core, four, { ...shape, E: 4 });
    const space = latentStateSpace(core, built, allocateBeliefWorkspace(core, built));
    assert.equal([space.stateSize, space.continuousSize], [5, 4]);
    const filter = particleFilter(core, space, { particles: PARTICLES, resampleBelow: 0 });
    const membersOf = () => [...filter.state.particles.subarray(4 * TILE, 5 * TILE)];
    filter.update({ observation: [0] });
    const members = membersOf();
    for (let e = 0; e < 4; e++) assert.is(members.filter((member) => member === e).length, TILE / 4);
    for (let t = 0; t < 3; t++) filter.update({ action: [0], observation: [0.1] });
    assert.equal(membersOf(), members);
  });
});

test("without weighing all particles count alike, whatever was seen", () => {
  core.scope(() => {
    const built = buildModel(core, model, shape);
    const space = latentStateSpace(core, built, allocateBeliefWorkspace(core, built));
    space.isWeighed = false;
    const filter = particleFilter(core, space, { particles: PARTICLES });
    for (const observation of [0, 0.5, -3]) filter.update({ action: [0], observation: [observation] });
    assert.equal([...filter.state.weights], new Array(TILE).fill(1 / TILE));
    assert.ok(Math.abs(filter.state.counts.logEvidence) < 1e-6);
  });
});

test.run();
