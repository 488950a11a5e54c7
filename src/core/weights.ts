import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** Binding of `assembly/smc/weights.ts`; shapes as there. */
export function normaliseWeights({ kernels }: Core, weights: Float32Array, logWeights: Float32Array): number {
  const N = weights.length;
  expectMultiple("weights.length", N, 4);
  expectShape("weights", weights, [N], kernels.memory);
  expectShape("logWeights", logWeights, [N], kernels.memory);
  return kernels.normaliseWeights(weights.byteOffset, logWeights.byteOffset, N);
}

/**
 * Binding of `assembly/smc/weights.ts`; shapes as there.
 *
 * @throws RangeError when no log-weight is finite, or one is NaN or ∞
 *
 * @example
 * effectiveSampleSize(core, core.f32([0, 0, 0, 0])); // 4
 */
export function effectiveSampleSize({ kernels }: Core, logWeights: Float32Array): number {
  const N = logWeights.length;
  expectMultiple("logWeights.length", N, 4);
  expectShape("logWeights", logWeights, [N], kernels.memory);
  const size = kernels.effectiveSampleSize(logWeights.byteOffset, N);
  if (size === 0)
    throw new RangeError("logWeights: expected at least one finite value, got −Infinity for every particle");
  if (!(size > 0))
    throw new RangeError("logWeights: expected finite values or −Infinity, got NaN or Infinity");
  return size;
}

/** Binding of `assembly/smc/weights.ts`; shapes as there. */
export function weightedMoments(
  { kernels }: Core,
  mean: Float32Array,
  std: Float32Array,
  x: Float32Array,
  weights: Float32Array,
): void {
  const D = mean.length;
  const N = weights.length;
  expectMultiple("weights.length", N, 4);
  expectShape("mean", mean, [D], kernels.memory);
  expectShape("std", std, [D], kernels.memory);
  expectShape("x", x, [D, N], kernels.memory);
  expectShape("weights", weights, [N], kernels.memory);
  kernels.weightedMoments(mean.byteOffset, std.byteOffset, x.byteOffset, weights.byteOffset, D, N);
}
