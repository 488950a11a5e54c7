import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  endingProblem,
  faultOf,
  LARGEST,
  numberProblem,
  ReadingError,
  refuse,
  vectorProblem,
} from "../../src/core/readings.ts";

test("takes every number whose squared differences f32 holds, and refuses every other by name and value", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      const problem = numberProblem("reward", value);
      if (Math.abs(value) <= LARGEST) {
        assert.is(problem, undefined);
        assert.ok(Number.isFinite(Math.fround(Math.fround(2 * value) ** 2 * 64)));
      } else {
        assert.ok(problem && faultOf(problem) instanceof ReadingError);
        assert.ok(faultOf(problem).message.startsWith("reward: expected a"));
        assert.match(faultOf(problem).message, String(value));
      }
    }),
  );
});

test("a vector is refused exactly where one of its numbers is, or its length is another", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.nat(4), fc.boolean(), (values, size, mayMiss) => {
      const isGood =
        values.length === size &&
        values.every((value) => numberProblem("x", value, { mayMiss }) === undefined);
      for (const vector of [values, Float64Array.from(values)])
        assert.is(vectorProblem("x", vector, size, { mayMiss }) === undefined, isGood);
    }),
  );
});

test("says what was expected, what came, and what helps", () => {
  for (const [problem, message] of [
    [vectorProblem("x", [1, 2], 3), "RangeError: x: expected [3] numbers, got [2] (step 4)"],
    [vectorProblem("x", {}, undefined), "TypeError: x: expected an array of numbers, got an object (step 4)"],
    [
      vectorProblem("x", Promise.resolve([1]), 1),
      "TypeError: x: expected [1] numbers, got a Promise: `await` is missing (step 4)",
    ],
    [
      vectorProblem("x", [0, 1e19], 2),
      "ReadingError: x[1]: expected a number in [-1e18, 1e18], got 10000000000000000000: choose a larger unit (step 4)",
    ],
    [
      numberProblem("r", Number.NaN, { mayMiss: false }),
      "ReadingError: r: expected a finite number, got NaN (step 4)",
    ],
    [
      numberProblem("r", -Infinity, { mayMiss: true }),
      "ReadingError: r: expected a finite number or NaN, got -Infinity (step 4)",
    ],
    [numberProblem("r", "1"), 'TypeError: r: expected a number, got "1" (step 4)'],
    [
      endingProblem("truncated", { truncated: "false" }),
      'TypeError: truncated: expected true or false, got "false": a string is neither (step 4)',
    ],
  ] as const)
    assert.throws(
      () => refuse(problem, "step 4"),
      (error: Error) => String(error) === message,
    );
  refuse(undefined);
});
test.run();
