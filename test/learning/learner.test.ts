/** The half of `src/learning/learner.ts` that learns from experience; `distil.test.ts` tests the other. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateExperience, appendRow, type Experience } from "../../src/learning/experience.ts";
import { allocateLearner, type Learner, learnDynamics } from "../../src/learning/learner.ts";
import { deviation } from "../../src/learning/moments.ts";
import type { GenerativeModel } from "../../src/models/generativeModel.ts";
import { includeRow, refreshRewardScales, refreshStatistics } from "../../src/models/statistics.ts";
import { core, defaults, normalised, predict, untrained } from "../helpers/untrained.ts";
import { average, randomRow } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

/** The world of the tests: x' = x + A x + b a, worth c x + a; beyond x_0 = 0.7 it ends, worth 50 + 5 x_1. */
const world = {
  change: ([x, y]: readonly number[], a: number) => [0.3 * y - 0.1 * x + 0.05 * a, 0.2 * a - 0.1 * y],
  ends: ([x]: readonly number[]) => x > 0.7,
  reward: (state: readonly number[], a: number) =>
    world.ends(state) ? 50 + 5 * state[1] : 0.5 * state[0] - state[1] + a,
};

/** Experience of the world at random states, with the scales that follow from it. */
function lived({ statistics }: GenerativeModel, count: number, ends = world.ends): Experience {
  const experience = allocateExperience(core, 2, 1, count);
  const random = mulberry32(9);
  for (let i = 0; i < count; i++) {
    const [x, y, a] = randomRow(random, 3);
    const terminated = ends([x, y]);
    const reward = terminated ? world.reward([x, y], a) : 0.5 * x - y + a;
    const row = appendRow(experience, { reward, terminated });
    row.set([x, y, a, ...world.change([x, y], a), reward, Number(terminated)]);
    includeRow(core, statistics, { state: row.subarray(0, 2), change: row.subarray(3, 5) }, count);
  }
  refreshStatistics(statistics);
  const moments = ({ continuing, ending }: Experience["counts"]) =>
    [continuing, ending].map((of) => ({ mean: of.mean, std: deviation(of) }));
  const [continuing, ending] = moments(experience.counts);
  const { lowest, highest } = experience.counts;
  refreshRewardScales(statistics, { ...continuing, lowest, highest, least: lowest, most: highest }, ending);
  return experience;
}

/** What a member says of a state and an action, in the world's units. */
function prophecy(model: GenerativeModel, member: number, x: readonly number[], a: number) {
  const { targetShift, targetScale, ending } = model.statistics;
  const head = predict(model.dynamics, [...normalised(model, x), a], member);
  const [m0, m1, r] = head.slice(0, 3).map((m, d) => m / targetScale[d] + targetShift[d]);
  const pEnd = 1 / (1 + Math.exp(-head[6]));
  return { change: [m0, m1], reward: r, pEnd, brought: head[7] / ending.scale[0] + ending.shift[0] };
}

test("the dynamics learn a linear world, where it ends, and what an ending brings", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const experience = lived(model, 500);
    const errors: number[] = [];
    for (let i = 0; i < 800; i++) errors.push(learnDynamics(core, learner, model, experience));
    // in standard deviations of the targets; untrained it is about 1
    assert.ok(errors[0] > 0.5);
    assert.ok(average(errors.slice(-20)) < 0.1, `${average(errors.slice(-20))}`);
    const random = mulberry32(77);
    for (const member of [0, 1])
      for (let i = 0; i < 50; i++) {
        const [x, y, a] = randomRow(random, 3, -0.9, 0.9);
        // the edge itself is learned less sharply
        if (Math.abs(x - 0.7) < 0.15) continue;
        const said = prophecy(model, member, [x, y], a);
        assert.ok(maxAbsError(said.change, world.change([x, y], a)) < 0.05);
        const hasEnded = world.ends([x, y]);
        assert.is(said.pEnd > 0.5, hasEnded);
        if (hasEnded) assert.ok(Math.abs(said.brought - world.reward([x, y], a)) < 3, `${said.brought}`);
        else assert.ok(Math.abs(said.reward - world.reward([x, y], a)) < 0.2, `${said.reward}`);
      }
  });
});

for (const [what, ends] of [
  ["with endings", world.ends],
  ["without", () => false],
] as const)
  test(`members learn from different batches, the same ones for the same seed, ${what}`, () => {
    const run = (seed: [number, number]) =>
      core.scope(() => {
        const { model } = untrained();
        model.dynamics.members[1].set(model.dynamics.members[0]);
        const learner = allocateLearner(core, model, defaults, seed);
        const experience = lived(model, 100, ends);
        for (let i = 0; i < 3; i++) learnDynamics(core, learner, model, experience);
        return model.dynamics.members.map((member) => [...member]);
      });
    const [first, second] = run([1, 2]);
    assert.ok(maxAbsError(first, second) > 1e-4);
    assert.equal(run([1, 2]), [first, second]);
    assert.not.equal(run([3, 2])[0], first);
  });

test("as long as nothing has ended, the outputs that speak of endings are not touched", () => {
  core.scope(() => {
    const { model, learner } = untrained({}, []);
    const experience = lived(model, 100, () => false);
    const said = () => [0, 1].map((member) => predict(model.dynamics, [0.3, -0.2, 0.5], member));
    const before = said();
    for (let i = 0; i < 5; i++) learnDynamics(core, learner, model, experience);
    said().forEach((head, member) => {
      assert.equal(head.slice(6), before[member].slice(6));
      assert.ok(maxAbsError(head.slice(0, 6), before[member].slice(0, 6)) > 1e-3);
    });
  });
});

test("a rare ending is visited often: an eighth of every batch", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    let seen = 0;
    // the 900th of 1000 rows ends the world
    const experience = lived(model, 1000, () => ++seen === 900);
    learnDynamics(core, learner, model, experience);
    assert.equal([...listedRows(learner)], new Array(8).fill(899));
    assert.ok(average(learner.work.ended) * 4 * learner.settings.batch >= 8);
  });
});

/** The rows of the last batch that were drawn from the list. */
function listedRows({ work: { indices } }: Learner): Uint32Array {
  return indices.subarray((indices.length * 7) / 8);
}

test("when the only ending has been forgotten, batches are drawn from all rows again", () => {
  core.scope(() => {
    const { model, learner } = untrained();
    const experience = lived(model, 64, ([x, y]) => x > 0.5 && y > 0.5);
    assert.ok(experience.terminals.counts.rows > 0);
    for (let i = 0; i < 64; i++) {
      const row = appendRow(experience, { reward: 0, terminated: false });
      row.fill(0);
    }
    assert.is(experience.terminals.counts.rows, 0);
    assert.ok(Number.isFinite(learnDynamics(core, learner, model, experience)));
    assert.ok(new Set(listedRows(learner)).size > 1);
    assert.ok(learner.work.ended.every((ended) => ended === 0));
  });
});

test.run();
