import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** Binding of `assembly/linalg/columns.ts`; N is the number of `indices`, D what `x` holds of such rows. */
export function gatherColumns(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  indices: Uint32Array,
): Float32Array {
  const N = indices.length;
  expectMultiple("indices.length", N, 4);
  expectMultiple("x.length", x.length, N);
  const D = x.length / N;
  expectShape("out", out, [D, N], kernels.memory);
  expectShape("x", x, [D, N], kernels.memory);
  expectShape("indices", indices, [N], kernels.memory);
  kernels.gatherColumns(out.byteOffset, x.byteOffset, indices.byteOffset, D, N);
  return out;
}

/** Binding of `assembly/linalg/columns.ts`, over `N` columns; O and K are what `out` and `x` hold of such rows. */
export function addProduct(
  { kernels }: Core,
  out: Float32Array,
  matrix: Float32Array,
  x: Float32Array,
  N: number,
): Float32Array {
  expectMultiple("N", N, 4);
  expectMultiple("out.length", out.length, N);
  expectMultiple("x.length", x.length, N);
  const O = out.length / N;
  const K = x.length / N;
  expectShape("out", out, [O, N], kernels.memory);
  expectShape("matrix", matrix, [O, K], kernels.memory);
  expectShape("x", x, [K, N], kernels.memory);
  kernels.addProduct(out.byteOffset, matrix.byteOffset, x.byteOffset, O, K, N);
  return out;
}
