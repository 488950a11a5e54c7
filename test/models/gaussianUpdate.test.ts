import { test } from "uvu";
import * as assert from "uvu/assert";
import { gaussianUpdate, noUpdate } from "../../src/models/gaussianUpdate.ts";
import { apply, transpose } from "../../src/models/matrix.ts";
import { product } from "../reference/filter.ts";

test("gaussianUpdate of one dimension is the precision-weighted mean", () => {
  // Q = 4, R = 1, C = 2: S = 17, K = 8/17, posterior variance 4/17
  const { gain, reduced, factor, whitening, std } = gaussianUpdate([[4]], [[2]], [[1]]);
  const close = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-15);
  close(gain[0][0], 8 / 17);
  close(reduced[0][0], 1 / 17);
  close(factor[0][0], Math.sqrt(4 / 17));
  assert.equal(whitening, [[1]]);
  close(std[0], Math.sqrt(17));
});

test("whitening makes the seen dimensions independent, and keeps their volume", () => {
  const R = [
    [2, 0.6, 0.1],
    [0.6, 1, -0.3],
    [0.1, -0.3, 0.5],
  ];
  const { whitening, std, gain, reduced } = noUpdate([[1]], [[1], [0], [0]], R);
  const white = product(
    product(
      whitening.map((row) => [...row]),
      R,
    ),
    transpose(whitening).map((row) => [...row]),
  );
  for (const [i, row] of white.entries())
    for (const [j, value] of row.entries()) assert.ok(Math.abs(value - (i === j ? std[i] ** 2 : 0)) < 1e-14);
  // the factors are triangular: their determinant is that of the diagonal
  assert.ok(whitening.every((row, i) => Math.abs(row[i] - 1) < 1e-15));
  assert.equal([gain, reduced], [[[0, 0, 0]], [[1]]]);
});

test("where nothing is seen, nothing changes", () => {
  const { gain, factor, std } = gaussianUpdate(
    [
      [4, 0],
      [0, 9],
    ],
    [],
    [],
  );
  assert.equal(
    [gain, factor, std],
    [
      [[], []],
      [
        [2, 0],
        [0, 3],
      ],
      [],
    ],
  );
  assert.equal(apply(gain, []), [0, 0]);
});
test.run();
