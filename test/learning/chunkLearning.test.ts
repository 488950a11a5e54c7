import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { chunkBound, setChunk } from "../../src/core/latent.ts";
import { TILE } from "../../src/core/tiles.ts";
import { learnChunks } from "../../src/learning/chunkLearning.ts";
import { type Built, buildChunks, fillEvidence, randomWorld, type Shape } from "../helpers/latent.ts";
import { average, gaussian, type Random, relativeError } from "../reference/arrays.ts";
import { logNormal } from "../reference/density.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";
import type { Step } from "../reference/latent.ts";
import { adam } from "../reference/nn.ts";

const core = await createCore({ bytes: 1 << 23 });

/** A position that actions push, seen with noise: p' = p + .3 a + .03 ε, x = p + .05 ν, r = −p + .05 ν. */
const DRIFT = 0.03;
const NOISE = 0.05;
const shape: Shape = {
  kind: "gaussian",
  Z: 4,
  X: 1,
  A: 1,
  E: 2,
  hidden: [16],
  decoderHidden: [16],
  activation: "silu",
  hasEndings: false,
  recognisesReward: true,
  steps: 8,
  overshoot: 3,
  overshootFrom: 2,
  // from 2 to 6: none is left to draw, for each predicts a step at least
  overshootStarts: 5,
  contrasts: 2,
  lengths: Object.fromEntries(Array.from({ length: TILE }, (_, lane) => [lane, 8])),
};

function walk(random: Random): Step[] {
  let p = gaussian(random);
  return Array.from({ length: shape.steps }, (_, t) => {
    const action = 2 * random() - 1;
    if (t > 0) p += 0.3 * action + DRIFT * gaussian(random);
    const reward = t > 0 ? -p + NOISE * gaussian(random) : 0;
    return {
      observation: [p + NOISE * gaussian(random)],
      seen: [1],
      previousAction: [action],
      reward,
      endingReward: 0,
      ended: 0,
      outcomeSeen: Number(t > 0),
    };
  });
}

/** log p(x, r) of a walk under the true process, by the Kalman filter. */
function logEvidence(steps: readonly Step[]): number {
  let [mean, variance] = [0, 1];
  let total = 0;
  const see = (value: number) => {
    const all = variance + NOISE ** 2;
    total += logNormal(value, mean, all);
    mean += (variance / all) * (value - mean);
    variance *= NOISE ** 2 / all;
  };
  steps.forEach(({ observation, previousAction, reward, outcomeSeen }, t) => {
    if (t > 0) {
      mean += 0.3 * previousAction[0];
      variance += DRIFT ** 2;
    }
    see(observation[0]);
    if (outcomeSeen) see(-reward);
  });
  return total;
}

const settings = { rewardClip: 3, learningRate: 3e-3, annealing: 1000, weightDecay: 1e-4, maxNorm: 20 };

/** An untrained model of the walk, and its learner. */
function untrained(): Built {
  const world = randomWorld(shape);
  const model = { ...world.model, observationStd: [NOISE], rewardNoise: NOISE };
  return buildChunks(core, { ...world, model }, settings);
}

const plain = { marginalWeight: 0, endingOffset: 0 };
const walksFrom = (random: Random) => Array.from({ length: TILE }, () => walk(random));
const parametersOf = ({ learner: { descents } }: Built) =>
  Object.values(descents).map(({ network }) => [...network.parameters]);

test("learning approaches the evidence of the true process, and never exceeds it", () => {
  core.scope(() => {
    const { learner } = untrained();
    const random = mulberry32(3);
    const last = Array.from({ length: 600 }, () => {
      const walks = walksFrom(random);
      fillEvidence(learner.work.evidence, walks);
      const terms = learnChunks(core, learner, plain);
      return { ...terms, logEvidence: average(walks.map(logEvidence)) / shape.steps };
    }).slice(-100);
    const mean = (name: keyof (typeof last)[number]) => average(last.map((update) => update[name]));
    const missed = mean("logEvidence") - mean("logLikelihood") - mean("stateConsistency");
    // Z − 1 latents have nothing to say; at the first step each pays at least 3 − ½ nats to be as narrow as .05
    const narrow = ((shape.Z - 1) * 2.5) / shape.steps;
    assert.ok(missed > 0 && missed < narrow + 0.75, `${missed} nats a step`);
    // the noise of the reward is .05, and nothing can predict it
    assert.ok(mean("rewardError") > 0.9 * NOISE && mean("rewardError") < 1.5 * NOISE);
    assert.ok(mean("informationGain") > 0.1 && mean("informationGain") < Math.log(3));
    // of a position known to P = .0007: 2 (log N's 2.077 − ½ − ½ (P + k .03²) / .05²) nats after k = 1, 2, 3 steps, of which
    // 5, 4 and 3 fit into eight; over K = 3 and eight steps that is 1.11 at best
    assert.ok(mean("overshoot") > 0.75 && mean("overshoot") < 1.15, `${mean("overshoot")}`);
  });
});

test("an update is one step of Adam for every network, at the annealed rate", () => {
  core.scope(() => {
    const [built, other] = [untrained(), untrained()];
    for (const { learner } of [built, other]) fillEvidence(learner.work.evidence, walksFrom(mulberry32(5)));
    setChunk(core, other.learner.record, { step: 1, marginalWeight: 0.3, endingOffset: 0.5 });
    chunkBound(core, other.learner.record);
    const expected = Object.values(other.learner.descents).map(
      ({ network: { parameters }, zeros: { gradient }, first, second }) =>
        adam({ parameters: [...parameters], first: [...first], second: [...second] }, [...gradient], {
          learningRate: 3e-3 / Math.sqrt(1 + 1 / 1000),
          weightDecay: 1e-4,
          maxNorm: 20,
          step: 1,
        }),
    );
    learnChunks(core, built.learner, { marginalWeight: 0.3, endingOffset: 0.5 });
    assert.is(built.learner.counts.updates, 1);
    Object.values(built.learner.descents).forEach(({ network, zeros: { gradient }, first, second }, i) => {
      assert.ok(maxAbsError(network.parameters, expected[i].parameters) < 1e-6);
      assert.ok(relativeError(first, expected[i].first) < 1e-5);
      assert.ok(relativeError(second, expected[i].second) < 1e-5);
      assert.ok(gradient.every((value) => value === 0));
    });
  });
});

test("the terms are those of the bound, the reward's error a root", () => {
  core.scope(() => {
    const { learner } = untrained();
    fillEvidence(learner.work.evidence, walksFrom(mulberry32(5)));
    const found = learnChunks(core, learner, plain);
    const [logLikelihood, informationGain, stateConsistency, overshoot, square] = learner.work.pass.terms;
    const rewardError = Math.sqrt(square);
    assert.equal(found, { logLikelihood, informationGain, stateConsistency, overshoot, rewardError });
  });
});

test("every update draws its own noise, and equal learners learn the same bits", () => {
  core.scope(() => {
    const [one, other] = [untrained(), untrained()];
    for (const { learner } of [one, other]) fillEvidence(learner.work.evidence, walksFrom(mulberry32(5)));
    const noises = Array.from({ length: 3 }, () => {
      assert.equal(learnChunks(core, one.learner, plain), learnChunks(core, other.learner, plain));
      assert.equal(parametersOf(one), parametersOf(other));
      return [...one.learner.work.pass.noise];
    });
    assert.not.equal(noises[0], noises[1]);
    assert.not.equal(noises[1], noises[2]);
  });
});

test("without a marginal nobody need draw contrasts: the same parameters, and no information gain", () => {
  core.scope(() => {
    const [one, other] = [untrained(), untrained()];
    for (const { learner } of [one, other]) fillEvidence(learner.work.evidence, walksFrom(mulberry32(5)));
    other.learner.work.pass.freshNoise.fill(Number.NaN);
    const unweighted = { ...plain, marginalWeight: 0 };
    const drawn = learnChunks(core, one.learner, unweighted);
    const spared = learnChunks(core, other.learner, { ...unweighted, isContrasted: false });
    assert.equal(parametersOf(one), parametersOf(other));
    assert.equal(spared, { ...drawn, informationGain: 0 });
    assert.ok(other.learner.work.pass.freshNoise.every(Number.isNaN));
  });
});

test("the draws of the contrasts are not those of the latents", () => {
  core.scope(() => {
    const { learner } = untrained();
    fillEvidence(learner.work.evidence, walksFrom(mulberry32(5)));
    learnChunks(core, learner, plain);
    const { noise, freshNoise } = learner.work.pass;
    assert.not.equal([...freshNoise.subarray(0, noise.length)], [...noise]);
    assert.not.equal([...freshNoise.subarray(0, noise.length)], [...freshNoise.subarray(noise.length)]);
  });
});

test.run();
