import { test } from "uvu";
import * as assert from "uvu/assert";
import { cholesky, invertLower, multiply, transpose } from "../../src/models/matrix.ts";
import { randomRows } from "../reference/arrays.ts";
import { product, transposed } from "../reference/filter.ts";
import { maxAbsError, mulberry32 } from "../reference/kernels.ts";

for (const size of [1, 2, 5])
  test(`cholesky is a root, and invertLower its inverse, at size ${size}`, () => {
    const half = randomRows(mulberry32(size), size, size);
    const matrix = product(half, transposed(half));
    const lower = cholesky(matrix);
    // f64, of condition numbers below 10⁴
    assert.ok(maxAbsError(multiply(lower, transpose(lower)).flat(), matrix.flat()) < 1e-14);
    assert.ok(lower.every((row, i) => row.every((value, j) => j <= i || value === 0)));
    const unit = multiply(lower, invertLower(lower));
    assert.ok(unit.every((row, i) => row.every((value, j) => Math.abs(value - Number(i === j)) < 1e-10)));
  });

test("cholesky of a singular matrix has a column 0", () => {
  assert.equal(
    cholesky([
      [4, 2],
      [2, 1],
    ]),
    [
      [2, 0],
      [1, 0],
    ],
  );
  assert.equal(
    cholesky([
      [0, 0],
      [0, 9],
    ]),
    [
      [0, 0],
      [0, 3],
    ],
  );
});
test.run();
