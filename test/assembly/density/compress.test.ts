import { test } from "uvu";
import * as assert from "uvu/assert";
import { compressed, compressRow, KNEE } from "../../../src/core/compress.ts";
import { TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { fromTiles, randomRows, toTiles } from "../../reference/arrays.ts";
import { compress, expand } from "../../reference/density.ts";
import { mulberry32 } from "../../reference/kernels.ts";

const core = debugCore();
const slopes = {
  ...{ low: core.f32([0.25]), high: core.f32([0.001]) },
  ...{ least: core.f32([-1e38]), most: core.f32([1e38]) },
};
const [LEAST, MOST] = [-11, 8.0625];
const bounded = { ...slopes, least: core.f32([LEAST]), most: core.f32([MOST]) };

for (const [row, rows, tiles] of [
  [0, 4, 1],
  [3, 4, 2],
  [5, 8, 3],
])
  test(`compressRow bends row ${row} of ${rows} of ${tiles} tiles alone`, () => {
    core.scope(() => {
      const random = mulberry32(row);
      const size = () => (random() - 0.5) * 10 ** (8 * random());
      const values = randomRows(random, tiles * TILE, rows).map((x) => x.map(size));
      const x = core.f32(toTiles(values, rows));
      compressRow(core, x, slopes, { row, rows });
      fromTiles(x, tiles * TILE, rows, rows).forEach((actual, n) => {
        actual.forEach((value, d) => {
          const from = Math.fround(values[n][d]);
          // three roundings, and that of the slope
          const expected = compress(from, { low: 0.25, high: 0.001 });
          if (d === row) assert.ok(Math.abs(value - expected) <= 4 * 2 ** -24 * Math.abs(expected));
          else assert.is(value, from);
        });
      });
    });
  });

test("what comes of it lies within bounds, in the row alone", () => {
  core.scope(() => {
    const random = mulberry32(7);
    const values = randomRows(random, 2 * TILE, 4).map((row) => row.map((x) => 200 * x));
    const x = core.f32(toTiles(values, 4));
    compressRow(core, x, bounded, { row: 2, rows: 4 });
    const actual = fromTiles(x, 2 * TILE, 4, 4);
    const row = actual.map((of) => of[2]);
    row.forEach((value, n) => {
      const bent = compress(Math.fround(values[n][2]), { low: 0.25, high: 0.001 });
      const expected = Math.max(LEAST, Math.min(MOST, bent));
      assert.ok(Math.abs(value - expected) <= 4 * 2 ** -24 * Math.abs(expected));
    });
    for (const bound of [LEAST, MOST]) assert.ok(row.filter((value) => value === bound).length > 4);
    const others = actual.flatMap((of) => [of[0], of[1], of[3]]);
    assert.ok(Math.min(...others) < LEAST && Math.max(...others) > MOST);
    for (const value of [-1e9, -20, -9, 3, 20, 1e6])
      assert.is(compressed(value, bounded), Math.max(LEAST, Math.min(MOST, compressed(value, slopes))));
  });
});

test("numbers up to the knee stay as they are; there is no jump", () => {
  for (const value of [0, -0, 1, -KNEE, KNEE]) assert.is(compressed(value, slopes), value);
  for (const sign of [1, -1])
    assert.ok(Math.abs(compressed(sign * (KNEE + 1e-6), slopes) - sign * KNEE) < 1e-6);
});

test("one number is compressed as rows are, and expanding undoes it", () => {
  const twin = { low: slopes.low[0], high: slopes.high[0] };
  for (const value of [9, -1e3, 1e30]) {
    assert.ok(Math.abs(compressed(value, slopes) / compress(value, twin) - 1) < 1e-12);
    assert.ok(Math.abs(expand(compress(value, twin), twin) / value - 1) < 1e-12);
  }
});

test("names the argument, what was expected and what it got", () => {
  assert.throws(() => compressRow(core, core.f32(4 * TILE), slopes, { row: 4, rows: 4 }), /^row: /);
  const steep = { ...slopes, high: core.f32([2]) };
  assert.throws(() => compressRow(core, core.f32(4 * TILE), steep, { row: 0, rows: 4 }), /^high: /);
});

test.run();
