import { test } from "uvu";
import * as assert from "uvu/assert";
import { allocatePlan, iterate } from "../../../bench/baseline/planner.ts";
import { propose, refine, rollout, weigh } from "../../../src/core/planner.ts";
import { headSize } from "../../../src/models/generativeModel.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildPlan, ofPlan, worldOf } from "../../helpers/plan.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { randomNetwork } from "../../reference/nn.ts";

const core = debugCore();

for (const [name, candidates, habitCandidates, usesNoise, correlation] of [
  ["of means", 20, 0, false, 0],
  ["with noise over several tiles", 72, 0, true, 0],
  ["with habit candidates", 40, 35, true, 0],
  ["with noise that persists", 40, 8, true, 0.8],
] as const)
  test(`the baseline's plan ${name} is the kernel's`, () => {
    core.scope(() => {
      const random = mulberry32(candidates);
      const [D, A, bins] = [4, 2, 7];
      const world = worldOf(D, A, {
        candidates,
        habitCandidates,
        usesNoise,
        correlation,
        bins,
        horizon: 4,
        particles: 3,
        firstMember: 1,
        discount: 0.9,
        essShare: 0.3,
        temperature: 0.1,
        usesValue: true,
        valueMean: 3,
        valueStd: 2,
        rewardHigh: 0.5,
        models: [1, 2].map(() => randomNetwork(random, [D + A, 10, headSize(D)], "tanh")),
        habit: randomNetwork(random, [D, 9, A * bins], "silu"),
        value: randomNetwork(random, [D, 8, 1], "tanh"),
        starts: randomRows(random, 1, D),
        shift: randomRow(random, D),
        scale: randomRow(random, D, 0.5, 2),
        stepScale: randomRow(random, D, 0.1, 0.5),
        mean: randomRows(random, 1, 4 * A),
        std: randomRows(random, 1, 4 * A, 0.5, 1),
      });
      const baseline = allocatePlan(world);
      const value = iterate(baseline);
      const built = buildPlan(core, world);
      for (const kernel of [propose, rollout, weigh, refine]) kernel(core, built.plan);
      assert.ok(maxAbsError(baseline.scores, ofPlan(built, built.scores, 0)) < 1e-5);
      // weights are exponentials of 10 · score
      assert.ok(maxAbsError(baseline.weights, ofPlan(built, built.weights, 0)) < 1e-4);
      assert.ok(maxAbsError(baseline.mean, built.mean) < 1e-3);
      assert.ok(maxAbsError(baseline.std, built.std) < 1e-3);
      assert.ok(Math.abs(value - built.info[0]) < 1e-3);
    });
  });
test.run();
