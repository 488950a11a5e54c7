import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Planner } from "../../src/inference/plan.ts";
import { enterPlan, leavePlan } from "../../src/inference/sideBySide.ts";

/** As much of a planner as is copied: two particles of three rows, two steps of one dimension. */
function planner(plans: number, value: number): Planner {
  const filled = (size: number) => new Float32Array(plans * size).fill(value);
  return {
    plans,
    model: { isObserved: true, members: 2, stateRows: 3, coding: { size: 1 } },
    settings: { particles: 1 },
    record: { isInformed: false, temperature: value, horizon: 2 },
    ...{ states: filled(6), logWeights: filled(2), mean: filled(2), std: filled(2) },
    ...{ info: filled(4), label: filled(5), temperatures: filled(1) },
  } as unknown as Planner;
}

test("a plan enters its place among others, and what is found there comes back", () => {
  const [several, one] = [planner(3, 0), planner(1, 7)];
  enterPlan(several, 1, one);
  assert.equal([...several.mean], [0, 0, 7, 7, 0, 0]);
  assert.equal([...several.states], [0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0]);
  assert.equal([...several.info], new Array(12).fill(0));
  several.info.set([1, 2, 3, 4], 4);
  several.label.fill(9);
  several.mean.set([5, 6], 2);
  several.record.temperature = 0.5;
  leavePlan(several, 1, one);
  assert.equal([...one.info], [1, 2, 3, 4]);
  assert.equal([...one.mean], [5, 6]);
  assert.equal([...one.label], new Array(5).fill(9));
  assert.is(one.record.temperature, 0.5);
});

test("plans shorter than the room for them lie side by side without gaps", () => {
  const [several, one] = [planner(3, 0), planner(1, 7)];
  for (const { record } of [several, one]) record.horizon = 1;
  enterPlan(several, 1, one);
  assert.equal([...several.mean], [0, 7, 0, 0, 0, 0]);
  several.std.set([1, 2, 3]);
  leavePlan(several, 1, one);
  assert.equal([...one.std], [2, 7]);
});

test("with information, one particle of a belief that is seen whole is what counts", () => {
  const [several, one] = [planner(2, 0), planner(1, 7)];
  for (const { record } of [several, one]) record.isInformed = true;
  enterPlan(several, 1, one);
  assert.equal([...several.states].slice(0, 7), [0, 0, 0, 7, 7, 7, 0]);
});

test.run();
