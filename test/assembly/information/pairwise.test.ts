import { test } from "uvu";
import * as assert from "uvu/assert";
import { pairwiseGaussian, pairwiseRoom } from "../../../src/core/ratios.ts";
import { core, lanes, lowers, NOTHING, rounding, unset, unsetBounds, uppers } from "../../helpers/ratios.ts";
import { gaussian, type Rows, randomRow, randomRows } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

function paired(x: Rows, mean: Rows, std: Rows, logWeights: number[], isShared = false): reference.Pair[] {
  return core.scope(() => {
    const [N, D] = [x.length, x[0].length];
    const ratios = unsetBounds(N);
    const sigma = isShared ? core.f32(std[0]) : lanes(std);
    const room = unset(pairwiseRoom(D, N));
    pairwiseGaussian(core, ratios, lanes(x), lanes(mean), sigma, core.f32(logWeights), room);
    return x.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
  });
}

for (const [D, N] of [
  [1, 4],
  [3, 8],
  [4, 36],
  [9, 300],
])
  test(`pairwiseGaussian matches the f64 reference at D=${D}, N=${N}, whatever stands beyond the weights`, () => {
    const random = mulberry32(D);
    const mean = randomRows(random, N, D, -2, 2);
    const std = randomRows(random, N, D, 0.5, 1.5);
    const x = mean.map((row, n) => row.map((m, d) => Math.fround(m + std[n][d] * gaussian(random))));
    const logWeights = randomRow(random, N, 95, 99);
    const expected = reference.pairwiseGaussian(x, mean, std, logWeights);
    const actual = paired(x, mean, std, logWeights);
    // |z| < 13, and the sum of N terms in blocks
    const tolerance = rounding(40 * D, D) + (256 + N / 256) * 2 ** -24;
    assert.ok(maxAbsError(lowers(actual), lowers(expected)) < tolerance);
    assert.ok(maxAbsError(uppers(actual), uppers(expected)) < tolerance);

    const shared = mean.map(() => std[0]);
    const same = reference.pairwiseGaussian(x, mean, shared, logWeights);
    assert.ok(maxAbsError(lowers(paired(x, mean, shared, logWeights, true)), lowers(same)) < 9 * tolerance);

    const dead: Rows = [0, 1, 2, 3].map(() => new Array(D).fill(Number.NaN));
    const weights = [...logWeights, NOTHING, NOTHING, NOTHING, NOTHING];
    const padded = paired([...x, ...dead], [...mean, ...dead], [...std, ...dead], weights);
    assert.equal(padded.slice(0, N), actual);
  });

test("two particles far apart: each observation tells them apart, log 2 and no upper bound to speak of", () => {
  const x = [[-5], [5], [0], [0]];
  const std = x.map(() => [0.1]);
  const [left, right] = paired(x, x, std, [0, 0, NOTHING, NOTHING]);
  for (const { lower, upper } of [left, right]) {
    assert.ok(Math.abs(lower - Math.log(2)) < 1e-6);
    // ½ (10 / .1)²
    assert.ok(Math.abs(upper - 5000) < 5e-3);
  }
});

test("one particle alive: nothing to learn about the set, nothing known beyond it", () => {
  const x = [[1], [2], [3], [4]];
  const std = x.map(() => [1]);
  const third = paired(x, x, std, [NOTHING, NOTHING, 7, NOTHING])[2];
  assert.ok(Math.abs(third.lower) < 1e-6);
  assert.is(third.upper, Number.POSITIVE_INFINITY);
});

test("a particle that holds nearly all the weight is contrasted with the others by their own weights", () => {
  const x = [[0], [1], [2], [3]];
  const std = x.map(() => [1]);
  const logWeights = [0, -30, -31, -32];
  const expected = reference.pairwiseGaussian(x, x, std, logWeights);
  assert.ok(maxAbsError(uppers(paired(x, x, std, logWeights)), uppers(expected)) < 1e-5);
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const ratios = unsetBounds(8);
  assert.throws(
    () => pairwiseGaussian(core, ratios, core.f32(8), core.f32(16), core.f32(2), core.f32(8), core.f32(99)),
    message("x: expected [2, 8] = 16 values, got 8"),
  );
});

test.run();
