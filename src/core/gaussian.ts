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
