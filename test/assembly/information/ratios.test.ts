import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  categoricalRatios,
  contrast,
  contrastOutcomes,
  momentMatchedRatios,
  momentMatchedRoom,
  pairwiseGaussian,
  pairwiseRoom,
  ratioMoments,
} from "../../../src/core/ratios.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { gaussian, type Random, type Rows, randomRow, randomRows, sum } from "../../reference/arrays.ts";
import { softmax } from "../../reference/density.ts";
import { maxAbsError, mulberry32, normaliseWeights } from "../../reference/kernels.ts";
import * as reference from "../../reference/ratios.ts";

const core = debugCore(1 << 23);
const NOTHING = Number.NEGATIVE_INFINITY;

/** [N][D] → [D, N]; the kernels' lanes run over particles. */
const lanes = (rows: Rows) => core.f32(rows[0].flatMap((_, d) => rows.map((row) => row[d])));
const pair = (N: number) => ({ lower: core.f32(N).fill(Number.NaN), upper: core.f32(N).fill(Number.NaN) });
const unset = (size: number) => core.f32(size).fill(Number.NaN);
const lowers = (pairs: readonly reference.Pair[]) => pairs.map(({ lower }) => lower);
const uppers = (pairs: readonly reference.Pair[]) => pairs.map(({ upper }) => upper);

/** Roundings of log-densities of at most `size` nats, summed over D dimensions, in both terms of a difference. */
const rounding = (size: number, D: number) => 2 * (D + 6) * size * 2 ** -24;

function contrasted(own: number[], others: Rows, correction?: Rows): reference.Pair[] {
  return core.scope(() => {
    const ratios = pair(own.length);
    const extra = correction && core.f32(correction.flat());
    contrast(core, ratios, core.f32(own), core.f32(others.flat()), unset(4 * others.length), extra);
    return own.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
  });
}

function paired(x: Rows, mean: Rows, std: Rows, logWeights: number[], isShared = false): reference.Pair[] {
  return core.scope(() => {
    const [N, D] = [x.length, x[0].length];
    const ratios = pair(N);
    const sigma = isShared ? core.f32(std[0]) : lanes(std);
    const room = unset(pairwiseRoom(D, N));
    pairwiseGaussian(core, ratios, lanes(x), lanes(mean), sigma, core.f32(logWeights), room);
    return x.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
  });
}

function outcomes(logProbabilities: Rows, logWeights: number[]): reference.Pair[] {
  return core.scope(() => {
    const N = logWeights.length;
    const ratios = pair(N);
    categoricalRatios(core, ratios, lanes(logProbabilities), core.f32(logWeights), unset(4 * N));
    return logWeights.map((_, n) => ({ lower: ratios.lower[n], upper: ratios.upper[n] }));
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
  const ratios = pair(N);
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
  const rows = x.map(() => [Math.log(0.5), Math.log(0.5)]);
  const alone = outcomes(rows, [NOTHING, 3, NOTHING, NOTHING])[1];
  assert.ok(Math.abs(alone.lower) < 1e-6);
  assert.is(alone.upper, Number.POSITIVE_INFINITY);
});

test("a particle that holds nearly all the weight is contrasted with the others by their own weights", () => {
  const x = [[0], [1], [2], [3]];
  const std = x.map(() => [1]);
  const logWeights = [0, -30, -31, -32];
  const expected = reference.pairwiseGaussian(x, x, std, logWeights);
  assert.ok(maxAbsError(uppers(paired(x, x, std, logWeights)), uppers(expected)) < 1e-5);
});

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

for (const [D, N] of [
  [1, 4],
  [3, 8],
  [16, 40],
])
  test(`momentMatchedRatios matches the f64 reference at D=${D}, N=${N}`, () => {
    const random = mulberry32(D);
    const mean = randomRows(random, N, D, -2, 2);
    const std = randomRows(random, N, D, 0.5, 1.5);
    const weights = normaliseWeights([...randomRow(random, N - 1), NOTHING]).map(Math.fround);
    const room = unset(momentMatchedRoom(D));
    const actual = momentMatchedRatios(core, unset(N), lanes(mean), lanes(std), core.f32(weights), room);
    const expected = reference.momentMatchedRatios(mean, std, weights);
    expected[N - 1] = 0;
    // f64 throughout; weights of f32 sum to one within N 2⁻²⁵, results are rounded to f32 below 64
    assert.ok(maxAbsError(actual, expected) < 4e-6);

    const shared = mean.map(() => std[0]);
    const same = momentMatchedRatios(core, unset(N), lanes(mean), core.f32(std[0]), core.f32(weights), room);
    const alive = reference.momentMatchedRatios(mean, shared, weights).slice(0, N - 1);
    assert.ok(maxAbsError(same, alive) < 4e-6);
  });

test("ratioMoments are the weighted mean and s / √N, over the mean of several ratios a particle", () => {
  const random = mulberry32(2);
  const [S, N] = [3, 12];
  const rows = randomRows(random, S, N);
  const averages = rows[0].map((_, n) => sum(rows.map((row) => row[n])) / S);
  const weights = normaliseWeights(randomRow(random, N)).map(Math.fround);
  const moments = ratioMoments(core, unset(2), core.f32(rows.flat()), core.f32(weights));
  assert.ok(maxAbsError(moments, reference.ratioMoments(averages, weights)) < 1e-6);

  const equal = ratioMoments(
    core,
    unset(2),
    core.f32([1, 2, 3, 6, 9, 9, 9, NaN]),
    core.f32([0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0]),
  );
  assert.ok(maxAbsError(equal, [3, Math.sqrt(14 / 3 / 4)]) < 1e-6);
});

test("names the argument, what it expected and what it got", () => {
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  const ratios = pair(8);
  assert.throws(
    () => contrast(core, ratios, core.f32(8), core.f32(12), core.f32(8)),
    message("others.length: expected a positive multiple of 8, got 12"),
  );
  assert.throws(
    () => contrast(core, ratios, core.f32(8), core.f32(16), core.f32(7)),
    message("workspace: expected at least 8 values, got 7"),
  );
  assert.throws(
    () => pairwiseGaussian(core, ratios, core.f32(8), core.f32(16), core.f32(2), core.f32(8), core.f32(99)),
    message("x: expected [2, 8] = 16 values, got 8"),
  );
  assert.throws(
    () => categoricalRatios(core, ratios, core.f32(16), core.f32(4), core.f32(32)),
    message("logWeights: expected [8] = 8 values, got 4"),
  );
});
test.run();
