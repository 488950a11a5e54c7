import { test } from "uvu";
import * as assert from "uvu/assert";
import { probabilityRows } from "../../../src/models/pomdp/probabilities.ts";

const where = (row: number) => `of row ${row}`;

test("later lines go over earlier ones, and rows that shared entries part", () => {
  const rows = probabilityRows("T", 3, 2);
  for (const row of [0, 1, 2]) rows.fill(row, 0.5, 1);
  rows.set(1, 0, 0.25, 2);
  rows.set(1, 1, 0.75, 2);
  rows.assign(2, new Map([[1, 1]]), 3);
  const { start, index, value } = rows.done(where, 9);
  assert.equal(
    [[...start], [...index], [...value]],
    [
      [0, 2, 4, 5],
      [0, 1, 0, 1, 1],
      [0.5, 0.5, 0.25, 0.75, 1],
    ],
  );
});

test("a 0 takes an entry away; a row of zeros is emptied", () => {
  const rows = probabilityRows("T", 2, 3);
  rows.fill(0, 1 / 3, 1);
  rows.fill(0, 0, 2);
  rows.set(0, 2, 1, 3);
  rows.set(1, 0, 0.5, 3);
  rows.set(1, 1, 1, 3);
  rows.set(1, 0, 0, 4);
  assert.equal([...rows.done(where, 9).index], [2, 1]);
});

test("names the last line of a row that does not sum to 1, and the end where there is none", () => {
  const wrong = probabilityRows("T", 2, 2);
  wrong.set(0, 0, 1, 3);
  wrong.set(1, 0, 0.3, 4);
  wrong.set(1, 1, 0.6, 5);
  assert.throws(
    () => wrong.done(where, 9),
    /^line 5: expected probabilities of row 1 that sum to 1 within 0.00001, got a sum of 0.9$/,
  );
  const missing = probabilityRows("T", 2, 2);
  missing.set(0, 0, 1, 3);
  assert.throws(
    () => missing.done(where, 9),
    /^line 9: expected probabilities of row 1 before the end of the file, got none$/,
  );
});

test.run();
