import { test } from "uvu";
import * as assert from "uvu/assert";
import { enterPoints, readPoints } from "../../../src/inference/belief/point.ts";
import type { Planner } from "../../../src/inference/plan.ts";
import { STATE_BOUND } from "../../../src/models/statistics.ts";

const scales = { inputShift: Float32Array.of(1, -2), inputScale: Float32Array.of(0.5, 4) };

/** Two plans of a state of two coordinates and a member, seen by three members. */
function plannerOf(informationWeight: number): Planner {
  return {
    plans: 2,
    states: new Float32Array(2 * 3 * 3).fill(Number.NaN),
    model: { stateRows: 3, isObserved: true, members: 3 },
    settings: {},
    record: { isInformed: informationWeight !== 0 },
  } as unknown as Planner;
}

test("a plan begins at the scaled observation, once for every member", () => {
  const planner = plannerOf(0);
  enterPoints(planner, Float32Array.of(3, -1, 1, -2), scales);
  const expected = [
    [1, 4, 0],
    [1, 4, 1],
    [1, 4, 2],
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 2],
  ];
  assert.equal([...planner.states], expected.flat());
});

test("where information counts, one particle stands for all members", () => {
  const planner = plannerOf(1);
  enterPoints(planner, Float32Array.of(3, -1, 1, -2), scales);
  assert.equal([...planner.states.subarray(0, 6)], [1, 4, 0, 0, 0, 0]);
});

test("states far from all experience are held at the bound, where there is one", () => {
  const planner = plannerOf(1);
  enterPoints(planner, Float32Array.of(1e6, -1e6, 1, -2), scales);
  assert.equal([...planner.states.subarray(0, 2)], [STATE_BOUND, -STATE_BOUND]);
  enterPoints(planner, Float32Array.of(1001, -1002, 1, -2), scales, Infinity);
  assert.equal([...planner.states.subarray(0, 2)], [500, -4000]);
});

test("what was entered is read back as observations", () => {
  for (const informationWeight of [0, 1]) {
    const planner = plannerOf(informationWeight);
    const observations = Float32Array.of(3, -1, 0.25, -1.5);
    enterPoints(planner, observations, scales);
    const read = new Float32Array(4);
    readPoints(read, planner, scales);
    assert.equal([...read], [...observations]);
  }
});

test.run();
