import { test } from "uvu";
import * as assert from "uvu/assert";
import { addOuter, inverseFactor } from "../../../src/core/precision.ts";
import { pad4 } from "../../../src/core/tiles.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import { product, transposed } from "../../reference/filter.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import { unpackWeight } from "../../reference/linalg.ts";

const core = debugCore();

for (const size of [1, 3, 8, 20])
  test(`addOuter adds the outer product, at size ${size}`, () => {
    core.scope(() => {
      const random = mulberry32(size);
      const [matrix, vector] = [randomRows(random, size, size), randomRow(random, size)];
      const expected = matrix.map((row, i) => row.map((value, j) => value + 1.5 * vector[i] * vector[j]));
      const actual = addOuter(core, core.f32(matrix.flat()), core.f32(vector), 1.5);
      // one rounding of numbers below 3, and those of what came in
      assert.ok(maxAbsError(actual, expected.flat()) < 6 * 2 ** -23);
    });
  });

for (const size of [1, 3, 8, 20])
  test(`inverseFactor is scale L⁻¹: its products with the matrix give scale² times the identity, at size ${size}`, () => {
    core.scope(() => {
      const rows = randomRows(mulberry32(size), size, size);
      const matrix = product(rows, transposed(rows)).map((row, i) =>
        row.map((value, j) => value + Number(i === j)),
      );
      const weight = core.f32(pad4(size) * size);
      const workspace = core.f32(2 * size * size).fill(Number.NaN);
      inverseFactor(core, weight, core.f32(matrix.flat()), workspace, 1.25);
      const inverse = unpackWeight(weight, size, size);
      assert.ok(inverse.every((row, o) => row.every((value, k) => k <= o || value === 0)));
      const identity = product(product(inverse, matrix), transposed(inverse));
      const expected = identity.map((row, i) => row.map((_, j) => (i === j ? 1.25 ** 2 : 0)));
      // entries of size one, rounded to f32, in sums of `size` products twice
      assert.ok(maxAbsError(identity.flat(), expected.flat()) < 1e-5 * size);
    });
  });

test("names what is of another shape", () => {
  core.scope(() => {
    assert.throws(
      () => addOuter(core, core.f32(8), core.f32(3), 1),
      /matrix: expected \[3, 3\] = 9 values, got 8/,
    );
    const workspace = core.f32(18);
    assert.throws(
      () => inverseFactor(core, core.f32(9), core.f32(9), workspace, 1),
      /weight: expected \[4, 3\]/,
    );
  });
});

test.run();
