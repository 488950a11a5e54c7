import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../../src/core/core.ts";
import type { Evidence } from "../../../src/inference/belief/belief.ts";
import { exactFilter, particlesOfStates, updateExactBelief } from "../../../src/inference/belief/exact.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { tMaze } from "../../../src/models/problems/tMaze.ts";
import { tabularModel } from "../../../src/models/tabular.ts";
import { forward } from "../../reference/filter.ts";
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
  const model = tabularModel({
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
  });
  const belief = updateExactBelief(model, [0.4, 0.4, 0.2], { action: 0, observed: 1 });
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

test("a filter's belief is the forward sums', with its evidence", () => {
  const heard = tiger().tables.observation[0].map((row) => [...row]);
  const side = [
    [1, 0],
    [0, 1],
  ];
  const filter = exactFilter(core, tiger());
  const steps = [0, 0, null, 1].map((observation, t) => ({ action: t > 0 ? 0 : undefined, observation }));
  const infos = steps.map((evidence) => filter.update(evidence));
  const oracle = forward(
    [0.5, 0.5],
    steps.map(({ observation }, t) => ({
      ...(t > 0 && { transition: side }),
      observation: heard,
      seen: observation,
    })),
  );
  assert.ok(maxAbsError(filter.state.probabilities, oracle.belief) < 1e-12);
  assert.ok(Math.abs(infos[3].logEvidence - oracle.logEvidence) < 1e-12);
  assert.ok(Math.abs(infos[2].logEvidenceIncrement) < 1e-12);
  // an opened door forgets it, and the next episode begins as the first
  filter.update({ action: 1, observation: 1 });
  assert.ok(maxAbsError(filter.state.probabilities, [0.5, 0.5]) < 1e-12);
  filter.reset();
  assert.equal(filter.update({ observation: 0 }), infos[0]);
});

test("a filter that nothing explains begins anew, says so, and goes on", () => {
  const filter = exactFilter(core, tMaze());
  filter.update();
  // the third symbol is seen where the episode is over
  const lost = filter.update({ action: 0, observation: 2 });
  assert.equal([lost.isLost, lost.logEvidence, lost.recoveredLogEvidence], [true, -Infinity, 0]);
  assert.equal(filter.state.probabilities, [0.5, 0.5, 0]);
  const found = filter.update({ action: 0, observation: 1 });
  assert.is(found.isLost, false);
  assert.is(found.logEvidence, -Infinity);
  assert.is(found.recoveredLogEvidence, found.logEvidenceIncrement);
  assert.ok(maxAbsError(filter.state.probabilities, [0.05, 0.95, 0]) < 1e-12);
});

test("a filter's particles are its probabilities; there are none before its first update", () => {
  const filter = exactFilter(core, tMaze());
  assert.throws(
    () => filter.particles(4),
    (error: Error) => error.message === "particles: expected a belief, got a filter before its first update",
  );
  filter.update();
  assert.equal(filter.particles(4), particlesOfStates(core, [0.5, 0.5, 0], 4));
});

for (const [evidence, message] of [
  [{ action: 3 }, "RangeError: action: expected a whole number in [0, 2], got 3"],
  [{}, "RangeError: action: expected [index], got 0 values"],
  [{ action: 0, observation: 2 }, "RangeError: observation: expected a whole number in [0, 1], got 2"],
  [{ action: 0, observation: [0, 1] }, "RangeError: observation: expected [index], got 2 values"],
  [{ action: 0, observed: 1 }, "TypeError: evidence: expected known names, got observed"],
] as [Evidence, string][])
  test(`a filter refuses ${JSON.stringify(evidence)}, and keeps its belief`, () => {
    const filter = exactFilter(core, tiger());
    filter.update({ observation: 0 });
    const before = JSON.stringify(filter.state);
    assert.throws(
      () => filter.update(evidence),
      (error: Error) => `${error}` === message,
    );
    assert.is(JSON.stringify(filter.state), before);
  });

test("refuses to filter from no initial probabilities", () => {
  const { initial: _, ...tables } = tiger().tables;
  assert.throws(
    () => exactFilter(core, tabularModel(tables)),
    (error: Error) => error.message === "initial: expected probabilities to filter from, got none",
  );
});

test.run();
