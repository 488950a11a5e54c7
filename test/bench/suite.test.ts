import { test } from "uvu";
import * as assert from "uvu/assert";
import { filtered, repeat, SUITE_BYTES, suite } from "../../src/bench/suite.ts";
import { createCore } from "../../src/core/core.ts";

const cases = suite(await createCore({ bytes: SUITE_BYTES }));

test("every case runs, has a name of its own, and leaves numbers", () => {
  assert.is(new Set(cases.map(({ name }) => name)).size, cases.length);
  for (const { name, run } of cases) {
    const result = run();
    const values = ArrayBuffer.isView(result) ? [...(result as Float32Array)] : [];
    assert.ok(values.every(Number.isFinite), name);
  }
});

test("a case can be run so many times without a clock", () => {
  let calls = 0;
  assert.is(repeat({ name: "count", sizes: 0, run: () => calls++ }, 7), 7);
  assert.is(calls, 7);
});

test("the plan of the figures has 4.40 GFLOP", () => {
  const [plan] = filtered(cases, "1024 particles");
  assert.is(plan.operations, 5 * 1024 * 20 * 2 * (16 * 128 + 128 * 128 + 128 * 24));
  assert.is(((plan.operations ?? 0) / 1e9).toFixed(2), "4.40");
});

test("finds cases by a part of their name, whatever its case", () => {
  assert.equal(
    filtered(cases, "TANH  n=").map(({ name }) => name),
    ["tanh  N=256", "tanh  N=4096"],
  );
  assert.is(filtered(cases).length, cases.length);
  assert.throws(() => filtered(cases, "gemm"), /^filter: expected a part of .*\bdense\b.*, got gemm$/);
});

test.run();
