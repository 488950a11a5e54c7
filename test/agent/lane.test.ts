import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createLane,
  enterObservation,
  followAction,
  type Lane,
  laneAt,
  resetLane,
  takeLesson,
} from "../../src/agent/lane.ts";
import { arraysOf } from "../../src/core/tree.ts";
import type { Planner } from "../../src/inference/plan.ts";

/** A lane over nothing: a belief that counts its resets, and a planner with a label alone. */
function emptyLane() {
  const resets = { count: 0 };
  const belief = {
    state: { particles: Float32Array.of(1, 2), work: { weights: Float32Array.of(3) } },
    reset: () => resets.count++,
    update: () => ({ informationGain: 0, stateConsistency: 0 }),
    particles() {},
    features() {},
    summary: () => undefined,
  };
  const planner = { label: Float32Array.of(0.25, 0.75), model: { coding: { size: 2 } } } as Planner;
  return { resets, lane: createLane({ belief, planner, features: new Float32Array(4) }, 3) };
}

test("a lane begins with nothing seen, done or planned, and so does each of its episodes", () => {
  const { lane, resets } = emptyLane();
  const fresh = { ...lane.counts };
  Object.assign(lane.counts, {
    ...{ reward: 1, actions: 3, isRemembered: true, chosenBy: "plan", hasLesson: true, isOverruled: true },
    terms: { informationGain: 1, stateConsistency: -1 },
  });
  lane.observation.fill(1);
  resetLane(lane);
  assert.equal(lane.counts, fresh);
  assert.equal(
    arraysOf(lane).flatMap(({ array }) => [...array]),
    // particles, what is at work, label; features, observation, action
    [...new Array(2).fill(0), 3, 0, 0, ...new Array(4 + 3 + 2).fill(0)],
  );
  // it begins with a reset, too
  assert.is(resets.count, 2);
  assert.equal([lane.observation.length, lane.action.length], [3, 2]);
});

test("lanes are counted from both ends, and others are named", () => {
  const lanes = [emptyLane().lane, emptyLane().lane];
  assert.is(laneAt(lanes, 0), lanes[0]);
  assert.is(laneAt(lanes, -1), lanes[1]);
  for (const wrong of [2, -3, 0.5, Number.NaN, "0"])
    assert.throws(
      () => laneAt(lanes, wrong as number),
      (error: Error) =>
        error instanceof RangeError &&
        error.message ===
          `lane: expected a whole number in [-2, 1], got ${typeof wrong === "string" ? `"${wrong}"` : wrong}`,
    );
});

/** A lane whose last action was planned at an observation. */
function planned(observation: readonly number[]): Lane {
  const { lane } = emptyLane();
  lane.observation.set(observation);
  lane.counts.hasLesson = true;
  return lane;
}

const none = [0, 0, 0];

test("a plan is a lesson once, and only where it was planned", () => {
  const lane = planned([0.1, 2, -3]);
  assert.is(takeLesson(lane, [0.1, 2, -3], none), lane.planner.label);
  assert.is(takeLesson(lane, [0.1, 2, -3], none), undefined);
  const elsewhere = planned([0.1, 2, -3]);
  assert.is(takeLesson(elsewhere, [0.1, 2, -3.5], none), undefined);
  assert.is(takeLesson(elsewhere, [0.1, 2, -3], none), undefined);
});

test("a plan is overruled where something else was done at its observation, and only there", () => {
  const done = (values: readonly number[], at: readonly number[]) => {
    const lane = planned([0.1, 2, -3]);
    lane.action.set([0.5, -0.5]);
    followAction(lane, { observation: at, origin: none }, (out) => out.set(values));
    assert.equal([...lane.action], values);
    return lane.counts.isOverruled;
  };
  assert.not.ok(done([0.5, -0.5], [0.1, 2, -3]));
  assert.ok(done([0.5, -0.25], [0.1, 2, -3]));
  assert.not.ok(done([0.5, -0.25], [0.1, 2, 3]));
});

test("what was not seen is the same only as what was not seen", () => {
  assert.ok(takeLesson(planned([Number.NaN, 2, 0]), [Number.NaN, 2, -0], none));
  assert.not.ok(takeLesson(planned([Number.NaN, 2, 0]), [1, 2, 0], none));
  assert.not.ok(takeLesson(planned([1, 2, 0]), [Number.NaN, 2, 0], none));
});

test("observations are counted from an origin, in f64", () => {
  const { lane } = emptyLane();
  const origin = [1e9 + 0.25, 0, -1e12];
  const seen = [1e9 + 0.5, 2, -1e12 + 0.5];
  enterObservation(lane.observation, seen, origin);
  assert.equal([...lane.observation], [0.25, 2, 0.5]);
  lane.counts.hasLesson = true;
  assert.ok(takeLesson(lane, seen, origin));
});

test.run();
