import { test } from "uvu";
import * as assert from "uvu/assert";
import { informationOf, televisionClaim } from "../../../../studies/reproduce/claims/noise.ts";

test("a cue valid with .95 tells 0.494632 nats, one that is no better than chance tells nothing", () => {
  assert.ok(Math.abs(informationOf(0.95) - 0.494632) < 1e-6);
  assert.is(informationOf(0.5), 0);
});

test("a bonus for prediction errors draws to the television with odds of 4^β", async () => {
  const figures = await televisionClaim.series["prediction error"](1);
  for (const β of [0, 0.5, 1, 2]) {
    const odds = 4 ** β;
    // 4σ of a share of 32 · 1,024 candidates, whose weights differ by the odds
    const tolerance = 4 * 0.5 * Math.sqrt(2 / (32 * 1024));
    const share = figures[`share of the television, β = ${β}`];
    assert.ok(Math.abs(share - odds / (1 + odds)) < tolerance, `${β}: ${share}`);
  }
});

test.run();
