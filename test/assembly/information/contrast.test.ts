import { test } from "uvu";
import * as assert from "uvu/assert";
import { contrast, contrastOutcomes } from "../../../src/core/ratios.ts";
import { core, lanes, lowers, NOTHING, rounding, unset, unsetBounds, uppers } from "../../helpers/ratios.ts";
import { type Random, type Rows, randomRow, randomRows } from "../../reference/arrays.ts";
import { softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

function contrasted(own: number[], others: Rows, correction?: Rows): reference.Pair[] {
  return core.scope(() => {
    const ratios = unsetBounds(own.length);
    const extra = correction && core.f32(correction.flat());
    contrast(core, ratios, core.f32(own), core.f32(others.flat()), unset(4 * others.length), extra);
    return own.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
  });
}

const logCategorical = (random: Random, X: number) =>
  softmax(randomRow(random, X, -2, 2)).map((p) => Math.fround(Math.log(p)));

for (const [K, N] of [
  [1, 4],
  [3, 8],
  [16, 12],
  [700, 20],
])
  test(`contrast matches the f64 reference at K=${K}, N=${N}, with and without correction`, () => {
    const random = mulberry32(K);
    const own = randomRow(random, N, -30, 5);
    const others = randomRows(random, K, N, -30, 5);
    const correction = randomRows(random, K + 1, N, -3, 3);
    const column = (rows: Rows, n: number) => rows.map((row) => row[n]);
    const plain = own.map((value, n) => reference.contrast(value, column(others, n)));
    const corrected = own.map((value, n) =>
      reference.contrast(value, column(others, n), column(correction, n)),
    );
    const blocks = 1 + (256 + K / 256) * 2 ** -24;
    for (const [actual, expected] of [
      [contrasted(own, others), plain],
      [contrasted(own, others, correction), corrected],
    ]) {
      assert.ok(maxAbsError(lowers(actual), lowers(expected)) < rounding(38, 1) + Math.log(blocks));
      assert.ok(maxAbsError(uppers(actual), uppers(expected)) < rounding(38, 1) + Math.log(blocks));
    }
    for (const { lower } of contrasted(own, others)) assert.ok(lower <= Math.log(K + 1) + 1e-6);
  });

test("draws that all give the same density leave exactly nothing to tell", () => {
  for (const K of [1, 2, 3, 7, 64, 300]) {
    const own = [-3.3, 17.1, -60.7, 0.1];
    const others = Array.from({ length: K }, () => own);
    for (const { lower, upper } of contrasted(own, others)) assert.equal([lower, upper], [0, 0]);
  }
});

test("impossible draws: the lower bound is log(K+1), the upper one infinite", () => {
  const others = Array.from({ length: 3 }, () => [NOTHING, -200, NOTHING, -3]);
  const actual = contrasted([1, 1, -500, -3], others);
  assert.ok(Math.abs(actual[0].lower - Math.log(4)) < 1e-6);
  assert.is(actual[0].upper, Number.POSITIVE_INFINITY);
  assert.ok(Math.abs(actual[1].lower - Math.log(4)) < 1e-6);
  // far beyond what e^x can hold, within an ulp of it
  assert.ok(Math.abs(actual[1].upper - 201) < 2e-5);
  assert.ok(Math.abs(actual[2].lower - Math.log(4)) < 5e-5);
});

test("contrastOutcomes matches the f64 reference, outcomes of probability zero among them", () => {
  const [X, K, N] = [5, 3, 8];
  const random = mulberry32(6);
  const own = Array.from({ length: N }, () => logCategorical(random, X));
  own[2] = [0, NOTHING, NOTHING, NOTHING, NOTHING];
  own[5] = [NOTHING, Math.fround(Math.log(0.5)), NOTHING, Math.fround(Math.log(0.5)), NOTHING];
  const others = Array.from({ length: K }, () => Array.from({ length: N }, () => logCategorical(random, X)));
  const ratios = unsetBounds(N);
  const fresh = core.f32(others.flatMap((draw) => [...lanes(draw)]));
  contrastOutcomes(core, ratios, lanes(own), fresh, unset(4 * K));
  const expected = own.map((row, n) =>
    reference.contrastOutcomes(
      row,
      others.map((draw) => draw[n]),
    ),
  );
  // log-probabilities of at most 5 nats
  assert.ok(maxAbsError(ratios.lower, lowers(expected)) < rounding(5, X));
  assert.ok(maxAbsError(ratios.upper, uppers(expected)) < rounding(5, X));
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const ratios = unsetBounds(8);
  assert.throws(
    () => contrast(core, ratios, core.f32(8), core.f32(12), core.f32(8)),
    message("others.length: expected a positive multiple of 8, got 12"),
  );
  assert.throws(
    () => contrast(core, ratios, core.f32(8), core.f32(16), core.f32(7)),
    message("workspace: expected at least 8 values, got 7"),
  );
});

test.run();
