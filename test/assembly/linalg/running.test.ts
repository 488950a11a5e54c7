import { test } from "uvu";
import * as assert from "uvu/assert";
import { clipRows, followMoments } from "../../../src/core/running.ts";
import { pad4, TILE } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { fromTiles, type Rows, randomRows, toTiles } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/linalg.ts";

const core = debugCore();

function moments(rows: Rows, bound = 8) {
  const D = rows[0].length;
  const state = { mean: core.f32(D), std: core.f32(D) };
  for (const [i, row] of rows.entries()) followMoments(core, state, core.f32(row), { bound, count: i + 1 });
  return state;
}

for (const D of [1, 3, 6])
  test(`followMoments are those of the twin, D=${D}; without a bound those of the list`, () => {
    core.scope(() => {
      const random = mulberry32(D);
      const rows = randomRows(random, 60, D, -2, 5);
      for (const [i, spike] of [
        [3, 1e3],
        [20, -1e9],
        [40, 30],
      ])
        rows[i][0] = spike;
      for (const bound of [2, 8]) {
        const expected = reference.runningMoments(rows, bound);
        const { mean, std } = moments(rows, bound);
        // every row rounds mean and deviation once
        const rounding = (values: readonly number[]) => 60 * 2 ** -24 * Math.max(...values.map(Math.abs));
        assert.ok(maxAbsError(mean, expected.mean) < rounding([...expected.mean, ...expected.std]));
        assert.ok(maxAbsError(std, expected.std) < rounding(expected.std));
      }
      const all = moments(rows, 1e12);
      const list = reference.columnMoments(rows);
      assert.ok(Math.abs(all.std[0] / list.std[0] - 1) < 1e-5);
    });
  });

test("one reading moves a deviation by no more than √(1 + bound² / n)", () => {
  core.scope(() => {
    const rows = randomRows(mulberry32(1), 100, 1);
    const before = moments(rows).std[0];
    for (const spike of [1e3, -1e30]) {
      const after = moments([...rows, [spike]]).std[0];
      assert.ok(after / before > 1.2 && after / before <= Math.sqrt(1 + 64 / 101));
    }
  });
});

test("equal values deviate by exactly nothing; what varies first counts whole", () => {
  core.scope(() => {
    const equal = Array.from({ length: 20 }, () => [0.1]);
    assert.is(moments(equal).std[0], 0);
    const { std } = moments([...equal, [1e6]]);
    assert.ok(Math.abs(std[0] / (1e6 * Math.sqrt(1 / 21 - 1 / 441)) - 1) < 1e-6);
  });
});

for (const [width, rows, tiles] of [
  [1, 1, 1],
  [3, 5, 2],
  [4, 6, 1],
])
  test(`clipRows keeps ${width} of ${rows} rows of ${tiles} tiles within their bounds`, () => {
    core.scope(() => {
      const values = randomRows(mulberry32(3), tiles * TILE, rows, -10, 10);
      const unit = [2, 0.5, 0, 1].slice(0, width);
      const x = core.f32(toTiles(values));
      clipRows(core, x, core.f32(unit), { bound: 4, rows });
      const expected = values.map((row) =>
        row.map((value, d) => (d < width ? Math.max(-4 / unit[d], Math.min(4 / unit[d], value)) : value)),
      );
      const clipped = fromTiles(x, tiles * TILE, rows, pad4(rows));
      assert.ok(maxAbsError(clipped.flat(), expected.flat()) < 1e-6);
    });
  });

test("names the argument, the expected shape and what it got", () => {
  const [mean, std] = [core.f32(3), core.f32(2)];
  assert.throws(
    () => followMoments(core, { mean, std }, core.f32(3), { bound: 8, count: 1 }),
    /^std: expected \[3\] = 3 values, got 2$/,
  );
  assert.throws(
    () => followMoments(core, { mean, std: core.f32(3) }, core.f32(2), { bound: 8, count: 1 }),
    /^row: expected at least 3 values, got 2$/,
  );
  assert.throws(() => clipRows(core, core.f32(4 * TILE), core.f32(3), { bound: 8, rows: 2 }), /^rows: /);
});

test.run();
