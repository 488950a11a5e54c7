import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete } from "../../src/environments/environment.ts";
import {
  type ActionCoding,
  actionCoding,
  decodeAction,
  encodeAction,
} from "../../src/models/actionCoding.ts";
import { randomRows } from "../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

const encoded = (coding: ActionCoding, action: number | ArrayLike<number>) => {
  const out = new Float32Array(coding.size).fill(7);
  encodeAction(coding, action, out);
  return [...out];
};
const message =
  (type: typeof RangeError | typeof TypeError | typeof Error, expected: string) => (error: Error) =>
    error.constructor === type && error.message === expected;

test("a box has a group of bins for each dimension, a choice one group with a bin for each action", () => {
  const continuous = actionCoding(box([-2, 0], [2, 1]), 21);
  assert.equal(
    [continuous.isDiscrete, continuous.size, continuous.groups, continuous.bins],
    [false, 2, 2, 21],
  );
  const choice = actionCoding(discrete(3), 21);
  assert.equal([choice.isDiscrete, choice.size, choice.groups, choice.bins], [true, 3, 1, 3]);
});

test("bounds go to ±1, the middle to 0, and back", () => {
  const coding = actionCoding(box([-2, 10, 0], [2, 30, 0.5]), 5);
  assert.equal(encoded(coding, [-2, 30, 0.25]), [-1, 1, 0]);
  assert.equal([...decodeAction(coding, [-1, 1, 0])], [-2, 30, 0.25]);
});

test("what is decoded is encoded back", () => {
  const coding = actionCoding(box([-3, 100, -1e-3], [5, 101, 1e-3]), 5);
  for (const unit of randomRows(mulberry32(1), 100, 3)) {
    // one rounding of the action to f32, which is 2⁻²⁴ of 101 in a range of width 1, and one of the result
    const error = maxAbsError(encoded(coding, decodeAction(coding, unit)), unit);
    assert.ok(error <= 2 * 101 * 2 ** -24 + 2 ** -24);
  }
});

test("an action beyond its bounds counts as the bound", () => {
  assert.equal(encoded(actionCoding(box([-2, 0], [2, 1]), 5), [3, -0.5]), [1, -1]);
});

test("every choice is its one-hot", () => {
  const coding = actionCoding(discrete(4), 21);
  for (let k = 0; k < 4; k++)
    assert.equal(
      encoded(coding, k),
      [0, 1, 2, 3].map((i) => Number(i === k)),
    );
});

for (const [low, high, at] of [
  [[-1, -Infinity], [1, 1], "[-Infinity, 1] at 1"],
  [[-1, 0], [Infinity, 1], "[-1, Infinity] at 0"],
  [[2], [2], "[2, 2] at 0"],
  [[Number.NaN], [1], "[NaN, 1] at 0"],
] as const)
  test(`refuses actions within ${at}`, () => {
    assert.throws(
      () => actionCoding({ kind: "box", low, high }, 5),
      message(RangeError, `actionSpace: expected finite bounds low < high, got ${at}`),
    );
  });

const two = actionCoding(box([-1, -1], [1, 1]), 5);
const three = actionCoding(discrete(3), 5);
for (const [coding, action, type, expected] of [
  [three, 3, RangeError, "action: expected a whole number in [0, 2], got 3"],
  [three, -1, RangeError, "action: expected a whole number in [0, 2], got -1"],
  [three, 0.5, RangeError, "action: expected a whole number in [0, 2], got 0.5"],
  [three, [1], RangeError, "action: expected a whole number in [0, 2], got 1"],
  [two, 1, TypeError, "action: expected 2 numbers, got 1"],
  [two, [1, 2, 3], TypeError, "action: expected 2 numbers, got 3"],
  [two, [0, Number.NaN], RangeError, "action[1]: expected a finite number, got NaN"],
  [two, [Infinity, 0], RangeError, "action[0]: expected a finite number, got Infinity"],
] as const)
  test(`refuses the action ${JSON.stringify(action)} of ${coding.isDiscrete ? "three choices" : "a box"}`, () => {
    assert.throws(() => encoded(coding, action), message(type, expected));
  });

test("an action that is no number comes from a model that has lost itself", () => {
  assert.throws(
    () => decodeAction(two, [0, Number.NaN]),
    message(Error, "action[1]: expected a finite number from the model, got NaN"),
  );
});
test.run();
