/** Habit and value as plans ask them: on the first rows of a state, in the value's units. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { propose, rollout } from "../../../src/core/planner.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { buildPlan, candidatesOf, linear, ofPlan, worldOf } from "../../helpers/plan.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { mlp, randomNetwork } from "../../reference/nn.ts";

const core = debugCore();
const starts = [
  [0.5, -1.5, 2],
  [-0.25, 1, 0],
];

test("V = valueMean + valueStd · output at the state, whatever member a particle follows", () => {
  core.scope(() => {
    const value = randomNetwork(mulberry32(1), [3, 9, 1], "silu");
    const [valueMean, valueStd] = [-7, 4];
    // nothing moves and no reward is gained, so a score is V alone
    const changes = { plans: 2, starts, value, valueMean, valueStd, usesValue: true, particles: 3 };
    const built = buildPlan(core, worldOf(3, 1, changes));
    propose(core, built.plan);
    rollout(core, built.plan);
    starts.forEach((x, s) => {
      const expected = valueMean + valueStd * mlp(value, x)[0];
      // sums of ten products of size one, times four
      assert.ok(maxAbsError(ofPlan(built, built.scores, s), new Array(4).fill(expected)) < 1e-5);
    });
  });
});

test("V is kept within its bounds, where there are any", () => {
  core.scope(() => {
    const value = randomNetwork(mulberry32(1), [3, 9, 1], "silu");
    const [valueMean, valueStd] = [-7, 4];
    const free = starts.map((x) => valueMean + valueStd * mlp(value, x)[0]);
    const [least, most] = [Math.min(...free), Math.max(...free)];
    for (const [valueLow, valueHigh] of [
      [least + 0.25 * (most - least), most - 0.25 * (most - least)],
      [least - 1, most + 1],
      [0, 0],
    ]) {
      const bounds = { valueLow, valueHigh };
      const changes = {
        plans: 2,
        starts,
        value,
        valueMean,
        valueStd,
        ...bounds,
        usesValue: true,
        particles: 3,
      };
      const built = buildPlan(core, worldOf(3, 1, changes));
      propose(core, built.plan);
      rollout(core, built.plan);
      free.forEach((v, s) => {
        const expected = valueHigh > valueLow ? Math.max(valueLow, Math.min(valueHigh, v)) : v;
        assert.ok(maxAbsError(ofPlan(built, built.scores, s), new Array(4).fill(expected)) < 1e-5);
      });
    }
  });
});

test("the habit reads the state, and not the member behind it", () => {
  core.scope(() => {
    // the second of two actions where x_0 > 0, never in doubt
    const habit = linear(
      [
        [0, 0, 0],
        [1e6, 0, 0],
      ],
      [0, 0],
    );
    const changes = { plans: 2, starts, habit, isDiscrete: true, habitCandidates: 3, particles: 3 };
    const built = buildPlan(core, worldOf(3, 2, { ...changes, firstMember: 1 }));
    propose(core, built.plan);
    rollout(core, built.plan);
    for (const [s, wanted] of [1, 0].entries())
      for (const u of candidatesOf(built, s).slice(1)) assert.is(u[0].indexOf(1), wanted);
  });
});

test.run();
