import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  collectRows,
  entriesOf,
  entryAt,
  expectDistributions,
  findEntry,
} from "../../../src/models/sparse/rows.ts";

function collected(...rows: [number[], number[]][]) {
  const collector = collectRows("table", 5);
  for (const [index, value] of rows) collector.push(index, value);
  return collector.done();
}

test("entries are sorted, those of one column added up, zeros left out", () => {
  const table = collected(
    [
      [3, 1, 3, 0],
      [0.25, 0.5, 0.25, 0],
    ],
    [[], []],
    [[4], [1]],
  );
  assert.equal(table, {
    rows: 3,
    columns: 5,
    start: Uint32Array.of(0, 2, 2, 3),
    index: Uint32Array.of(1, 3, 4),
    value: Float64Array.of(0.5, 0.5, 1),
  });
  assert.equal([entryAt(table, 0, 3), entryAt(table, 0, 2), entryAt(table, 1, 0)], [0.5, 0, 0]);
  assert.equal(entriesOf(table, 0), [0, 1]);
  assert.equal(entriesOf(table, 1), []);
});

test("equal columns of two rows stay apart", () => {
  assert.equal(collected([[2], [0.5]], [[2], [0.25]]).value, Float64Array.of(0.5, 0.25));
});

test("more entries than the first room are kept", () => {
  const collector = collectRows("table", 3000);
  const all = Array.from({ length: 3000 }, (_, k) => k);
  collector.push(
    all,
    all.map((k) => k + 1),
  );
  const { index, value } = collector.done();
  assert.equal([index.length, index[2999], value[2999], value[0]], [3000, 2999, 3000, 1]);
});

test("finds an entry within its row alone", () => {
  const index = Uint32Array.of(1, 4, 0, 4);
  assert.equal([findEntry(index, 0, 2, 4), findEntry(index, 0, 2, 0), findEntry(index, 2, 4, 4)], [1, -1, 3]);
});

test("rows sum to 1 within 1e-5, and the first that does not is named", () => {
  const where = (row: number) => `row ${row}`;
  expectDistributions(
    collected(
      [
        [0, 1],
        [0.3333333, 0.6666667],
      ],
      [[2], [1]],
    ),
    where,
  );
  for (const [row, message] of [
    [
      [
        [0, 1],
        [0.5, 0.6],
      ],
      /^row 1: expected probabilities that sum to 1 within 0.00001, got 1.1$/,
    ],
    [
      [
        [0, 1],
        [1.5, -0.5],
      ],
      /^row 1: expected probabilities, got 1.5$/,
    ],
    [[[], []], /^row 1: expected probabilities that sum to 1 within 0.00001, got 0$/],
    [[[0], [Number.NaN]], /^row 1: expected probabilities, got NaN$/],
  ] as [[number[], number[]], RegExp][])
    assert.throws(() => expectDistributions(collected([[0], [1]], row), where), message);
});

test.run();
