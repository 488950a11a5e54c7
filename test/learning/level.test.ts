import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocateLessons, appendLesson } from "../../src/learning/lessons.ts";
import {
  closeLevel,
  createLevel,
  followPlans,
  type Level,
  referenceOf,
  rewardOffset,
  valuedLessons,
  worthLeftOut,
} from "../../src/learning/level.ts";
import { allocateStatistics } from "../../src/models/statistics.ts";
import { core } from "../helpers/untrained.ts";

const horizon = 2;

/** Plans of these values, and the units of the value. */
function valued(values: readonly number[]) {
  const valueLessons = allocateLessons(core, 1, 0, 40);
  for (const value of values) appendLesson(valueLessons, Float32Array.of(5), new Float32Array(0), value);
  const parts = { valueLessons, statistics: allocateStatistics(core, 1, 1) };
  return { ...parts, ...valuedLessons(parts) };
}

const valuesOf = ({ valueLessons: { table, counts } }: ReturnType<typeof valued>) =>
  Array.from({ length: counts.rows }, (_, row) => table[2 * row + 1]);

function levelAt(first: number, discount = 0.5): Level {
  const level = createLevel(discount);
  level.counts.first = first;
  return level;
}

test("before there are plans rewards are counted from their mean", () => {
  core.scope(() => {
    const level = levelAt(10);
    followPlans(level, valued([]), { mean: -2, horizon });
    assert.is(referenceOf(level), 8);
    assert.is(rewardOffset(level), 2);
    assert.is(worthLeftOut(level), 16);
    assert.is(worthLeftOut(level, 2), 12);
  });
});

test("then 19 of 20 plans gain less than the reference at every step", () => {
  core.scope(() => {
    const level = levelAt(10);
    const known = valued(Array.from({ length: 21 }, (_, i) => 3 * i));
    followPlans(level, known, { mean: -2, horizon });
    // q95 = 57 over two steps of weights 1 and ½
    assert.is(level.counts.reference, 57 / 1.5);
    assert.is(valuesOf(known)[20], 3);
    assert.is(valuesOf(known)[0], -57);
    assert.is(known.statistics.value.shift[0], -57);
    // once more: nothing is left to move
    followPlans(level, known, { mean: -2, horizon });
    assert.is(level.counts.reference, 57 / 1.5);
  });
});

test("the reference does not go beyond what a plan can gain", () => {
  core.scope(() => {
    const level = levelAt(10);
    const known = valued(Array.from({ length: 21 }, (_, i) => 3 * i));
    followPlans(level, known, { mean: -2, most: 4, horizon });
    assert.is(level.counts.reference, 4);
    // 4 over two steps of weights 1 and ½ is taken from all
    assert.is(valuesOf(known)[20], 54);
  });
});

test("at the first end values become those of rewards counted from 0, and stay so", () => {
  core.scope(() => {
    const level = levelAt(3);
    const known = valued([1, 2]);
    closeLevel(level, known);
    assert.equal(valuesOf(known), [7, 8]);
    assert.is(known.statistics.value.shift[0], 6);
    assert.equal([referenceOf(level), rewardOffset(level), worthLeftOut(level)], [0, 3, 0]);
    closeLevel(level, known);
    followPlans(level, known, { mean: 1, horizon });
    assert.equal(valuesOf(known), [7, 8]);
    assert.is(rewardOffset(level), 3);
  });
});

test("without a discount there is no level", () => {
  core.scope(() => {
    const level = levelAt(3, 1);
    followPlans(level, valued([1]), { mean: 1, horizon });
    assert.equal([referenceOf(level), rewardOffset(level), worthLeftOut(level)], [0, 3, 0]);
  });
});

test.run();
