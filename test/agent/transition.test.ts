import { test } from "uvu";
import * as assert from "uvu/assert";
import { expectTransition, type Transition } from "../../src/agent/transition.ts";
import { box } from "../../src/environments/environment.ts";

const space = box([-9, -9], [9, 9]);
const good: Transition = {
  observation: [0, 1],
  action: 0,
  reward: -1,
  nextObservation: [1, 2],
  terminated: false,
  truncated: false,
};

test("takes a transition of finite numbers; NaN where what was not seen may be told", () => {
  expectTransition(good, space);
  expectTransition({ ...good, observation: [Number.NaN, 1] }, space, { mayMiss: true });
});

test("names what is wrong, what was expected and what came", () => {
  for (const [changes, message] of [
    [{ observation: [0] }, "observation: expected [2] numbers, got [1]"],
    [{ nextObservation: undefined }, "nextObservation: expected [2] numbers, got undefined"],
    [{ observation: [0, Number.NaN] }, "observation[1]: expected a finite number, got NaN"],
    [
      { nextObservation: [Number.POSITIVE_INFINITY, 0] },
      "nextObservation[0]: expected a finite number, got Infinity",
    ],
    [{ reward: Number.NaN }, "reward: expected a finite number, got NaN"],
    [{ terminated: 1 }, "terminated: expected true or false, got 1"],
    [{ truncated: "false" }, 'truncated: expected true or false, got "false": a string is neither'],
  ] as const)
    assert.throws(
      () => expectTransition({ ...good, ...changes } as Transition, space),
      (error: Error) => error.message === message,
    );
});

for (const nothing of [undefined, null, 3])
  test(`${nothing} is no transition`, () => {
    const expected = "{ observation, action, reward, nextObservation, terminated, truncated }";
    assert.throws(
      () => expectTransition(nothing as never, space),
      (error: Error) => error.message === `transition: expected ${expected}, got ${nothing}`,
    );
  });

test.run();
