import { test } from "uvu";
import * as assert from "uvu/assert";
import { estimate, improvement, interquartileMean } from "../../src/runs/statistics.ts";

test("the interquartile mean is scipy's trim_mean(x, 0.25)", () => {
  assert.is(interquartileMean([[1, 2, 3, 100]]), 2.5);
  assert.is(interquartileMean([[5, -1, 2]]), 2);
  assert.is(interquartileMean([[9, 1, 2, 3, 4, 5, 6, 7, 8]]), 5);
  assert.is(
    interquartileMean([
      [0, 1],
      [2, 30],
    ]),
    1.5,
  );
  assert.ok(Number.isNaN(interquartileMean([[]])));
});

test("the interval of a mean is about 1.96 standard errors, and the same each time", () => {
  const values = Array.from({ length: 400 }, (_, i) => (i * 0.618) % 1);
  const mean = ([runs]: readonly (readonly number[])[]) =>
    runs.reduce((sum, value) => sum + value, 0) / runs.length;
  const { value, low, high } = estimate([values], mean);
  // the uniform distribution's deviation is 1 / √12; of 2,000 resamples a bound varies by about 4 %
  const error = 1.96 / Math.sqrt(12 * 400);
  assert.ok(Math.abs(value - 0.5) < 0.01);
  for (const distance of [high - value, value - low])
    assert.ok(Math.abs(distance / error - 1) < 0.12, `${distance / error}`);
  assert.equal(estimate([values], mean), { value, low, high });
});

test("resamples stay within their task", () => {
  const { value, low, high } = estimate(
    [
      [1, 1, 1, 1],
      [9, 9, 9, 9],
    ],
    (values) => values[0][0] - values[1][3],
  );
  assert.equal([value, low, high], [-8, -8, -8]);
});

test("the probability of improvement counts pairs, equal ones by half", () => {
  assert.is(improvement([[1, 2, 3]], [[2]]).value, 0.5);
  assert.equal(improvement([[5, 6]], [[1, 2, 3]]), { value: 1, low: 1, high: 1 });
  assert.is(improvement([[1], [9]], [[2], [2]]).value, 0.5);
  const { low, high } = improvement([[1, 4, 6, 8]], [[2, 3, 5, 7]]);
  assert.ok(low < 0.4 && high > 0.7, `${low} ${high}`);
});

test.run();
