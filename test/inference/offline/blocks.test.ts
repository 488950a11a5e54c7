import { test } from "uvu";
import * as assert from "uvu/assert";
import { findBlocks } from "../../../src/inference/offline/blocks.ts";
import { sparseOf } from "../../../src/models/sparse/tables.ts";
import { rockSample, tiger } from "../../../src/problems.ts";

test("of a world that is not seen all states share a block", () => {
  const model = sparseOf(tiger());
  const { members, blockOf, placeOf } = findBlocks(model, model.transition.value, [0, 1]);
  assert.equal(
    [members.map((states) => [...states]), [...blockOf], [...placeOf]],
    [[[0, 1]], [0, 0], [0, 1]],
  );
});

test("a rover that knows its cell has a block for each, and one for the end", () => {
  const model = rockSample({
    size: 3,
    rocks: [
      [1, 1],
      [2, 0],
    ],
    start: [0, 1],
  });
  const start = [...model.initial.keys()].filter((s) => model.initial[s] > 0);
  const { members, blockOf } = findBlocks(model, model.transition.value, start);
  assert.equal(members.length, 10);
  for (let s = 0; s < 36; s++) assert.is(blockOf[s], Math.floor(s / 4));
});

test("what cannot follow joins nothing", () => {
  const model = sparseOf(tiger());
  const { members } = findBlocks(
    model,
    model.transition.value.map(() => 0),
    [0],
  );
  assert.is(members.length, 2);
});

test.run();
