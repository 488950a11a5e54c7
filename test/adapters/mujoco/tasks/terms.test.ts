import { test } from "uvu";
import * as assert from "uvu/assert";
import { clipped, controlCost, norm } from "../../../../src/adapters/mujoco/tasks/terms.ts";

test("a control cost is a float32 product of float32 squares", () => {
  const action = Float32Array.of(0.3, -0.7, 0.11);
  const cost = controlCost(0.1, action);
  assert.is(cost, Math.fround(cost));
  assert.ok(Math.abs(cost - 0.1 * (0.09 + 0.49 + 0.0121)) < 1e-8);
});

test("numbers are clipped on both sides, and left alone within the bound", () => {
  assert.equal([...clipped(Float64Array.of(-11, -10, 3, 12), 10)], [-10, -10, 3, 10]);
});

test("a length is that of Pythagoras", () => {
  assert.is(norm([3, 4, 12]), 13);
});

test.run();
