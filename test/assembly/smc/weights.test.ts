import { test } from "uvu";
import * as assert from "uvu/assert";
import { effectiveSampleSize, normaliseWeights, weightedMoments } from "../../../src/core/weights.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();

for (const N of [4, 12, 1024, 16384])
  test(`matches the f64 reference at N=${N}`, () => {
    const random = reference.mulberry32(5);
    const logWeights = core.f32(Array.from({ length: N }, () => 20 * random() - 10));
    const weights = core.f32(N);
    const logMean = normaliseWeights(core, weights, logWeights);
    const expected = reference.normaliseWeights(logWeights);
    // exp: 1 ulp, and the rounded shift: 2⁻²⁴ · 20; ratio and product: 1 ulp
    assert.ok(weights.every((w, n) => Math.abs(w / expected[n] - 1) < 2e-6));
    assert.ok(Math.abs(logMean - (reference.logSumExp(logWeights) - Math.log(N))) < 2e-6);
    const ess = reference.effectiveSampleSize(logWeights);
    assert.ok(Math.abs(effectiveSampleSize(core, logWeights) / ess - 1) < 4e-6);
  });

test("equal weights: 1/N each, ESS = N; one alive: ESS = 1", () => {
  const equal = core.f32(new Float32Array(12).fill(-3));
  const weights = core.f32(12);
  assert.is(normaliseWeights(core, weights, equal), -3);
  assert.ok(weights.every((w) => w === Math.fround(1 / 12)));
  assert.is(effectiveSampleSize(core, equal), 12);

  const alone = core.f32(new Float32Array(12).fill(-Infinity));
  alone[7] = -500;
  normaliseWeights(core, weights, alone);
  assert.equal(Array.from(weights), [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  assert.is(effectiveSampleSize(core, alone), 1);
});

test("two of weight 1 and one of weight 2: ESS = (1 + 1 + 2)² / (1 + 1 + 4)", () => {
  const logWeights = core.f32([0, Math.log(2), -Infinity, 0]);
  assert.ok(Math.abs(effectiveSampleSize(core, logWeights) - 16 / 6) < 1e-6);
});

test("padding of −∞ and a constant on every log-weight change neither weights nor ESS", () => {
  const values = [0.5, -2, 1.25, 0];
  const weights = normalised(values);
  assert.equal(normalised([...values, ...new Array(28).fill(-Infinity)]).slice(0, 4), weights);
  assert.equal(normalised(values.map((value) => value - 1024)), weights);
  const ess = effectiveSampleSize(core, core.f32(values));
  assert.is(effectiveSampleSize(core, core.f32([...values, ...new Array(28).fill(-Infinity)])), ess);
});

test("weights may be written over the log-weights", () => {
  const values = [0.5, -2, 1.25, 0, 3, 3, -1, -Infinity];
  const both = core.f32(values);
  normaliseWeights(core, both, both);
  assert.equal(Array.from(both), normalised(values));
});

test("a lost set has weights of 0 and a log mean of −∞; its ESS is refused", () => {
  const lost = core.f32(new Float32Array(8).fill(-Infinity));
  const weights = core.f32(new Float32Array(8).fill(1));
  assert.is(normaliseWeights(core, weights, lost), -Infinity);
  assert.ok(weights.every((w) => w === 0));
  assert.throws(
    () => effectiveSampleSize(core, lost),
    (error: Error) =>
      error instanceof RangeError &&
      error.message === "logWeights: expected at least one finite value, got −Infinity for every particle",
  );
});

test("NaN and ∞ are refused by name", () => {
  for (const wrong of [NaN, Infinity])
    assert.throws(
      () => effectiveSampleSize(core, core.f32([0, wrong, 0, 0])),
      (error: Error) =>
        error.message === "logWeights: expected finite values or −Infinity, got NaN or Infinity",
    );
  assert.throws(
    () => normaliseWeights(core, core.f32(4), core.f32(8)),
    (error: Error) => error.message === "logWeights: expected [4] = 4 values, got 8",
  );
});

for (const [D, N] of [
  [1, 4],
  [3, 12],
  [7, 1024],
])
  test(`weightedMoments matches the f64 reference at D=${D}, N=${N}`, () => {
    const random = reference.mulberry32(6);
    const x = core.f32(Array.from({ length: D * N }, (_, i) => 100 * Math.floor(i / N) + random()));
    const weights = core.f32(Array.from({ length: N }, (_, n) => (n % 3) * random()));
    const [mean, std] = [core.f32(D), core.f32(D)];
    weightedMoments(core, mean, std, x, weights);
    for (let d = 0; d < D; d++) {
      const expected = reference.weightedMoments(x.slice(d * N, (d + 1) * N), weights);
      // the sums are f64; only the result is rounded
      assert.ok(Math.abs(mean[d] - expected.mean) <= 2 ** -24 * expected.mean);
      assert.ok(Math.abs(std[d] - expected.std) <= 2 ** -24);
    }
  });

test("weightedMoments of one particle alive are its place and 0", () => {
  const [mean, std] = [core.f32(2), core.f32([1, 1])];
  weightedMoments(core, mean, std, core.f32([1, 2, 3, 4, 5, 6, 7, 8]), core.f32([0, 0, 1e-20, 0]));
  assert.equal([...mean, ...std], [3, 7, 0, 0]);
  assert.throws(
    () => weightedMoments(core, mean, std, core.f32(12), core.f32(4)),
    (error: Error) => error.message === "x: expected [2, 4] = 8 values, got 12",
  );
});

test("the log mean is not rounded to f32", () => {
  const third = Math.log(1 / 3);
  const logMean = normaliseWeights(core, core.f32(12), core.f32(new Float32Array(12).fill(third)));
  assert.is(logMean, Math.fround(third));
  const one = normaliseWeights(core, core.f32(12), core.f32([0, ...new Array(11).fill(-Infinity)]));
  // log is exact to 1 ulp of f64
  assert.ok(Math.abs(one + Math.log(12)) < 1e-15);
});

function normalised(logWeights: number[]): number[] {
  const weights = core.f32(logWeights.length);
  normaliseWeights(core, weights, core.f32(logWeights));
  return Array.from(weights);
}
test.run();
