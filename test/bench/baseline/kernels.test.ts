import { test } from "uvu";
import * as assert from "uvu/assert";
import * as gaussian from "../../../bench/baseline/gaussian.ts";
import * as information from "../../../bench/baseline/information.ts";
import * as baselineMath from "../../../bench/baseline/math.ts";
import * as baselineRandom from "../../../bench/baseline/random.ts";
import * as smc from "../../../bench/baseline/smc.ts";
import { gaussianLogDensity } from "../../../src/core/gaussian.ts";
import { logSumExp } from "../../../src/core/logSumExp.ts";
import * as math from "../../../src/core/math.ts";
import * as random from "../../../src/core/random.ts";
import { contrast, pairwiseGaussian, pairwiseRoom } from "../../../src/core/ratios.ts";
import * as resample from "../../../src/core/resample.ts";
import * as weights from "../../../src/core/weights.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();
const N = 1024;
const uniform = reference.mulberry32(1);

for (const [kernel, baseline] of [
  [math.exp, baselineMath.exp],
  [math.log, baselineMath.log],
  [math.tanh, baselineMath.tanh],
  [math.sigmoid, baselineMath.sigmoid],
  [math.silu, baselineMath.silu],
  [math.softplus, baselineMath.softplus],
  [math.sin, baselineMath.sin],
  [math.cos, baselineMath.cos],
] as const)
  test(`the baseline of ${kernel.name} computes what the kernel computes`, () => {
    const x = core.f32(
      Array.from({ length: N }, () => (kernel === math.log ? 10 * uniform() : 20 * uniform() - 10)),
    );
    const actual = kernel(core, core.f32(N), x);
    const expected = baseline(new Float32Array(N), x);
    // 2.5 ulp of the kernel, 2⁻²² of the baseline's largest intermediate
    for (let n = 0; n < N; n++)
      assert.ok(Math.abs(actual[n] - expected[n]) <= 6e-7 * Math.max(1, Math.abs(expected[n])));
  });

test("the baselines of philox, uniform and normal draw the kernels' numbers", () => {
  const key = [0xfedcba98, 0x76543210, 0x89abcdef, 5, 6] as const;
  const words = random.philox(core, core.u32(N), ...key, 0);
  assert.equal(baselineRandom.philox(new Uint32Array(N), ...key), Uint32Array.from(words));
  const units = random.uniform(core, core.f32(N), ...key);
  assert.equal(baselineRandom.uniform(new Float32Array(N), ...key), Float32Array.from(units));
  const normals = random.normal(core, core.f32(N), ...key);
  // 4 ulp of numbers below 8
  assert.ok(reference.maxAbsError(baselineRandom.normal(new Float32Array(N), ...key), normals) < 2e-6);
});

test("the baselines of weights and resampling compute what the kernels compute", () => {
  const logWeights = core.f32(Array.from({ length: N }, () => 6 * uniform() - 3));
  logWeights[5] = -Infinity;
  const actual = core.f32(N);
  const expected = new Float32Array(N);
  const logMean = weights.normaliseWeights(core, actual, logWeights);
  assert.ok(Math.abs(logMean - smc.normaliseWeights(expected, logWeights)) < 1e-6);
  assert.ok(actual.every((w, n) => Math.abs(w - expected[n]) <= 1e-6 * expected[n]));
  assert.ok(Math.abs(logSumExp(core, logWeights) - smc.logSumExp(logWeights)) < 2e-6);
  const ess = smc.effectiveSampleSize(logWeights);
  assert.ok(Math.abs(weights.effectiveSampleSize(core, logWeights) - ess) < 1e-6 * ess);
  for (const [kernel, baseline] of [
    [resample.resampleSystematic, smc.resampleSystematic],
    [resample.resampleStratified, smc.resampleStratified],
  ] as const) {
    const ancestors = kernel(core, core.u32(N), actual, 1, 2, 3, 4);
    assert.equal(baseline(new Uint32Array(N), actual, 1, 2, 3, 4), Uint32Array.from(ancestors));
  }
});

test("the baseline of gaussianLogDensity computes what the kernel computes", () => {
  const D = 5;
  const x = core.f32(Array.from({ length: D * N }, uniform));
  const mean = core.f32(Array.from({ length: D }, uniform));
  const std = core.f32(Array.from({ length: D }, () => 0.5 + uniform()));
  const actual = gaussianLogDensity(core, core.f32(N), x, mean, std);
  const expected = gaussian.gaussianLogDensity(new Float32Array(N), x, mean, std);
  assert.ok(reference.maxAbsError(actual, expected) < 2e-5 * D);
});
test("the baselines of contrast and pairwiseGaussian compute what the kernels compute", () => {
  const [K, D, lanes] = [9, 3, 64];
  const row = (size: number, low: number, high: number) =>
    core.f32(Array.from({ length: size }, () => low + (high - low) * uniform()));
  const actual = { lower: core.f32(lanes), upper: core.f32(lanes) };
  const [lower, upper] = [new Float32Array(lanes), new Float32Array(lanes)];
  // log-densities of at most 30 nats, each right to a few units of 2⁻²⁴
  const expectSame = () => {
    assert.ok(reference.maxAbsError(actual.lower, lower) < 30 * 16 * 2 ** -24);
    assert.ok(reference.maxAbsError(actual.upper, upper) < 30 * 16 * 2 ** -24);
  };
  const [own, others] = [row(lanes, -3, 3), row(K * lanes, -8, 3)];
  contrast(core, actual, own, others, core.f32(4 * K));
  information.contrast(lower, upper, own, others, new Float64Array(K));
  expectSame();
  const [mean, std] = [row(D * lanes, -2, 2), row(D * lanes, 0.5, 1.5)];
  const x = core.f32(mean.map((m, i) => m + std[i] * (2 * uniform() - 1)));
  const workspace = core.f32(pairwiseRoom(D, lanes));
  pairwiseGaussian(core, actual, x, mean, std, core.f32(lanes), workspace);
  information.pairwiseGaussian(lower, upper, x, mean, std, information.allocatePairs(D, lanes));
  expectSame();
});
test.run();
