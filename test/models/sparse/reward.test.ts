import { test } from "uvu";
import * as assert from "uvu/assert";
import { collectReward, expectedReward, rewardOffsets } from "../../../src/models/sparse/reward.ts";
import { sparseModel } from "../../../src/models/sparse/sparseModel.ts";

const half = (a: number, b: number) =>
  [
    [a, 0.5],
    [b, 0.5],
  ] as const;
const model = sparseModel({
  states: 3,
  actions: 2,
  observations: 4,
  transition: (s) => half(s, (s + 1) % 3),
  observation: (a, next) =>
    a === 0
      ? [[next, 1]]
      : [
          [0, 0.25],
          [next + 1, 0.75],
        ],
});

test("rewards are kept by what they depend on", () => {
  const by = (reward: (s: number, a: number, next: number, o: number) => number) =>
    collectReward(model, reward);
  assert.equal(
    by((s, a) => s + 10 * a),
    { dependsOn: "action", values: Float64Array.of(0, 10, 1, 11, 2, 12) },
  );
  const next = by((_, __, to) => to);
  assert.equal([next.dependsOn, [...next.values]], ["next", [0, 1, 0, 1, 1, 2, 1, 2, 0, 2, 0, 2]]);
  const seen = by((_, __, ___, o) => o);
  assert.equal([seen.dependsOn, seen.values.length], ["observation", 18]);
  assert.is(rewardOffsets(model)[12], 18);
});

test("−0 is 0", () => {
  assert.ok(collectReward(model, () => -0).values.every((value) => Object.is(value, 0)));
});

test("what is expected is the sum over everything possible", () => {
  const reward = (s: number, a: number, next: number, o: number) => s + 2 * a + 3 * next + 5 * o * o;
  const expected = expectedReward({ ...model, reward: collectReward(model, reward) });
  // state 1, action 1: next 1 or 2, seen 0 or next + 1
  const mean = (next: number) => 0.25 * reward(1, 1, next, 0) + 0.75 * reward(1, 1, next, next + 1);
  assert.ok(Math.abs(expected[3] - (mean(1) + mean(2)) / 2) < 1e-12);
  const byNext = expectedReward({ ...model, reward: collectReward(model, (_, __, next) => next) });
  assert.equal([...byNext], [0.5, 0.5, 1.5, 1.5, 1, 1]);
});

test.run();
