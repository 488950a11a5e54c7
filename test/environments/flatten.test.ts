import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { flatdim, flatten, flattenSpace, rowOf, unflatten } from "../../src/environments/flatten.ts";
import {
  box,
  dict,
  discrete,
  multiBinary,
  multiDiscrete,
  type Observation,
  tuple,
} from "../../src/environments/spaces.ts";
import { samples } from "../helpers/spaces.ts";

test("what is flattened comes back as it was, whatever the space", () => {
  fc.assert(
    fc.property(samples, ({ space, value }) => {
      const row = flatten(space, value);
      assert.is(row.length, flatdim(space));
      assert.equal(unflatten(space, row), value);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test("rows lie within the box of their space", () => {
  fc.assert(
    fc.property(samples, ({ space, value }) => {
      const { low, high } = flattenSpace(space);
      assert.is(low.length, flatdim(space));
      flatten(space, value).forEach((x, d) => {
        assert.ok(low[d] <= x && x <= high[d]);
      });
    }),
    { numRuns: 200, seed: 2 },
  );
});

test("a space that went through JSON flattens alike", () => {
  fc.assert(
    fc.property(samples, ({ space, value }) => {
      assert.equal(flatten(JSON.parse(JSON.stringify(space)), value), flatten(space, value));
    }),
    { numRuns: 100, seed: 3 },
  );
});

const robot = dict({ position: box([0, 0], [5, 5]), holds: discrete(3), doors: multiBinary(2) });

test("parts of a dict lie in the order of their names, those of a tuple in their own", () => {
  const value = { position: [1, 4.5], holds: 2, doors: [0, 1] };
  assert.equal(Array.from(flatten(robot, value)), [0, 1, 0, 0, 1, 1, 4.5]);
  const parts = tuple([discrete(2), box([0], [1]), multiDiscrete([2, 3])]);
  assert.equal(Array.from(flatten(parts, [1, [0.5], [0, 2]])), [0, 1, 0.5, 1, 0, 0, 0, 1]);
});

test("arrays of rows and one flat array of any kind are the same", () => {
  const picture = box(0, 255, [2, 3]);
  const nested = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  for (const value of [
    nested,
    nested.map((row) => Float32Array.from(row)),
    [1, 2, 3, 4, 5, 6],
    Uint8Array.of(1, 2, 3, 4, 5, 6),
  ])
    assert.equal(Array.from(flatten(picture, value)), [1, 2, 3, 4, 5, 6]);
  const own = Float32Array.of(1, 2, 3, 4, 5, 6);
  assert.is(rowOf(picture, own), own);
  assert.equal(Array.from(rowOf(picture, nested)), Array.from(own));
});

test("what was not seen is NaN, a choice in all its places", () => {
  const value = { position: [Number.NaN, 1], holds: Number.NaN, doors: [1, 0] };
  const { NaN: none } = Number;
  assert.equal(Array.from(flatten(robot, value)), [1, 0, none, none, none, none, 1]);
});

test("probabilities come back as the most probable choice", () => {
  assert.equal(unflatten(robot, [1, 0, 0.2, 0.5, 0.3, 1, 2]), { doors: [1, 0], holds: 1, position: [1, 2] });
});

for (const [value, message] of [
  [{ position: [1, 2], holds: 3, doors: [0, 0] }, "value.holds: expected a whole number in [0, 2], got 3"],
  [{ position: [1], holds: 1, doors: [0, 0] }, "value.position: expected [2] numbers, got [1]"],
  [{ position: [1, 2], holds: 1, doors: [0, 2] }, "value.doors[1]: expected a whole number in [0, 1], got 2"],
  [[1, 2], "value: expected an object, got an array"],
] as const)
  test(`refuses ${JSON.stringify(value)}`, () => {
    assert.throws(
      () => flatten(robot, value as Observation),
      (error: Error) => error.message === message,
    );
  });

test("refuses a row of another length", () => {
  assert.throws(() => unflatten(robot, [1]), /^row: expected 7 numbers, got 1$/);
});
test.run();
