import { test } from "uvu";
import * as assert from "uvu/assert";
import { categoricalRatios } from "../../../src/core/ratios.ts";
import { core, lanes, lowers, NOTHING, rounding, unset, unsetBounds, uppers } from "../../helpers/ratios.ts";
import { type Random, type Rows, randomRow } from "../../reference/arrays.ts";
import { softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

function outcomes(logProbabilities: Rows, logWeights: number[]): reference.Pair[] {
  return core.scope(() => {
    const N = logWeights.length;
    const ratios = unsetBounds(N);
    categoricalRatios(core, ratios, lanes(logProbabilities), core.f32(logWeights), unset(4 * N));
    return logWeights.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
  });
}

const logCategorical = (random: Random, X: number) =>
  softmax(randomRow(random, X, -2, 2)).map((p) => Math.fround(Math.log(p)));

for (const [X, N] of [
  [2, 4],
  [3, 12],
  [7, 100],
])
  test(`categoricalRatios matches the f64 reference at ${X} outcomes, N=${N}`, () => {
    const random = mulberry32(X);
    const rows = Array.from({ length: N }, () => logCategorical(random, X));
    rows[1] = rows[1].map((_, x) => (x === 0 ? 0 : NOTHING));
    const logWeights = randomRow(random, N, -3, 3);
    const expected = reference.categoricalRatios(rows, logWeights);
    const actual = outcomes(rows, logWeights);
    // log-weights and log-probabilities of at most 12 nats together
    assert.ok(maxAbsError(lowers(actual), lowers(expected)) < rounding(12, X));
    assert.ok(maxAbsError(uppers(actual), uppers(expected)) < rounding(12, X));
    const blank = [0, 1, 2, 3].map(() => new Array(X).fill(0));
    const padded = outcomes([...rows, ...blank], [...logWeights, NOTHING, NOTHING, NOTHING, NOTHING]);
    assert.ok(maxAbsError(lowers(padded).slice(0, N), lowers(actual)) < 1e-6);
  });

test("one particle alive: nothing to learn about the set, nothing known beyond it", () => {
  const rows = [0, 1, 2, 3].map(() => [Math.log(0.5), Math.log(0.5)]);
  const alone = outcomes(rows, [NOTHING, 3, NOTHING, NOTHING])[1];
  assert.ok(Math.abs(alone.lower) < 1e-6);
  assert.is(alone.upper, Number.POSITIVE_INFINITY);
});

test("an outcome that one particle alone allows has no upper bound", () => {
  const rows = [
    [Math.log(0.5), Math.log(0.5)],
    [0, NOTHING],
    [0, NOTHING],
    [0, NOTHING],
  ];
  const [first, second] = outcomes(rows, [0, 0, 0, 0]);
  assert.is(first.upper, Number.POSITIVE_INFINITY);
  assert.ok(Math.abs(second.upper - Math.log(1.2)) < 1e-6); // p_{−n}(0) = (.5 + 1 + 1) / 3
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const ratios = unsetBounds(8);
  assert.throws(
    () => categoricalRatios(core, ratios, core.f32(16), core.f32(4), core.f32(32)),
    message("logWeights: expected [8] = 8 values, got 4"),
  );
});

test.run();
