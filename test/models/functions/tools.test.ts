import { test } from "uvu";
import * as assert from "uvu/assert";
import { toStep } from "../../../src/models/functions/tools.ts";
import { spreadOf, tools } from "../../helpers/functions.ts";

test("the same seed and step give the same numbers, other steps and fills others", () => {
  const [one, other] = [tools(3), tools(3)];
  const drawn = (from: typeof one, step: number) => [
    ...toStep(from, step).normal(new Float32Array(6)),
    ...from.uniform(new Float32Array(6)),
  ];
  const first = drawn(one, 7);
  assert.is(new Set(first).size, 12);
  assert.equal(drawn(other, 7), first);
  assert.equal(drawn(one, 7), first, "after other steps too");
  assert.not.equal(drawn(one, 8), first);
  assert.not.equal(drawn(tools(4), 7), first);
});

test("draws what it says, and computes", () => {
  const { mean, std } = spreadOf(tools().normal(new Float32Array(20_000)));
  // 4σ/√N; of a deviation 4σ/√(2N)
  assert.ok(Math.abs(mean) < 4 / Math.sqrt(20_000) && Math.abs(std - 1) < 4 / Math.sqrt(40_000));
  assert.ok(Math.abs(tools().exp(1) - Math.E) < 1e-15);
});

test.run();
