/** Closed forms of the score: constant and linear models; those against the twin are in `ensemble.test.ts`. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocatePlan, propose, rollout, setPlan } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildPlan, constant, linear, ofPlan, setActions, worldOf } from "../../helpers/plan.ts";
import { average, randomRows } from "../../reference/arrays.ts";
import { logVariance } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import type { World } from "../../reference/planner.ts";

const core = debugCore();

/** The scores of each plan after `propose` and `rollout`. */
function scoresOf(world: World): number[][] {
  return core.scope(() => {
    const built = buildPlan(core, world);
    propose(core, built.plan);
    rollout(core, built.plan);
    return world.starts.map((_, s) => ofPlan(built, built.scores, s));
  });
}

function close(actual: readonly number[], expected: number, tolerance = 1e-5): void {
  const limit = tolerance * (1 + Math.abs(expected));
  assert.ok(maxAbsError(actual, new Array(actual.length).fill(expected)) < limit);
}

test("a constant reward is a geometric series", () => {
  const models = [constant(3, [0, 0, 2, 0, 0, 0, 0, 0])];
  const changes = { horizon: 6, discount: 0.9, models, rewardMean: 0.5, rewardStd: 3 };
  const [scores] = scoresOf(worldOf(2, 1, changes));
  close(scores, ((0.5 + 3 * 2) * (1 - 0.9 ** 6)) / (1 - 0.9));
});

test("the predicted reward is clipped to its range on both sides", () => {
  const models = [constant(2, [0, 7, 0, 0, 0, 0])];
  close(scoresOf(worldOf(1, 1, { models, rewardHigh: 5, horizon: 2 }))[0], 10);
  close(scoresOf(worldOf(1, 1, { models, rewardStd: -1, rewardLow: -3, horizon: 2 }))[0], -6);
});

test("states are normalised, drift by stepScale times the change, and are worth V at the end", () => {
  // x̂' = x̂ + stepScale · (c, −c); reward = x̂_0 before the step; V = x̂_0 − 2 x̂_1 + ½
  const c = 0.25;
  const models = [
    linear(
      [
        [0, 0, 0],
        [0, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      [c, -c, 0, 0, 0, 0, 0, 0],
    ),
  ];
  const value = linear([[1, -2]], [0.5]);
  const [shift, scale, stepScale] = [
    [10, -4],
    [0.5, 2],
    [0.8, 0.4],
  ];
  const starts = [
    [11, -5],
    [8, -3.5],
    [10, -4],
  ];
  const [horizon, discount, valueStd] = [4, 0.8, 3];
  const changes = { plans: 3, starts, shift, scale, stepScale, models, value, horizon, discount, valueStd };
  const scores = scoresOf(worldOf(2, 1, { ...changes, usesValue: true, candidates: 12 }));
  starts.forEach((start, s) => {
    const x = start.map((v, d) => (v - shift[d]) * scale[d]);
    let expected = 0;
    for (let time = 0; time < horizon; time++) expected += discount ** time * (x[0] + time * 0.8 * c);
    const end = [x[0] + horizon * 0.8 * c, x[1] - horizon * 0.4 * c];
    expected += discount ** horizon * valueStd * (end[0] - 2 * end[1] + 0.5);
    close(scores[s], expected);
  });
});

test("states stay within ±8 of the normalised state, from the start on", () => {
  const models = [constant(2, [3, 0, 0, 0, 0, 0])];
  const value = linear([[1]], [0]);
  const run = (start: number) =>
    scoresOf(worldOf(1, 1, { models, value, usesValue: true, horizon: 2, starts: [[start]] }))[0];
  close(run(-1000), -2);
  close(run(4), 8);
});

test("what follows an ending is weighted by the probability of being alive", () => {
  const logit = -0.4;
  const stay = 1 - 1 / (1 + Math.exp(-logit));
  const models = [constant(2, [0, 1.5, 0, 0, logit, 1.5])];
  const value = constant(1, [20]);
  const changes = { models, value, horizon: 5, discount: 0.9 };
  const factor = 0.9 * stay;
  const series = (1.5 * (1 - factor ** 5)) / (1 - factor);
  close(scoresOf(worldOf(1, 1, { ...changes, hasEndings: true }))[0], series);
  close(
    scoresOf(worldOf(1, 1, { ...changes, hasEndings: true, usesValue: true }))[0],
    series + factor ** 5 * 20,
  );
  close(scoresOf(worldOf(1, 1, changes))[0], (1.5 * (1 - 0.9 ** 5)) / (1 - 0.9));
});

/** The score of one step whose head is [change, m, y, y, logit, v]. */
const rewardOf = (m: number, logit: number, v: number, changes: Partial<World>) =>
  scoresOf(worldOf(1, 1, { models: [constant(2, [0, m, 0, 0, logit, v])], ...changes }))[0];

test("a step's reward is that of going on and that of an ending, mixed by the probability of ending", () => {
  const [m, v] = [0.5, -1.5];
  const scales = { rewardMean: -1, rewardStd: 4, endingMean: 100, endingStd: 20 };
  const mixing = { ...scales, hasEndings: true };
  for (const logit of [-3, -0.4, 0, 2]) {
    const p = 1 / (1 + Math.exp(-logit));
    close(rewardOf(m, logit, v, mixing), (1 - p) * (-1 + 4 * 0.5) + p * (100 - 20 * 1.5));
    // what is not known to end brings the reward of going on
    close(rewardOf(m, logit, v, scales), 1);
  }
  close(rewardOf(m, 50, v, mixing), 70);
  close(rewardOf(m, -50, v, mixing), 1);
});

test("the reward is clipped after the mixing, not before", () => {
  const changes = { hasEndings: true, rewardStd: 10, rewardLow: -3, rewardHigh: 5 };
  // half of 20 and half of −12 is 4, half of 20 and half of −2 more than 5, half of −20 and half of 2 less than −3
  close(rewardOf(2, 0, -12, changes), 4);
  close(rewardOf(2, 0, -2, changes), 5);
  close(rewardOf(-2, 0, 2, changes), -3);
});

test("beyond eight deviations a reward is predicted with a slope for either sign", () => {
  const changes = { rewardMean: 3, rewardStd: 2, lowSlope: 0.5, highSlope: 0.125 };
  close(rewardOf(8, 0, 0, changes), 19);
  close(rewardOf(10, 0, 0, changes), 3 + 2 * (8 + 16));
  close(rewardOf(-10, 0, 0, changes), 3 - 2 * (8 + 4));
});

test("an ending's reward counts once, for those alive", () => {
  // r = (1 − p) m + p v at every step, reached with probability (1 − p)^τ
  const [m, v, logit] = [1, 30, -1];
  const p = 1 / (1 + Math.exp(-logit));
  const factor = 0.9 * (1 - p);
  const expected = (((1 - p) * m + p * v) * (1 - factor ** 5)) / (1 - factor);
  close(rewardOf(m, logit, v, { hasEndings: true, horizon: 5, discount: 0.9 }), expected);
});

test("the score is the mean over particles, particle k by member (k + firstMember) mod E", () => {
  const models = [1, 10, 100].map((r) => constant(2, [0, r / 40, 0, 0, 0, 0]));
  const run = (particles: number, firstMember: number) =>
    scoresOf(worldOf(1, 1, { models, particles, firstMember, rewardStd: 40 }))[0];
  close(run(3, 0), 37);
  close(run(1, 1), 10);
  close(run(2, 2), (100 + 1) / 2);
  close(run(4, 4), (10 + 100 + 1 + 10) / 4);
});

for (const [isDiscrete, A] of [
  [false, 2],
  [true, 3],
] as const)
  test(`the model sees ${isDiscrete ? "one-hot actions" : "tanh u"}, each candidate and plan its own`, () => {
    core.scope(() => {
      const reward = [1, -2, 0.5].slice(0, A);
      const rows = [0, 1, 2, 3, 4, 5].map((row) => (row === 1 ? [0, ...reward] : new Array(A + 1).fill(0)));
      const models = [linear(rows, [0, 0, 0, 0, 0, 0])];
      const changes = { plans: 3, candidates: 20, horizon: 3, discount: 0.5, isDiscrete, models };
      const built = buildPlan(core, worldOf(1, A, changes));
      const random = mulberry32(4);
      for (let s = 0; s < 3; s++)
        for (let n = 0; n < 20; n++) {
          const k = Math.floor(random() * A);
          const oneHot = [0, 1, 2].map((time) => reward.map((_, a) => Number(a === (k + time) % A)));
          const u = isDiscrete ? oneHot : randomRows(random, 3, A, -2, 2);
          setActions(built, s, n, u);
        }
      const u = Array.from(built.actions);
      rollout(core, built.plan);
      assert.equal(
        Array.from(built.actions, (value) => (Number.isNaN(value) ? null : value)),
        u.map((value) => (Number.isNaN(value) ? null : value)),
      );
      for (let s = 0; s < 3; s++) {
        const scores = ofPlan(built, built.scores, s);
        scores.forEach((score, n) => {
          const lane = s * 20 + n;
          let expected = 0;
          for (let time = 0; time < 3; time++)
            for (let a = 0; a < A; a++) {
              const value = u[((Math.floor(lane / 32) * 3 + time) * 4 + a) * 32 + (lane % 32)];
              expected += 0.5 ** time * reward[a] * (isDiscrete ? value : Math.tanh(value));
            }
          close([score], expected, 1e-6);
        });
      }
    });
  });

test("with noise, the score has the mean and the variance of a sum of Gaussians, averaged over particles", () => {
  // reward = x̂;  x̂' = x̂ + k (c + s ε):  score = x̂ + γ (x̂ + k (c + s ε_0)) + γ² (… + k (c + s ε_1))
  const [c, y, k, g, x] = [0.2, -0.5, 0.5, 0.9, 0.3];
  const models = [
    linear(
      [
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      [c, 0, y, 0, 0, 0],
    ),
  ];
  const s = Math.exp(0.5 * logVariance(y));
  const mean = x + g * (x + k * c) + g * g * (x + 2 * k * c);
  for (const particles of [1, 5]) {
    const variance = ((k * s) ** 2 * ((g + g * g) ** 2 + (g * g) ** 2)) / particles;
    const changes = { models, stepScale: [k], discount: g, starts: [[x]], usesNoise: true, particles };
    const [scores] = scoresOf(worldOf(1, 1, { ...changes, horizon: 3, candidates: 4000 }));
    // 4σ/√N; the squared deviation has standard deviation √2 σ²
    assert.ok(Math.abs(average(scores) - mean) < 4 * Math.sqrt(variance / 4000));
    const spread = average(scores.map((score) => (score - mean) ** 2));
    assert.ok(Math.abs(spread / variance - 1) < 4 * Math.sqrt(2 / 4000));
  }
});

test("setPlan refuses arrays of another memory and candidates that fill no vector", () => {
  const plan = allocatePlan(core);
  assert.throws(
    () => setPlan(core, plan, { scores: new Float32Array(32) }),
    (error: Error) => error instanceof TypeError && error.message.startsWith("scores: expected an array of"),
  );
  assert.throws(
    () => setPlan(core, plan, { candidates: 30 }),
    (error: Error) =>
      error instanceof RangeError &&
      error.message === "candidates: expected a positive multiple of 4, got 30",
  );
});

test.run();
