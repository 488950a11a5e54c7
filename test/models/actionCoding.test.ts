import { test } from "uvu";
import * as assert from "uvu/assert";
import { box, discrete, multiDiscrete } from "../../src/environments/spaces.ts";
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
    [continuous.isDiscrete, continuous.size, continuous.groups, continuous.labels],
    [false, 2, [21, 21], 42],
  );
  const choice = actionCoding(discrete(3), 21);
  assert.equal([choice.isDiscrete, choice.size, choice.groups, choice.labels], [true, 3, [3], 3]);
  const choices = actionCoding(multiDiscrete([3, 1, 2]), 21);
  assert.equal([choices.isDiscrete, choices.size, choices.groups, choices.labels], [true, 6, [3, 1, 2], 6]);
  assert.equal(choices.choices, [3, 3, 3, 1, 2, 2]);
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

test("several choices are their one-hots, one after the other", () => {
  const coding = actionCoding(multiDiscrete([3, 1, 2]), 21);
  assert.equal(encoded(coding, [2, 0, 0]), [0, 0, 1, 1, 1, 0]);
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

const two = actionCoding(box([-1, -1], [1, 1]), 5);
test("an action that is no number comes from a model that has lost itself", () => {
  assert.throws(
    () => decodeAction(two, [0, Number.NaN]),
    message(Error, "action[1]: expected a finite number from the model, got NaN"),
  );
});
test.run();
