import { test } from "uvu";
import * as assert from "uvu/assert";
import { EXACT, estimates } from "../../../../studies/reproduce/claims/certificate.ts";

test("prior contrastive lies below the exact information, nested Monte Carlo above, and both draw near", () => {
  assert.ok(Math.abs(EXACT - 0.5 * Math.log(5)) < 1e-12);
  const [few, many] = [3, 63].map((contrasts) => {
    const found = estimates({ contrasts, seed: 1, runs: 200 });
    const mean = (side: "lower" | "upper") => found.reduce((sum, each) => sum + each[side] / 200, 0);
    return { lower: mean("lower"), upper: mean("upper") };
  });
  for (const { lower, upper } of [few, many]) assert.ok(lower < EXACT && EXACT < upper, `${lower} ${upper}`);
  assert.ok(many.upper - many.lower < 0.1 * (few.upper - few.lower));
});

test.run();
