import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** Binding of `assembly/density/gaussian.ts`; shapes as there. */
export function gaussianLogDensity(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
): Float32Array {
  const D = mean.length;
  const N = out.length;
  expectMultiple("out.length", N, 4);
  expectShape("out", out, [N], kernels.memory);
  expectShape("x", x, [D, N], kernels.memory);
  expectShape("mean", mean, [D], kernels.memory);
  expectShape("std", std, [D], kernels.memory);
  kernels.gaussianLogDensity(out.byteOffset, x.byteOffset, mean.byteOffset, std.byteOffset, D, N);
  return out;
}

/** Binding of `assembly/density/gaussianRows.ts`; shapes as there, D from `mean` and N lanes. */
export function sampleGaussianRows(
  { kernels }: Core,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
  { seedLow, seedHigh, stream, step, N }: RowDraw,
): Float32Array {
  const D = x.length / N;
  const isShared = expectRows(x, mean, std, D, N, kernels.memory);
  kernels.sampleGaussianRows(
    x.byteOffset,
    mean.byteOffset,
    std.byteOffset,
    Number(isShared),
    seedLow,
    seedHigh,
    stream,
    step,
    D,
    N,
  );
  return x;
}

/** What a draw depends on, and the lanes of a row. */
export interface RowDraw {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly stream: number;
  readonly step: number;
  readonly N: number;
}

/** Binding of `assembly/density/gaussianRows.ts`; shapes as there. */
export function gaussianRowsLogDensity(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
): Float32Array {
  const N = out.length;
  const D = x.length / N;
  expectMultiple("out.length", N, 4);
  expectShape("out", out, [N], kernels.memory);
  const isShared = expectRows(x, mean, std, D, N, kernels.memory);
  kernels.gaussianRowsLogDensity(
    out.byteOffset,
    x.byteOffset,
    mean.byteOffset,
    std.byteOffset,
    Number(isShared),
    D,
    N,
  );
  return out;
}

/** Checks rows of N lanes. @returns whether `std` is [D], shared by the lanes */
function expectRows(
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
  D: number,
  N: number,
  memory: WebAssembly.Memory,
): boolean {
  expectMultiple("N", N, 4);
  expectMultiple("x.length", x.length, N);
  expectShape("x", x, [D, N], memory);
  expectShape("mean", mean, [D, N], memory);
  expectShape("std", std, std.length === D ? [D] : [D, N], memory);
  return std.length === D;
}
