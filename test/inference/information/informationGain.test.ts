import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { informationGainIn } from "../../../src/inference/information/estimate.ts";
import { informationGain } from "../../../src/inference/information/informationGain.ts";

const heard = {
  logProbabilities: [
    [Math.log(0.85), Math.log(0.15)],
    [Math.log(0.15), Math.log(0.85)],
  ],
};

test("one listening tells log 2 − H(.85) nats of a tiger behind one of two doors", async () => {
  const exact = Math.log(2) + 0.85 * Math.log(0.85) + 0.15 * Math.log(0.15);
  const { estimate, lower, upper } = await informationGain(heard);
  assert.ok(Math.abs(estimate - exact) < 1e-5);
  assert.ok(lower <= estimate && estimate <= upper);
});

test("the answer is that of the estimate in a core, whatever else the memory held", async () => {
  const core = await createCore({ bytes: 1 << 16 });
  for (const options of [{}, { estimator: "nmc", seed: 3 }, { logWeights: [0, -1] }] as const)
    assert.equal(await informationGain(heard, options), informationGainIn(core, heard, options));
});

test("what is wrong is named", async () => {
  const message = await informationGain(heard, { draws: 0 }).catch((error: Error) => error.message);
  assert.match(String(message), "draws: expected a whole number");
});

test.run();
