import { test } from "uvu";
import * as assert from "uvu/assert";
import { createFastestPeak, createPeak, peakBytes } from "../../src/bench/peak.ts";

test("the peak's sums are what its formula says", async () => {
  // s ← s/2 + 1 from (i + 1)/12: after t turns s = 2 + (s0 − 2) 2⁻ᵗ, exact in f32 up to its rounding
  for (const turns of [1, 2, 3]) {
    const expected = Array.from({ length: 12 }, (_, i) => 2 + ((i + 1) / 12 - 2) / 2 ** turns);
    const sum = expected.reduce((a, b) => a + b);
    const peak = await createPeak(turns);
    assert.ok(Math.abs(peak.run() - sum) < 24 * 12 * 2 ** -24, `${turns}: ${peak.run()}`);
    assert.is(peak.operations, turns * 96);
  }
  assert.is((await createPeak(100)).run(), 24);
});

test("any number of sums is what the formula says; the fastest is one of them", async () => {
  for (const sums of [6, 8, 14]) {
    const peak = await createPeak(2, undefined, { sums });
    const expected = Array.from({ length: sums }, (_, i) => 2 + ((i + 1) / sums - 2) / 4);
    const total = expected.reduce((a, b) => a + b);
    assert.ok(Math.abs(peak.run() - total) < 24 * sums * 2 ** -24, `${sums}: ${peak.run()}`);
    assert.is(peak.operations, 2 * 2 * 4 * sums);
  }
  const fastest = await createFastestPeak(500);
  const sums = fastest.operations / (500 * 8);
  assert.ok([6, 8, 10, 12, 14].includes(sums), `${sums} sums`);
  assert.is(fastest.run(), 2 * sums);
});

test("fused products and sums give the same, where the engine takes them", async () => {
  const fused = peakBytes({ isFused: true });
  if (!WebAssembly.validate(fused)) return;
  assert.is((await createPeak(100, undefined, { isFused: true })).run(), 24);
});

test.run();
