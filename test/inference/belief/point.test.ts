import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { box } from "../../../src/environments/environment.ts";
import { enterPoints, readPoints, STATE_BOUND } from "../../../src/inference/belief/point.ts";
import { allocatePlanner } from "../../../src/inference/plan.ts";
import { actionCoding } from "../../../src/models/actionCoding.ts";
import { allocateModel, simulatedEnsemble } from "../../../src/models/generativeModel.ts";
import { randomRows, relativeError } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 18 });
const [plans, members] = [3, 2];
const scales = { inputShift: Float32Array.of(1, -2, 0), inputScale: Float32Array.of(0.5, 4, 1) };

/** Three plans over observations of two numbers, by two members. */
function plannerOf(informationWeight = 0) {
  const coding = actionCoding(box([-1], [1]), 5);
  const model = allocateModel(core, {
    ...{ observationSize: 2, coding, members, hidden: [4], activation: "tanh" as const },
  });
  const numbers = { candidates: 4, horizon: 2, temperature: 1, discount: 1, essShare: 0.1, minimumStd: 0.1 };
  return allocatePlanner(core, simulatedEnsemble(model), { ...numbers, informationWeight }, plans);
}

const observations = Float32Array.of(3, -2, 1, -1, 1001, -2);

test("a belief is the scaled observation, once for every member, within the bound", () => {
  const planner = plannerOf();
  enterPoints(planner, observations, scales);
  assert.equal(
    [...planner.states],
    [...[1, 0, 0, 1, 0, 1], ...[0, 4, 0, 0, 4, 1], ...[STATE_BOUND, 0, 0, STATE_BOUND, 0, 1]],
  );
  enterPoints(planner, observations, scales, Infinity);
  assert.is(planner.states[12], 500);
});

test("with information it is one particle, whose steps all members predict", () => {
  const planner = plannerOf(0.1);
  planner.states.fill(Number.NaN);
  enterPoints(planner, observations, scales);
  assert.equal([...planner.states.subarray(0, 9)], [1, 0, 0, 0, 4, 0, STATE_BOUND, 0, 0]);
  assert.ok(planner.states.subarray(9).every(Number.isNaN));
});

test("what is read is what was entered, to a rounding of the scales", () => {
  const planner = plannerOf();
  const entered = Float32Array.from(randomRows(mulberry32(1), plans, 2, -1, 0).flat());
  enterPoints(planner, entered, scales);
  const read = new Float32Array(plans * 2);
  readPoints(read, planner, scales);
  // three roundings in f32 of numbers up to eight, where 1e-3 is left
  assert.ok(relativeError(read, entered) < 3 * 2 ** -24 * 8000);
});

test.run();
