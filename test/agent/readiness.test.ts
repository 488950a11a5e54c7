import { test } from "uvu";
import * as assert from "uvu/assert";
import { hasGoal, readinessAfter, rewardRange } from "../../src/agent/readiness.ts";

const settings = {
  warmup: 100,
  delay: 50,
  usesValue: true,
  valueAwaitsTermination: false,
  informationWeight: 2,
  informationFades: false,
};
const seen = { steps: 150, lessons: 1, terminations: 0 };

test("habit and value count from their delay after the warm-up on, once they have a lesson", () => {
  const isReady = (changes: Partial<typeof seen>) => {
    const { usesHabit, usesValue } = readinessAfter(settings, { ...seen, ...changes });
    assert.is(usesHabit, usesValue);
    return usesHabit;
  };
  assert.equal([{}, { steps: 149 }, { lessons: 0 }].map(isReady), [true, false, false]);
});

test("the value may be left out, or wait for an ending", () => {
  const usesValue = (changes: Partial<typeof settings>, terminations = 0) =>
    readinessAfter({ ...settings, ...changes }, { ...seen, terminations }).usesValue;
  assert.is(usesValue({ usesValue: false }), false);
  assert.is(usesValue({ valueAwaitsTermination: true }), false);
  assert.is(usesValue({ valueAwaitsTermination: true }, 1), true);
});

test("the weight of information may fade with the endings", () => {
  const weight = (informationFades: boolean) =>
    readinessAfter({ ...settings, informationFades }, { ...seen, terminations: 3 }).informationWeight;
  assert.equal([weight(false), weight(true)], [2, 0.5]);
});

test("there is a goal where rewards differ, or where an end changes what rewards amount to", () => {
  const of = (rewardLow: number, rewardHigh: number, terminations: number) =>
    hasGoal({ rewardLow, rewardHigh }, terminations);
  assert.is(of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0), false);
  assert.is(of(0, 0, 3), false, "whatever is done returns 0");
  assert.is(of(1, 1, 0), false);
  assert.is(of(1, 1, 3), true, "an end costs what would have followed");
  assert.is(of(-1, -1, 3), true);
  assert.is(of(0, 1, 0), true);
});

test("simulated rewards may lie three tenths of the range outside of what was seen; before, anywhere", () => {
  assert.equal(rewardRange({ rewardLow: -10, rewardHigh: 0 }), { rewardLow: -13, rewardHigh: 3 });
  // mostly −1, once −100: little room beyond −1
  const skewed = rewardRange({ rewardLow: -100, rewardHigh: -1 }, { mean: -2 });
  assert.ok(Math.abs(skewed.rewardHigh - -0.4) < 1e-12 && Math.abs(skewed.rewardLow - -129.7) < 1e-12);
  assert.equal(rewardRange({ rewardLow: 1, rewardHigh: 1 }), { rewardLow: 1, rewardHigh: 1 });
  // one reward of −1e6 beside others that deviate by 1
  const { rewardLow, rewardHigh } = rewardRange({ rewardLow: -1e6, rewardHigh: 0 }, { deviation: 1 });
  assert.ok(Math.abs(rewardLow + 1e6 + 2.4) < 1e-9 && Math.abs(rewardHigh - 2.4) < 1e-9);
  const none = { rewardLow: Number.POSITIVE_INFINITY, rewardHigh: Number.NEGATIVE_INFINITY };
  assert.equal(rewardRange(none), {
    rewardLow: Number.NEGATIVE_INFINITY,
    rewardHigh: Number.POSITIVE_INFINITY,
  });
});

test.run();
