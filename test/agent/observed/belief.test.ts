import { test } from "uvu";
import * as assert from "uvu/assert";
import { pointBelief } from "../../../src/agent/observed/belief.ts";
import type { Planner } from "../../../src/inference/plan.ts";

const scales = { inputShift: Float32Array.of(1, 0), inputScale: Float32Array.of(2, 0.5) };
const evidenceOf = (...observation: number[]) => ({
  action: new Float32Array(1),
  observation: Float32Array.from(observation),
  reward: 1,
});

test("believes what it sees: its features are the scaled observation, and nothing is weighed", () => {
  const belief = pointBelief(scales, 2);
  const features = new Float32Array(4).fill(9);
  for (const [x, y] of [
    [3, 4],
    [1, -8],
  ]) {
    assert.equal(belief.update(evidenceOf(x, y), 1), { informationGain: 0, stateConsistency: 0 });
    belief.features(features);
    assert.equal([...features], [2 * (x - 1), 0.5 * y, 9, 9]);
  }
  assert.is(belief.summary(), undefined);
});

test("plans begin at what was seen last", () => {
  const belief = pointBelief(scales, 2);
  const planner = {
    ...{ plans: 1, states: new Float32Array(3), model: { stateRows: 3, isObserved: true, members: 5 } },
    settings: { informationWeight: 1 },
    record: { isInformed: true },
  } as unknown as Planner;
  belief.update(evidenceOf(3, 4), 1);
  belief.particles(planner, { stream: 1, step: 1 });
  assert.equal([...planner.states], [4, 2, 0]);
});

test.run();
