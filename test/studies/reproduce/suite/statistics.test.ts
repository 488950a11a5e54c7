import { test } from "uvu";
import * as assert from "uvu/assert";
import { interquartileMean } from "../../../../src/runs/statistics.ts";
import { createBootstrap, median } from "../../../../studies/reproduce/suite/statistics.ts";

test("the interquartile mean is that of the middle half, of all tasks together", () => {
  assert.is(interquartileMean([[1, 2, 3, 4]]), 2.5);
  assert.is(
    interquartileMean([
      [100, 3],
      [-100, 2, 7],
    ]),
    4, // 5 values: one at each end goes
  );
  assert.is(interquartileMean([[5]]), 5);
  assert.ok(Number.isNaN(interquartileMean([])));
});

test("an interval holds the statistic, and is the same every time", async () => {
  const values = [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [11, 12, 13, 14],
  ];
  const { interval } = await createBootstrap(500);
  const [low, high] = interval(values, interquartileMean);
  assert.ok(low < interquartileMean(values) && interquartileMean(values) < high);
  assert.equal(interval(values, interquartileMean), [low, high]);
  assert.equal((await createBootstrap(500)).interval(values, interquartileMean), [low, high]);
});

test("the bootstrap's mean has the spread that theory gives", async () => {
  const values = [Array.from({ length: 50 }, (_, i) => i)];
  const mean = ([own]: readonly (readonly number[])[]) =>
    own.reduce((sum, value) => sum + value, 0) / own.length;
  const [low, high] = (await createBootstrap(4000)).interval(values, mean);
  const deviation = Math.sqrt((50 * 50 - 1) / 12 / 50);
  assert.ok(Math.abs((high - low) / (2 * 1.96 * deviation) - 1) < 0.05, `${low} … ${high}`);
});

test("resamples draw within each task: a task of equal seeds adds no spread", async () => {
  const { interval } = await createBootstrap(200);
  const constant = [
    [1, 1, 1],
    [9, 9, 9, 9],
  ];
  const sum = (values: readonly (readonly number[])[]) =>
    values.flat().reduce((total, value) => total + value, 0);
  assert.equal(interval(constant, sum), [39, 39]);
  assert.equal(interval([[3, 3]], median), [3, 3]);
});

test.run();
