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
import { dict, multiBinary, multiDiscrete, tuple } from "../../src/environments/spaces.ts";
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
    "observationSpace.low[0]: expected a number, got NaN",
  ],
  [
    "a bound of another type",
    { observationSpace: { kind: "box", low: [0, 0], high: [1, null] } },
    "observationSpace.high[1]: expected a number, got null",
  ],
  [
    "bounds of large integers",
    { observationSpace: { kind: "box", low: [0n], high: [1n] } },
    "observationSpace.low[0]: expected a number, got 0n",
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
    "a shape of another size",
    { observationSpace: { kind: "box", low: [0, 0], high: [1, 1], shape: [3] } },
    "observationSpace: expected a shape of 2 numbers, such as [2], got [3]",
  ],
  [
    "a shape in words",
    { observationSpace: { kind: "box", low: [0, 0], high: [1, 1], shape: "2" } },
    'observationSpace: expected a shape of 2 numbers, such as [2], got "2"',
  ],
  [
    "a shape of sizes below none",
    { observationSpace: { kind: "box", low: [0, 0], high: [1, 1], shape: [-1, -2] } },
    "observationSpace: expected a shape of 2 numbers, such as [2], got [-1,-2]",
  ],
  [
    "no part of a tuple",
    { observationSpace: { kind: "tuple", spaces: [discrete(2), null] } },
    "observationSpace.1: expected a space, such as box(…) or discrete(…), got null",
  ],
  [
    "a part of a dict",
    {
      observationSpace: {
        kind: "dict",
        spaces: { a: discrete(2), b: { kind: "tuple", spaces: [{ kind: "multiBinary", n: 0 }] } },
      },
    },
    "observationSpace.b.0.n: expected a whole number in [1, 65536], got 0",
  ],
  [
    "an empty dict",
    { observationSpace: { kind: "dict", spaces: {} } },
    "observationSpace.spaces: expected one or more, got an object",
  ],
  [
    "choices of several numbers",
    { actionSpace: { kind: "multiDiscrete", nvec: [2, 1.5] } },
    "actionSpace.nvec[1]: expected a whole number in [1, 65536], got 1.5",
  ],
  [
    "binary actions",
    { actionSpace: multiBinary(3) },
    "actionSpace: expected a box, a discrete or a multiDiscrete space, got multiBinary: multiDiscrete with 2 of each is the same",
  ],
  [
    "composed actions",
    { actionSpace: dict({ a: discrete(2) }) },
    "actionSpace: expected a box, a discrete or a multiDiscrete space, got dict",
  ],
  [
    "no actions",
    { actionSpace: { kind: "discrete", n: 0 } },
    "actionSpace.n: expected a whole number in [1, 65536], got 0",
  ],
  [
    "an action space of no kind",
    { actionSpace: { n: 2 } },
    "actionSpace: expected a space, such as box(…) or discrete(…), got an object of kind undefined",
  ],
  [
    "an unbounded action",
    { actionSpace: box([-1, 0], [1, Infinity]) },
    "actionSpace: expected finite bounds low < high, to which actions are scaled, got [0, Infinity] at 1: give the range that is useful, and clip or rescale in `step`",
  ],
  [
    "an action whose bounds are one in 32 bits",
    { actionSpace: box([1e8], [1e8 + 1]) },
    "actionSpace: expected finite bounds low < high, also in 32 bits, to which actions are scaled, got [100000000, 100000001] at 0: give the range that is useful, and clip or rescale in `step`",
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
      {
        ...own,
        observationSpace: dict({ a: tuple([multiBinary(2), multiDiscrete([2, 3])]), b: box(0, 1, [2, 2]) }),
      },
      "observationSpace: expected the agent's, box([-0.1], [Infinity]), got dict({ a: tuple([multiBinary(2), multiDiscrete([2, 3])]), b: a box of [2, 2] numbers })",
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

test("spaces of every kind become plain, and are the same whatever the order of their names", () => {
  const space = dict({
    b: tuple([discrete(2), multiBinary(3)]),
    a: box(0, 1, [2, 2]),
    c: multiDiscrete([2, 3]),
  });
  const own = { observationSpace: space, actionSpace: discrete(2) };
  const plain = plainSpaces(own);
  assert.equal(JSON.parse(JSON.stringify(plain)), plain);
  expectSameSpaces(plain, own);
  assert.equal(spaceProblems({ ...line(), ...own }), []);
  for (const other of [
    dict({ a: space.spaces.a, b: space.spaces.b }),
    dict({ ...space.spaces, a: box(0, 1, [4]) }),
    dict({ ...space.spaces, b: tuple([discrete(2), multiBinary(4)]) }),
    dict({ ...space.spaces, c: multiDiscrete([2, 2]) }),
  ])
    assert.throws(
      () => expectSameSpaces({ ...own, observationSpace: other }, own),
      /observationSpace: expected the agent's/,
    );
});

test("bounds that f32 does not tell apart, or cannot subtract, are none to scale actions to", () => {
  for (const space of [box([-1e39], [1e39]), box([-3e38], [3e38]), box([1], [1 + 1e-9])])
    assert.is(spaceProblems({ ...line(), actionSpace: space }).length, 1);
});

test("a space that holds itself is refused, once", () => {
  const ring = { kind: "dict" as const, spaces: {} as Record<string, object> };
  for (const name of ["a", "b", "c", "d"]) ring.spaces[name] = ring;
  const [problem, ...others] = spaceProblems({ ...line(), observationSpace: ring as never });
  assert.match(problem.what, /^observationSpace(\.a){33}$/);
  assert.is(problem.message, "expected at most 32 spaces within each other, got more");
  assert.equal(others, []);
});

test("a name or a class instead of an environment is answered with what makes one", () => {
  for (const [given, message] of [
    ["pendulum", 'got "pendulum": `await createEnvironment("pendulum")` makes one by its name'],
    [class {}, "got a function: `new`, or a call, is missing"],
  ] as const)
    assert.throws(
      () => expectSpaces(given as never),
      (error: Error) => error.message.endsWith(message),
    );
});

test.run();
