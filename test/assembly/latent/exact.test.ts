/**
 * The bound of a linear-Gaussian world, z' = z + σ ε, x = z + r ε, where Bayes' rule is known: of any q,
 *
 *   E_q[log p(x | z) / p(x)] − KL(q ‖ p) = −KL(q ‖ p(z | x)) ≤ 0
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { setChunk } from "../../../src/core/latent.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import {
  type Built,
  buildChunks,
  fillEvidence,
  laneOf,
  pass,
  type Shape,
  type World,
} from "../../helpers/latent.ts";
import { average, gaussian, type Rows, sum } from "../../reference/arrays.ts";
import { latentLogStd, logNormal } from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import { klDivergence, type Model } from "../../reference/latent.ts";
import type { Network } from "../../reference/nn.ts";

const core = debugCore();

/** Two steps: nothing is seen of the first, which draws z ∼ N(0, 1); the second is seen completely. */
const shape: Shape = {
  kind: "gaussian",
  Z: 4,
  X: 4,
  A: 1,
  E: 1,
  hidden: [],
  decoderHidden: [],
  activation: "relu",
  hasEndings: false,
  recognisesReward: false,
  steps: 2,
  overshoot: 0,
  overshootFrom: 0,
  overshootStarts: 1,
  contrasts: 64,
  lengths: Object.fromEntries(Array.from({ length: TILE }, (_, lane) => [lane, 2])),
};
const DRAWS = 64;

const PRIOR = Math.exp(latentLogStd(3));
const NOISE = PRIOR;
/** Exact: the posterior's mean moves by this share of x − m, and its variance is this share of the prior's. */
const GAIN = PRIOR ** 2 / (PRIOR ** 2 + NOISE ** 2);
const POSTERIOR = Math.sqrt(PRIOR ** 2 * (1 - GAIN));

/** Rows that pick input `first + i`, times `scale`. */
const pick = (inputs: number, first: number, scale: number): Rows =>
  Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: inputs }, (_, k) => (k === first + i ? scale : 0)),
  );
const constant = (value: number) => new Array<number>(4).fill(value);
const linear = (weight: Rows, bias: number[]): Network => ({
  activation: "relu",
  layers: [{ weight, bias }],
});

/** y of a deviation: the inverse of `latentLogStd`. */
const inverse = (std: number) => -Math.log(5 / (Math.log(std) + 8) - 1);

/** Recognition that moves the mean by `gain` (x − m), with deviation `std`. */
function modelOf(gain: number, std: number): Model {
  const correction = pick(10, 0, -gain).map((row, i) => row.map((w, k) => w + pick(10, 4, gain)[i][k]));
  return {
    kind: "gaussian",
    observationStd: constant(NOISE),
    rewardNoise: 1,
    recognisesReward: false,
    hasEndings: false,
    endingOffset: 0,
    transitions: [linear([...pick(5, 0, 0), ...pick(5, 0, 0)], [...constant(0), ...constant(3)])],
    recognition: linear([...correction, ...pick(10, 0, 0)], [...constant(0), ...constant(inverse(std))]),
    observation: linear(pick(4, 0, 1), constant(0)),
    outcome: linear(pick(5, 0, 0).slice(0, 3), [0, 0, 0]),
  };
}

/** Means over many draws of x ∼ p(x | z_0) and z ∼ q: of the second step, ratio, −KL, and ℓ − log p(x | z_0); E KL(q ‖ p(z | x)). */
function measured(gain: number, std: number) {
  const random = mulberry32(1);
  const unseen = {
    observation: constant(0),
    seen: constant(0),
    previousAction: [0],
    reward: 0,
    endingReward: 0,
    ended: 0,
    outcomeSeen: 0,
  };
  const world: World = {
    shape,
    model: modelOf(gain, std),
    chunks: Array.from({ length: TILE }, () => [unseen, unseen]),
  };
  return core.scope(() => {
    const built = buildChunks(core, world);
    const each = Array.from({ length: DRAWS }, (_, step) => {
      setChunk(core, built.learner.record, { step });
      pass(core, built, { marginalWeight: 0, overshootWeight: 1 });
      // z_0 depends on the noise alone, which is the same in the next pass
      const starts = world.chunks.map((_, lane) => laneOf(built.learner.work.pass.latents, lane, shape)[0]);
      const xs = starts.map((z) => z.map((value) => value + Math.hypot(PRIOR, NOISE) * gaussian(random)));
      fillEvidence(
        built.learner.work.evidence,
        xs.map((x) => [unseen, { ...unseen, observation: x, seen: constant(1) }]),
      );
      pass(core, built, { marginalWeight: 0, overshootWeight: 1 });
      return secondStep(built, { starts, xs, gain, std });
    });
    const [ratio, consistency, gained, missed] = [0, 1, 2, 3].map((i) =>
      average(each.map((values) => values[i])),
    );
    return { ratio, consistency, gained, missed };
  });
}

/** The second step's share of the terms, whose first step has none: nothing was seen of it. */
function secondStep(
  {
    learner: {
      work: { pass },
    },
  }: Built,
  { starts, xs, gain, std }: { starts: Rows; xs: Rows; gain: number; std: number },
) {
  const evidence = starts.map((z, lane) =>
    sum(xs[lane].map((x, d) => logNormal(x, z[d], PRIOR ** 2 + NOISE ** 2))),
  );
  const misses = starts.map((z, lane) =>
    klDivergence(
      { mean: z.map((m, d) => m + gain * (xs[lane][d] - m)), logStd: constant(Math.log(std)) },
      { mean: z.map((m, d) => m + GAIN * (xs[lane][d] - m)), logStd: constant(Math.log(POSTERIOR)) },
    ),
  );
  return [2 * pass.terms[1], 2 * pass.terms[2], 2 * pass.terms[0] - average(evidence), average(misses)];
}

/**
 * Four deviations of the mean of ℓ = −½ Σ_d u², u ∼ N(μ, v) of the four dimensions: Var ½ u² = ½ v² + μ² v, with
 * v = (std / r)² and E μ² = (1 − gain)² (σ² + r²) / r². All the rest is known given x.
 */
function tolerance(gain: number, std: number): number {
  const v = (std / NOISE) ** 2;
  const variance = 4 * (0.5 * v * v + (1 - gain) ** 2 * (PRIOR ** 2 / NOISE ** 2 + 1) * v);
  return 4 * Math.sqrt(variance / (DRAWS * TILE));
}

test("with exact inference, what is gained is what the state costs: the mutual information", () => {
  const { ratio, consistency, gained, missed } = measured(GAIN, POSTERIOR);
  const information = 4 * 0.5 * Math.log(1 + PRIOR ** 2 / NOISE ** 2);
  assert.ok(Math.abs(missed) < 1e-12);
  assert.ok(Math.abs(gained + consistency) < tolerance(GAIN, POSTERIOR));
  // over x too, KL = ½ Σ_d (…) + shift² / 2σ²: a χ² of variance GAIN² / 2 a dimension
  assert.ok(Math.abs(consistency + information) < 4 * Math.sqrt((4 * GAIN ** 2) / 2 / (DRAWS * TILE)));
  // by contrast it is a lower bound, near what it bounds with 64 contrasts
  assert.ok(ratio < information && ratio > 0.9 * information);
  assert.ok(ratio + consistency < 0);
});

for (const [name, gain, std] of [
  ["looks away", 0, POSTERIOR],
  ["corrects too little", 0.5 * GAIN, POSTERIOR],
  ["is too sure", GAIN, 0.5 * POSTERIOR],
  ["trusts the observation alone", 1, NOISE],
] as const)
  test(`when inference ${name}, the state costs KL(q ‖ p(z | x)) more than is gained`, () => {
    const { ratio, consistency, gained, missed } = measured(gain, std);
    assert.ok(missed > 0.4);
    assert.ok(Math.abs(gained + consistency + missed) < tolerance(gain, std));
    assert.ok(ratio + consistency < 0);
  });

test.run();
