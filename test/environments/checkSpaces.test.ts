import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../src/environments/check.ts";
import {
  expectSameSpaces,
  expectSpaces,
  plainSpaces,
  spaceProblems,
} from "../../src/environments/checkSpaces.ts";
import { box, discrete, type Environment } from "../../src/environments/environment.ts";
import { line } from "../helpers/line.ts";

test("good spaces have no problems", () => {
  assert.equal(spaceProblems(line()), []);
});

for (const [what, spaces, message] of [
  [
    "a box with crossed bounds",
    { observationSpace: { kind: "box", low: [0, 2], high: [1, 1] } },
    "observationSpace: expected low ≤ high, got 2 and 1 at 1",
  ],
  [
    "a bound that is not a number",
    { observationSpace: { kind: "box", low: [Number.NaN], high: [1] } },
    "observationSpace: expected low ≤ high, got NaN and 1 at 0",
  ],
  [
    "bounds of two lengths",
    { observationSpace: { kind: "box", low: [0], high: [1, 1] } },
    "observationSpace: expected as many bounds in low as in high, and one or more, got 1 and 2",
  ],
  [
    "missing bounds",
    { observationSpace: { kind: "box", low: [0] } },
    "observationSpace: expected arrays low and high, got an array and undefined",
  ],
  [
    "discrete observations",
    { observationSpace: discrete(3) },
    'observationSpace: expected a box, got kind "discrete"',
  ],
  [
    "no actions",
    { actionSpace: { kind: "discrete", n: 0 } },
    "actionSpace.n: expected a whole number in [1, 65536], got 0",
  ],
  [
    "an action space of no kind",
    { actionSpace: { n: 2 } },
    'actionSpace: expected a box or a "discrete" space, got kind undefined',
  ],
  [
    "an unbounded action",
    { actionSpace: box([-1, 0], [1, Infinity]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, Infinity] at 1: give the range that is useful, and clip or rescale in `step`",
  ],
  [
    "an action without a choice",
    { actionSpace: box([-1, 0], [1, 0]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, 0] at 1: give the range that is useful, and clip or rescale in `step`",
  ],
] as const)
  test(`names ${what}`, () => {
    const environment = { ...line(), ...spaces } as Environment;
    assert.equal(
      spaceProblems(environment).map((problem) => `${problem.what}: ${problem.message}`),
      [message],
    );
    assert.throws(
      () => expectSpaces(environment),
      (error: Error) => error.message === message,
    );
    assert.equal(checkEnvironment(environment), [message]);
  });

test("bounds become plain arrays, and the same spaces are known by their bounds as f32 holds them", () => {
  const own = {
    observationSpace: box([-0.1], [Infinity]),
    actionSpace: box(Float32Array.of(-0.1), Float32Array.of(9)),
  };
  const plain = plainSpaces({ ...own, reset: 1 } as typeof own);
  assert.equal(plain, own);
  assert.ok(Array.isArray(plain.actionSpace.kind === "box" && plain.actionSpace.low));
  expectSameSpaces({ ...own, actionSpace: box([-0.1], [9]) }, own);
  for (const [other, message] of [
    [
      { ...own, actionSpace: discrete(2) },
      "actionSpace: expected the agent's, box([-0.10000000149011612], [9]), got discrete(2)",
    ],
    [
      { ...own, observationSpace: box([-0.1], [1]) },
      "observationSpace: expected the agent's, box([-0.1], [Infinity]), got box([-0.1], [1])",
    ],
  ] as const)
    assert.throws(
      () => expectSameSpaces(other, own),
      (error: Error) => error.message === message,
    );
});

test("bounds that f32 does not tell apart, or cannot subtract, are none to scale actions to", () => {
  for (const space of [box([-1e39], [1e39]), box([-3e38], [3e38]), box([1], [1 + 1e-9])])
    assert.is(spaceProblems({ ...line(), actionSpace: space }).length, 1);
});

test.run();
