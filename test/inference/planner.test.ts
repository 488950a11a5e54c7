import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { box, discrete, type Space } from "../../src/environments/environment.ts";
import { allocatePlanner, type Planner, setHorizon } from "../../src/inference/plan.ts";
import { resetPlans, shiftPlans, solvePlans } from "../../src/inference/planner.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateModel, simulatedEnsemble } from "../../src/models/generativeModel.ts";

const core = await createCore({ bytes: 1 << 18 });
const horizon = 4;
const settings = {
  candidates: 4,
  iterations: 1,
  horizon,
  habitShare: 0,
  temperature: 1,
  discount: 1,
  informationWeight: 0,
  likelihoodNoise: 0.1,
  simulatesNoise: false,
  essShare: 0.1,
  minimumStd: 0.1,
  correlation: 0,
};

/** Two plans of four steps for a continuous or discrete action, with numbered contents. */
function numbered(space: Space, members = 2): Planner {
  const coding = actionCoding(space, 5);
  const sizes = { observationSize: 2, coding, members, hidden: [4], activation: "tanh" as const };
  const model = allocateModel(core, sizes);
  const planner = allocatePlanner(core, simulatedEnsemble(model), settings, 2);
  planner.mean.set(planner.mean.map((_, i) => i + 1));
  planner.std.set(planner.std.map((_, i) => (i + 1) / 10));
  return planner;
}

const rounded = (values: Float32Array) => Array.from(values, (value) => Number(value.toFixed(5)));

test("shifting moves each plan one step on, begins its last step anew, and widens it to at least ½", () => {
  const planner = numbered(box([-1, -1], [1, 1]));
  shiftPlans(planner);
  // [plans][H][A]
  assert.equal(rounded(planner.mean), [3, 4, 5, 6, 7, 8, 0, 0, 11, 12, 13, 14, 15, 16, 0, 0]);
  assert.equal(
    rounded(planner.std),
    [0.5, 0.5, 0.5, 0.6, 0.7, 0.8, 1, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1, 1],
  );
});

test("plans that look further are shifted whole", () => {
  const space = box([-1], [1]);
  const sizes = { observationSize: 2, coding: actionCoding(space, 5), members: 2, hidden: [4] };
  const model = allocateModel(core, { ...sizes, activation: "tanh" });
  const planner = allocatePlanner(core, simulatedEnsemble(model), { ...settings, farHorizon: 6 }, 1);
  assert.is(planner.mean.length, 6);
  const shifted = (isFar: boolean) => {
    setHorizon(core, planner, isFar);
    planner.mean.set([1, 2, 3, 4, 5, 6]);
    shiftPlans(planner);
    return [...planner.mean];
  };
  assert.equal(shifted(true), [2, 3, 4, 5, 6, 0]);
  assert.equal(shifted(false), [2, 3, 4, 0, 5, 6]);
});

test("shifted probabilities are mixed with 3/10 of the uniform distribution, and still sum to one", () => {
  const planner = numbered(discrete(2));
  planner.mean.set([0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.5, 0.5, 1, 0, 0, 1, 0.25, 0.75]);
  shiftPlans(planner);
  const mixed = [0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.5, 0.5, 1, 0, 0, 1, 0.25, 0.75, 0.5, 0.5];
  assert.equal(
    rounded(planner.mean),
    mixed.map((p) => Number((0.7 * p + 0.3 / 2).toFixed(5))),
  );
});

test("forgotten plans are standard normal, or take every action alike", () => {
  const [path, choice] = [numbered(box([-1], [1])), numbered(discrete(4))];
  resetPlans(path);
  resetPlans(choice);
  assert.equal([rounded(path.mean), rounded(path.std)], [Array(8).fill(0), Array(8).fill(1)]);
  assert.equal(rounded(choice.mean), Array(32).fill(0.25));
});

test("no two iterations draw the same numbers, whether of one step or of different ones", () => {
  const readiness = { informationWeight: 0, usesHabit: false, usesValue: false };
  const planner = numbered(box([-1], [1]), 1);
  const plans = new Set<string>();
  const nothing = () => {};
  const propose = () => plans.add(planner.plan.words.join());
  const kernels = {
    ...core.kernels,
    propose,
    rollout: nothing,
    weigh: nothing,
    refine: nothing,
    labelFirstAction: nothing,
  };
  for (const stream of [1, 2])
    for (let step = 0; step < 40; step++)
      solvePlans({ ...core, kernels }, planner, readiness, { stream, step, iterations: 16 });
  assert.is(plans.size, 2 * 40 * 16);
});

test.run();
