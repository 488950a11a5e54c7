import { test } from "uvu";
import * as assert from "uvu/assert";
import { createActionCost, includeCost } from "../../src/learning/actionCost.ts";
import { randomRow } from "../reference/arrays.ts";
import { mulberry32 } from "../reference/kernels.ts";

/** Whether rewards of random actions follow from them, after forty steps and after sixty more. */
function judged(size: number, rewardOf: (action: readonly number[], step: number) => number) {
  const cost = createActionCost(size);
  const random = mulberry32(3);
  let [low, high] = [Infinity, -Infinity];
  return [40, 100].map((last, part) => {
    for (let step = part === 0 ? 0 : 40; step < last; step++) {
      const action = randomRow(random, size, -1, 1);
      const reward = rewardOf(action, step);
      [low, high] = [Math.min(low, reward), Math.max(high, reward)];
      includeCost(cost, action, reward, { range: high - low, isKnown: step >= 40 });
    }
    return cost.counts.isAll;
  });
}

for (const unit of [1e-6, 1, 1e6])
  test(`rewards that are a square form of the action follow from it, in units of ${unit}`, () => {
    assert.equal(
      judged(1, ([a]) => -0.1 * unit * a * a),
      [true, true],
    );
    const cost = ([a, b, c]: readonly number[]) => unit * (3 - a * a - 2 * b * b + 0.5 * c);
    assert.equal(judged(3, cost), [true, true]);
    assert.equal(
      judged(3, () => -unit),
      [true, true],
    );
  });

test("what a state adds to one of them is seen, once enough is known", () => {
  assert.equal(
    judged(1, ([a], step) => -0.1 * a * a + (step === 80 ? 1 : 0)),
    [true, false],
  );
  assert.equal(
    judged(2, ([a], step) => -a * a + 0.1 * Math.sin(step)),
    [true, false],
  );
});

test("of many entries it is not asked", () => {
  assert.equal(
    judged(17, () => 0),
    [false, false],
  );
});

test("choices are entries of 0 and 1", () => {
  const cost = createActionCost(3);
  for (let step = 0; step < 60; step++) {
    const choice = (step * step) % 3;
    const action = [0, 1, 2].map((k) => Number(k === choice));
    includeCost(cost, action, [0, -1, -5][choice], { range: 5, isKnown: step >= 20 });
  }
  assert.is(cost.counts.isAll, true);
  includeCost(cost, [1, 0, 0], 1, { range: 6, isKnown: true });
  assert.is(cost.counts.isAll, false);
});

test.run();
