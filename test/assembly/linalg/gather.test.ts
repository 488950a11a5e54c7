import { test } from "uvu";
import * as assert from "uvu/assert";
import { columnChanges, columnMoments, gatherTiles, pick } from "../../../src/core/gather.ts";
import { pad4, TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { fromTiles, randomRow, randomRows, relativeError } from "../../reference/arrays.ts";
import { mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/linalg.ts";

const core = debugCore();

/** [rows, stride, offset, width, tiles] */
for (const [rows, stride, offset, width, tiles] of [
  [1, 1, 0, 1, 1],
  [50, 9, 2, 5, 2],
  [7, 4, 0, 4, 3],
  [100, 11, 10, 1, 2],
])
  test(`gatherTiles takes columns ${offset}…${offset + width - 1} of ${stride} into ${tiles} tiles`, () => {
    core.scope(() => {
      const random = mulberry32(rows);
      const table = randomRows(random, rows, stride);
      const shift = randomRow(random, width);
      const scale = randomRow(random, width, 0.5, 2);
      const indices = Array.from({ length: tiles * TILE }, () => Math.floor(random() * rows));
      const out = core.f32(tiles * pad4(width) * TILE).fill(Number.NaN);
      const columns = { table: core.f32(table.flat()), stride, offset, width };
      gatherTiles(core, out, columns, core.u32(indices), core.f32(shift), core.f32(scale));
      const expected = indices.map((row) =>
        shift.map((from, d) => Math.fround(Math.fround(table[row][offset + d] - from) * scale[d])),
      );
      assert.equal(fromTiles(out, tiles * TILE, width), expected);
      const padding = fromTiles(out, tiles * TILE, pad4(width) - width, pad4(width), width).flat();
      assert.ok(padding.every((value) => value === 0));
    });
  });

test("columnMoments leaves out what is NaN, column by column; a column of NaN alone has mean and deviation 0", () => {
  core.scope(() => {
    const none = Number.NaN;
    const table = core.f32([1, none, none, 5, 2, none, none, 4, none, 6, none, none]);
    const [mean, std] = [core.f32(3), core.f32(3)];
    columnMoments(core, mean, std, { table, stride: 3, offset: 0, width: 3 }, 4);
    assert.equal([...mean], [4, 3, 0]);
    // √((3² + 1² + 2²) / 3), √((1 + 1) / 2)
    assert.equal([...std], [Math.fround(Math.sqrt(14 / 3)), 1, 0]);
  });
});

test("columnChanges is the root mean square from row to row within episodes, where both were seen", () => {
  core.scope(() => {
    const none = Number.NaN;
    const rows = [
      [9, 1, 0, 9],
      [9, 4, none, 9],
      [9, 0, 1, 9],
      [9, 5, 3, 9],
      [9, 8, none, 9],
    ];
    // the third row begins an episode; the last lies beyond the count
    const ages = core.u32([0, 1, 0, 1, 2]);
    const out = core.f32(2).fill(none);
    columnChanges(core, out, { table: core.f32(rows.flat()), stride: 4, offset: 1, width: 2 }, ages, 4);
    assert.equal([...out], [Math.fround(Math.sqrt((9 + 25) / 2)), 2]);
    columnChanges(core, out, { table: core.f32(rows.flat()), stride: 4, offset: 1, width: 2 }, ages, 1);
    assert.equal([...out], [0, 0]);
    assert.throws(
      () => columnChanges(core, out, { table: core.f32(8), stride: 4, offset: 1, width: 2 }, core.u32(1), 2),
      /^ages: expected at least 2 values, got 1$/,
    );
  });
});

test("pick follows the positions, also in place", () => {
  const list = core.u32([10, 20, 4294967295]);
  const positions = core.u32([2, 0, 0, 1, 2]);
  assert.equal([...pick(core, core.u32(5), list, positions)], [4294967295, 10, 10, 20, 4294967295]);
  assert.equal([...pick(core, positions, list, positions)], [4294967295, 10, 10, 20, 4294967295]);
});

for (const [rows, stride, offset, width] of [
  [1, 3, 1, 2],
  [257, 7, 2, 3],
])
  test(`columnMoments matches the f64 reference over ${rows} rows`, () => {
    core.scope(() => {
      const values = randomRows(mulberry32(2), rows, stride, 100, 101);
      const table = core.f32([...values.flat(), ...new Array(stride).fill(Number.NaN)]);
      const mean = core.f32(width);
      const std = core.f32(width);
      columnMoments(core, mean, std, { table, stride, offset, width }, rows);
      const expected = reference.columnMoments(values.map((row) => row.slice(offset, offset + width)));
      // the sums are f64; only the result is rounded
      assert.ok(relativeError(mean, expected.mean) <= 2 ** -24);
      for (let d = 0; d < width; d++) assert.ok(Math.abs(std[d] - expected.std[d]) <= 2 ** -24);
    });
  });

test("columnMoments of a constant column far from zero is exact", () => {
  const table = core.f32(new Array(5000).fill(12345.678));
  const mean = core.f32(1);
  const std = core.f32([-1]);
  columnMoments(core, mean, std, { table, stride: 1, offset: 0, width: 1 }, 5000);
  assert.equal([mean[0], std[0] < 1e-9], [Math.fround(12345.678), true]);
});

test("names the argument, what it expected and what it got", () => {
  const table = core.f32(20);
  const columns = { table, stride: 5, offset: 2, width: 3 };
  const three = core.f32(3);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => gatherTiles(core, core.f32(128), columns, core.u32(31), three, three),
    message("indices.length: expected a positive multiple of 32, got 31"),
  );
  assert.throws(
    () => gatherTiles(core, core.f32(96), columns, core.u32(32), three, three),
    message("out: expected [1, 4, 32] = 128 values, got 96"),
  );
  assert.throws(
    () => gatherTiles(core, core.f32(128), { ...columns, offset: 3 }, core.u32(32), three, three),
    message("offset + width: expected a whole number in [1, 5], got 6"),
  );
  assert.throws(
    () => gatherTiles(core, core.f32(128), { ...columns, stride: 6 }, core.u32(32), three, three),
    message("table.length: expected a positive multiple of 6, got 20"),
  );
  assert.throws(
    () => columnMoments(core, three, three, columns, 5),
    message("count: expected a whole number in [1, 4], got 5"),
  );
  assert.throws(
    () => pick(core, core.u32(2), core.u32(4), core.u32(3)),
    message("out: expected [3] = 3 values, got 2"),
  );
});
test.run();
