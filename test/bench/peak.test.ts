import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPeak } from "../../src/bench/peak.ts";

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

test.run();
