import type { Core } from "./core.ts";
import { expectRoom, expectShape } from "./expect.ts";
import { pad4 } from "./tiles.ts";

/** Binding of `assembly/linalg/precision.ts`; shapes as there. */
export function addOuter(
  { kernels }: Core,
  matrix: Float32Array,
  vector: Float32Array,
  factor: number,
): Float32Array {
  const size = vector.length;
  expectShape("matrix", matrix, [size, size], kernels.memory);
  expectShape("vector", vector, [size], kernels.memory);
  kernels.addOuter(matrix.byteOffset, vector.byteOffset, factor, size);
  return matrix;
}

/** Binding of `assembly/linalg/precision.ts`; shapes as there, `workspace` [2 · size · size]. */
export function inverseFactor(
  { kernels }: Core,
  weight: Float32Array,
  matrix: Float32Array,
  workspace: Float32Array,
  scale: number,
): Float32Array {
  const size = Math.round(Math.sqrt(matrix.length));
  expectShape("weight", weight, [pad4(size), size], kernels.memory);
  expectShape("matrix", matrix, [size, size], kernels.memory);
  expectRoom("workspace", workspace, 2 * size * size, kernels.memory);
  kernels.inverseFactor(weight.byteOffset, matrix.byteOffset, workspace.byteOffset, scale, size);
  return weight;
}
