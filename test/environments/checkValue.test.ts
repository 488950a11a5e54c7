import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { valueProblem } from "../../src/environments/checkValue.ts";
import { box, discrete, multiDiscrete, type Space, tuple } from "../../src/environments/spaces.ts";
import { samples } from "../helpers/spaces.ts";

test("a value of its space has no fault", () => {
  fc.assert(
    fc.property(samples, ({ space, value }) => {
      assert.is(valueProblem(space, "observation", value), undefined);
    }),
    { numRuns: 300, seed: 1 },
  );
});

for (const [space, value, fault, message] of [
  [discrete(3), "1", TypeError, 'x: expected a whole number in [0, 2], got "1"'],
  [discrete(3), Number.NaN, RangeError, "x: expected a whole number in [0, 2], got NaN"],
  [multiDiscrete([2, 3]), [1, 3], RangeError, "x[1]: expected a whole number in [0, 2], got 3"],
  [multiDiscrete([2, 3]), 1, TypeError, "x: expected [2] values, got 1"],
  [
    tuple([discrete(2), box([0], [1])]),
    [0, [Infinity]],
    RangeError,
    "x[1][0]: expected a finite number, got Infinity",
  ],
  [tuple([discrete(2)]), [0, 1], RangeError, "x: expected [1] values, got [2]"],
  [box(0, 1, [2, 2]), [[0, 0], [0]], RangeError, "x[1]: expected [2] numbers, got [1]"],
  [box(0, 1, [2, 2]), [[0, 0]], RangeError, "x: expected [2] values, got [1]"],
] as const)
  test(`names the fault of ${JSON.stringify(value)}`, () => {
    const problem = valueProblem(space as Space, "x", value);
    assert.is(`${problem?.what}: ${problem?.message}`, message);
    assert.ok(problem && new problem.Fault("") instanceof fault);
  });

test("what may be missing is NaN, of choices too", () => {
  const space = tuple([discrete(2), box([0], [1])]);
  assert.is(valueProblem(space, "x", [Number.NaN, [Number.NaN]], { mayMiss: true }), undefined);
});
test.run();
