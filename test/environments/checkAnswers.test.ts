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
test.run();
