import { test } from "uvu";
import * as assert from "uvu/assert";
import { gaussianLogDensity } from "../../src/core/gaussian.ts";
import { debugCore } from "../core.ts";
import * as reference from "../reference.ts";

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

test("names the argument, the expected shape and what it got", () => {
  assert.throws(
    () => gaussianLogDensity(core, core.f32(8), core.f32(20), core.f32(3), core.f32(3)),
    (error: Error) =>
      error instanceof RangeError && error.message === "x: expected [3, 8] = 24 values, got 20",
  );
});
test.run();
