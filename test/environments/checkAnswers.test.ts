import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  environmentProblems,
  expectEnvironment,
  startProblem,
  stepProblem,
  stepProblems,
} from "../../src/environments/checkAnswers.ts";
import type { Environment } from "../../src/environments/environment.ts";
import { box, discrete } from "../../src/environments/spaces.ts";
import { line } from "../helpers/line.ts";

const good = { observation: Float32Array.of(1, 2), reward: -1, terminated: false, truncated: true };
const lineOf = ({ what, message }: { what: string; message: string }) => `${what}: ${message}`;

test("a good environment and its answers have no problems", () => {
  assert.equal(environmentProblems(line()), []);
  expectEnvironment(line());
  assert.is(startProblem(line(), good), undefined);
  assert.equal(stepProblems(line(), good), []);
  assert.is(stepProblem(line(), good), undefined);
  assert.equal(stepProblems(line(), { ...good, observation: [Number.NaN, 1] }, { mayMiss: true }), []);
});

test("names each part of an answer that is wrong", () => {
  assert.equal(stepProblems(line(), { observation: [1, 1e30], reward: "1", truncated: 0 }).map(lineOf), [
    "observation[1]: expected a number in [-1e18, 1e18], got 1e+30: choose a larger unit",
    'reward: expected a number, got "1"',
    "terminated: expected true or false, got undefined",
    "truncated: expected true or false, got 0",
  ]);
  for (const change of [{ observation: [1] }, { reward: "1" }, { terminated: 0 }, { truncated: undefined }])
    assert.equal(
      stepProblem(line(), { ...good, ...change }),
      stepProblems(line(), { ...good, ...change })[0],
    );
  for (const [answer, got] of [
    [undefined, "undefined"],
    [null, "null"],
    [3, "3"],
    [[1], "an array: Gym's tuple is an object here"],
    [Promise.resolve(good), "a Promise"],
  ] as const) {
    assert.is(
      lineOf(startProblem(line(), answer) ?? { what: "", message: "" }),
      `reset: expected { observation }, got ${got}`,
    );
    assert.equal(stepProblems(line(), answer).map(lineOf), [
      `step: expected { observation, reward, terminated, truncated }, got ${got}`,
    ]);
  }
});

test("refuses what is no environment, by the first thing that is wrong", () => {
  for (const [environment, message] of [
    [undefined, "environment: expected an environment, got undefined"],
    [Promise.resolve(line()), "environment: expected an environment, got a Promise: `await` is missing"],
    [{ ...line(), reset: undefined, step: 1 }, "reset: expected a function, got undefined"],
    [{ ...line(), actionSpace: 2 }, "actionSpace: expected a space, such as box(…) or discrete(…), got 2"],
  ] as const)
    assert.throws(
      () => expectEnvironment(environment as unknown as Environment),
      (error: Error) => error instanceof TypeError && error.message === message,
    );
});
test("a mask that allows nothing is right after the last step of an episode alone", () => {
  const world = { observationSpace: box([-9, -9], [9, 9]), actionSpace: discrete(2) };
  const answer = { ...good, truncated: false, info: { actionMask: [0, 0] } };
  assert.match(stepProblem(world, answer)?.message ?? "", /allowed, got none/);
  for (const flags of [{ terminated: true }, { truncated: true }]) {
    assert.is(stepProblem(world, { ...answer, ...flags }), undefined);
    assert.equal(stepProblems(world, { ...answer, ...flags }), []);
  }
  assert.match(startProblem(world, answer)?.message ?? "", /allowed, got none/);
});

test("Python's name of the mask is told of, unless the right one is there, too", () => {
  const world = { observationSpace: box([-9, -9], [9, 9]), actionSpace: discrete(2) };
  const info = { action_mask: [1, 0] };
  const words = "info: expected `actionMask`, as it is written here, got `action_mask`";
  for (const problem of [startProblem(world, { ...good, info }), stepProblem(world, { ...good, info })])
    assert.is(problem && lineOf(problem), words);
  assert.is(stepProblem(world, { ...good, info: { ...info, actionMask: [1, 1] } }), undefined);
  for (const nothing of [null, 5, "words", undefined])
    assert.is(stepProblem(world, { ...good, info: nothing }), undefined);
});

test("an answer may have a member of any other name, also `length`", () => {
  assert.is(stepProblem(line(), { ...good, length: 12 }), undefined);
  assert.is(startProblem(line(), { ...good, length: 12 }), undefined);
});

test.run();
