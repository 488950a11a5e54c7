import { test } from "uvu";
import * as assert from "uvu/assert";
import { metricAt } from "../../../../studies/reproduce/claim.ts";
import { sweep } from "../../../../studies/reproduce/claims/sweep.ts";

test("measures at each x with the trial's seed, and names every figure as a claim does", async () => {
  const trial = sweep("β", [0, 0.3], async (β, seed) => ({ success: β + seed, looks: 2 * β }));
  assert.equal(await trial(5), {
    "success, β = 0": 5,
    "looks, β = 0": 0,
    "success, β = 0.3": 5.3,
    "looks, β = 0.3": 0.6,
  });
  assert.is(metricAt({ x: "β", y: "success" }, 0.3), "success, β = 0.3");
});

test.run();
