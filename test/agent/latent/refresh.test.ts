import { test } from "uvu";
import * as assert from "uvu/assert";
import { followResiduals } from "../../../src/agent/latent/refresh.ts";

test("learned variances move a fiftieth of the way to the squared errors, and stay above a least", () => {
  const std = Float32Array.of(1, 0.5, 0.005);
  followResiduals(std, Float32Array.of(4, 0.25, 0));
  assert.ok(Math.abs(std[0] - Math.sqrt(1 + 0.02 * 3)) < 1e-6);
  assert.ok(Math.abs(std[1] - 0.5) < 1e-6);
  assert.ok(Math.abs(std[2] - 0.005) < 1e-9);
});

test("errors of the same size become the deviation", () => {
  const std = Float32Array.of(1);
  for (let i = 0; i < 1000; i++) followResiduals(std, Float32Array.of(0.09));
  assert.ok(Math.abs(std[0] - 0.3) < 1e-6);
});

test.run();
