import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  gaussianLogDensity,
  gaussianRowsLogDensity,
  sampleGaussianRows,
} from "../../../src/core/gaussian.ts";
import { normal } from "../../../src/core/random.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import * as reference from "../../reference/kernels.ts";

const core = debugCore();

for (const [D, N] of [
  [1, 4],
  [3, 8],
  [7, 12],
  [16, 1024],
])
  test(`gaussianLogDensity matches the f64 reference at D=${D}, N=${N}`, () => {
    const random = reference.mulberry32(1);
    const x = core.f32(Array.from({ length: D * N }, random));
    const mean = core.f32(Array.from({ length: D }, random));
    const std = core.f32(Array.from({ length: D }, () => 0.5 + random()));

    const actual = gaussianLogDensity(core, core.f32(N), x, mean, std);
    const expected = reference.gaussianLogDensity(x, mean, std, N);
    assert.ok(reference.maxAbsError(actual, expected) < 2e-5 * D);
  });

test("at the mean the log-density is −log σ − ½ log 2π", () => {
  const actual = gaussianLogDensity(
    core,
    core.f32(4),
    core.f32([2, 2, 2, 2]),
    core.f32([2]),
    core.f32([0.5]),
  );
  assert.ok(Math.abs(actual[3] - (Math.log(2) - 0.5 * Math.log(2 * Math.PI))) < 1e-6);
});

for (const [D, N] of [
  [1, 4],
  [3, 8],
  [7, 36],
])
  test(`Gaussians of their own in each lane: density and draw match the f64 reference at D=${D}, N=${N}`, () => {
    const random = reference.mulberry32(D);
    const row = (size: number, low = 0) => core.f32(Array.from({ length: size }, () => low + random()));
    const x = row(D * N);
    const mean = row(D * N);
    for (const std of [row(D * N, 0.5), row(D, 0.5)]) {
      const sigma = Array.from(x, (_, i) => (std.length === D ? std[Math.floor(i / N)] : std[i]));
      const column = (values: ArrayLike<number>, n: number) =>
        Array.from({ length: D }, (_, d) => values[d * N + n]);
      const expected = Array.from(
        { length: N },
        (_, n) => reference.gaussianLogDensity(column(x, n), column(mean, n), column(sigma, n), 1)[0],
      );
      const actual = gaussianRowsLogDensity(core, core.f32(N), x, mean, std);
      assert.ok(reference.maxAbsError(actual, expected) < 2e-5 * D);

      const draw = { seedLow: 5, seedHigh: 6, stream: 7, step: 8, N };
      const sample = sampleGaussianRows(core, core.f32(D * N), mean, std, draw);
      const noise = normal(core, core.f32(D * N), 5, 6, 7, 0xffffffff, 8);
      const scaled = Array.from(noise, (epsilon, i) => mean[i] + sigma[i] * epsilon);
      // two roundings of numbers below 8
      assert.ok(reference.maxAbsError(sample, scaled) < 1e-6);
    }
  });

test("names the argument, the expected shape and what it got", () => {
  assert.throws(
    () => gaussianLogDensity(core, core.f32(8), core.f32(20), core.f32(3), core.f32(3)),
    (error: Error) =>
      error instanceof RangeError && error.message === "x: expected [3, 8] = 24 values, got 20",
  );
});
test.run();
