import { test } from "uvu";
import * as assert from "uvu/assert";
import { gamble, shareOfRandom } from "../../../../studies/reproduce/claims/risk.ts";

test("the random reward has mean 1 and log E exp r = 1 + σ²/2, as N(1, σ²)", () => {
  for (const std of [0, 0.5, 1, 2]) {
    const { transition, reward } = gamble(std).tables;
    const gains = (reward[0][1] as readonly number[]).slice(2);
    const places = transition[0][1].slice(2);
    assert.is(places.length, gains.length);
    const expected = (of: (r: number) => number) => places.reduce((sum, p, i) => sum + p * of(gains[i]), 0);
    assert.ok(Math.abs(expected((r) => r) - 1) < 1e-9);
    // the grid ends at 6σ, where exp r still has a tail: P(N > 6 − σ) of it is missing
    assert.ok(Math.abs(Math.log(expected(Math.exp)) - 1 - std ** 2 / 2) < 1e-4);
  }
});

test("one particle hopes for luck under either form, many do so for evidence alone", () => {
  const share = (risk: "variational" | "evidence", particles: number) =>
    shareOfRandom({ risk, std: 1, particles, seed: 1, plans: 32 });
  const lucky = 1 / (1 + Math.exp(-0.5));
  // 4σ of a share of 32 · 1,024 candidates whose weights have a relative variance of e − 1
  const tolerance = 4 * 0.5 * Math.sqrt(Math.E / (32 * 1024));
  assert.ok(Math.abs(share("variational", 1) - lucky) < tolerance);
  assert.ok(Math.abs(share("evidence", 64) - lucky) < tolerance);
  assert.ok(Math.abs(share("variational", 64) - 0.5) < tolerance);
});

test.run();
