import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import { particlesOfStates, updateExactBelief } from "../../../src/inference/belief/exact.ts";
import { tiger, tMaze } from "../../../src/models/pomdps.ts";
import type { PomdpTables } from "../../../src/models/tabularPomdp.ts";
import { maxAbsError } from "../../reference/kernels.ts";

const core = await createCore({ bytes: 1 << 16 });

test("hearing the tiger left of .85 twice gives odds of .85² to .15²; opening a door forgets it", () => {
  const heard = { action: 0, observed: 0 };
  const once = updateExactBelief(tiger(), [0.5, 0.5], heard);
  assert.ok(maxAbsError(once, [0.85, 0.15]) < 1e-12);
  const twice = updateExactBelief(tiger(), once, heard);
  assert.ok(Math.abs(twice[0] / twice[1] - (0.85 / 0.15) ** 2) < 1e-9);
  assert.ok(maxAbsError(updateExactBelief(tiger(), twice, { action: 1, observed: 1 }), [0.5, 0.5]) < 1e-12);
});

test("a transition moves the belief before the observation weighs it", () => {
  const tables: PomdpTables = {
    transition: [[[0.5, 0.5, 0]], [[0, 0.25, 0.75]], [[0, 0, 1]]],
    reward: [[0], [0], [0]],
    observation: [
      [
        [0.9, 0.1],
        [0.4, 0.6],
        [0.2, 0.8],
      ],
    ],
    initial: [1, 0, 0],
  };
  const belief = updateExactBelief(tables, [0.4, 0.4, 0.2], { action: 0, observed: 1 });
  const joint = [0.2 * 0.1, (0.2 + 0.1) * 0.6, (0.3 + 0.2) * 0.8];
  const total = joint[0] + joint[1] + joint[2];
  assert.ok(
    maxAbsError(
      belief,
      joint.map((p) => p / total),
    ) < 1e-12,
  );
});

test("refuses an observation that cannot be", () => {
  assert.throws(
    () => updateExactBelief(tMaze(), [0.5, 0.5, 0], { action: 0, observed: 2 }),
    (error: Error) =>
      error instanceof RangeError &&
      error.message === "observed: expected an observation of positive probability, got 2",
  );
});

for (const [belief, step, message] of [
  [[0.5, 0.5], { action: 3, observed: 0 }, "RangeError: action: expected a whole number in [0, 2], got 3"],
  [
    [0.5, 0.5],
    { action: "0", observed: 0 },
    'RangeError: action: expected a whole number in [0, 2], got "0"',
  ],
  [[0.5, 0.5], { action: 0, observed: 2 }, "RangeError: observed: expected a whole number in [0, 1], got 2"],
  [[0.5, 0.5], { action: 0 }, "RangeError: observed: expected a whole number in [0, 1], got undefined"],
  [[1], { action: 0, observed: 0 }, "RangeError: belief: expected 2 probabilities, got 1"],
  [[0.2, 0.3, 0.5], { action: 0, observed: 0 }, "RangeError: belief: expected 2 probabilities, got 3"],
  [undefined, { action: 0, observed: 0 }, "TypeError: belief: expected an array, got undefined"],
] as [number[], { action: number; observed: number }, string][])
  test(`refuses a step with ${message}`, () => {
    assert.throws(
      () => updateExactBelief(tiger(), belief, step),
      (error: Error) => `${error}` === message,
    );
  });

test("particles are spread over the possible states, whose probabilities their copies share", () => {
  const { states, logWeights } = particlesOfStates(core, [0.25, 0, 0.75, 0], 5);
  assert.equal([...Array.from(states)], [0, 2, 0, 2, 0]);
  const weights = Array.from(logWeights, Math.exp);
  assert.ok(maxAbsError(weights, [0.25 / 3, 0.375, 0.25 / 3, 0.375, 0.25 / 3]) < 1e-12);
  assert.throws(
    () => particlesOfStates(core, [0.5, 0.25, 0.25], 2),
    (error: Error) => error.message === "count: expected a whole number ≥ 3, got 2",
  );
});

test.run();
