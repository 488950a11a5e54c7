import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPool } from "../../../src/inference/closed/pool.ts";

test("arrays do not overlap, and come again after a reset", () => {
  const pool = createPool();
  const first = [10, 65_536, 100_000, 3].map((size, i) => pool.take(size).fill(i));
  assert.equal(
    first.map((array) => [array.length, array.every((value) => value === array[0])]),
    [10, 65_536, 100_000, 3].map((size) => [size, true]),
  );
  pool.reset();
  assert.is(pool.take(10).byteOffset, first[0].byteOffset);
  assert.is(pool.take(65_536).buffer, first[1].buffer);
});

test.run();
