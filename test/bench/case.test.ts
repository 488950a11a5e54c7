import { test } from "uvu";
import * as assert from "uvu/assert";
import { operationsOf } from "../../src/bench/case.ts";

test("counts two operations a weight and row", () => {
  assert.is(operationsOf([3, 5, 2]), 2 * (3 * 5 + 5 * 2));
  assert.is(operationsOf([3]), 0);
});

test.run();
