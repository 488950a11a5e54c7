import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlans, includePlan, planEvidence, RECENT_PLANS } from "../../../src/agent/watch/plans.ts";

const discrete = { isDiscrete: true, groups: [3, 2] };
const continuous = { isDiscrete: false, groups: [5] };
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a}, expected ${b}`);

test("of choices: how often habit, plan and one fixed choice take another one", () => {
  const plans = createPlans(5);
  const plan = (label: number[], logits: number[]) =>
    includePlan(plans, discrete, {
      share: 0.5,
      label: Float32Array.from(label),
      logits: Float32Array.from(logits),
    });
  plan([0.8, 0.1, 0.1, 1, 0], [5, 0, 0, 1, 2]);
  plan([0, 0.6, 0.4, 1, 0], [0, 1, 3, 2, 1]);
  const { share, habit, own, constant, widest } = planEvidence(plans, discrete);
  near(share, 0.5);
  // first plan: (.2 + 1) / 2; second: (.6 + 0) / 2
  near(habit, (0.6 + 0.3) / 2);
  near(own, (0.1 + 0.2) / 2);
  // means of the labels: .4 .35 .25 and 1 0
  near(constant, 0.6 / 2);
  near(widest, (2 / 3 + 1 / 2) / 2);
});

test("of a continuous action: distances in its range, from the median where it is the least", () => {
  const plans = createPlans(5);
  const label = Float32Array.of(0.3, 0, 0, 0.3, 0.4);
  includePlan(plans, continuous, { share: 1, label, logits: Float32Array.of(1, 0, 0, 0, 0) });
  const { habit, own } = planEvidence(plans, continuous);
  near(habit, (0.3 * 3 + 0.4 * 4) / 4);
  near(own, (0.3 * 3 + 0.4 * 1) / 4);
});

test("old plans fade", () => {
  const plans = createPlans(5);
  const label = Float32Array.of(0, 0, 1, 0, 0);
  const at = (share: number) => includePlan(plans, continuous, { share, label, logits: label });
  for (let i = 0; i < RECENT_PLANS; i++) at(1);
  near(planEvidence(plans, continuous).share, 1);
  for (let i = 0; i < 5 * RECENT_PLANS; i++) at(0);
  assert.ok(planEvidence(plans, continuous).share < 0.01);
});

test.run();
