import { test } from "uvu";
import * as assert from "uvu/assert";
import { addProduct, gatherColumns } from "../../../src/core/columns.ts";
import { debugCore } from "../../helpers/debugCore.ts";
import { randomRow, randomRows } from "../../reference/arrays.ts";
import { maxAbsError, mulberry32 } from "../../reference/kernels.ts";
import * as reference from "../../reference/linalg.ts";

const core = debugCore();

for (const [D, N] of [
  [1, 4],
  [3, 12],
  [6, 256],
])
  test(`gatherColumns takes the columns that the indices name, at D=${D}, N=${N}`, () => {
    core.scope(() => {
      const random = mulberry32(1);
      const x = randomRows(random, D, N);
      const indices = randomRow(random, N, 0, N).map(Math.floor);
      indices[0] = N - 1;
      const out = core.f32(D * N).fill(Number.NaN);
      gatherColumns(core, out, core.f32(x.flat()), core.u32(indices));
      assert.equal([...out], reference.gatherColumns(x, indices).flat());
    });
  });

for (const [O, K, N] of [
  [1, 1, 4],
  [1, 3, 8],
  [4, 2, 12],
  [5, 7, 256],
])
  test(`addProduct adds the f64 reference at O=${O}, K=${K}, N=${N}`, () => {
    core.scope(() => {
      const random = mulberry32(2);
      const [out, matrix, x] = [randomRows(random, O, N), randomRows(random, O, K), randomRows(random, K, N)];
      const result = core.f32(out.flat());
      addProduct(core, result, core.f32(matrix.flat()), core.f32(x.flat()), N);
      // K products and sums of numbers below K + 1: each rounds by half an ulp at most
      const tolerance = 2 * K * (K + 1) * 2 ** -24;
      assert.ok(maxAbsError(result, reference.addProduct(out, matrix, x).flat()) < tolerance);
    });
  });

test("the identity adds the columns themselves, −∞ included", () => {
  const out = core.f32([1, 2, 3, 4, 5, 6, 7, 8]);
  const x = core.f32([1, 1, -Infinity, 0, 2, 2, 2, -8]);
  addProduct(core, out.subarray(0, 4), core.f32([1]), x.subarray(0, 4), 4);
  assert.equal([...out], [2, 3, -Infinity, 4, 5, 6, 7, 8]);
});

test("names the argument, what it expected and what it got", () => {
  const eight = core.f32(8);
  const message = (expected: string) => (error: Error) =>
    error instanceof RangeError && error.message === expected;
  assert.throws(
    () => gatherColumns(core, eight, eight, core.u32(6)),
    message("indices.length: expected a positive multiple of 4, got 6"),
  );
  assert.throws(
    () => gatherColumns(core, core.f32(4), eight, core.u32(4)),
    message("out: expected [2, 4] = 8 values, got 4"),
  );
  assert.throws(
    () => addProduct(core, eight, core.f32(3), eight, 4),
    message("matrix: expected [2, 2] = 4 values, got 3"),
  );
  assert.throws(
    () => addProduct(core, core.f32(6), core.f32(4), eight, 4),
    message("out.length: expected a positive multiple of 4, got 6"),
  );
});
test.run();
