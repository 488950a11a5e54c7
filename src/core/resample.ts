import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** Binding of `assembly/smc/resample.ts`; shapes as there. @throws RangeError when the weights' sum is not positive */
export function resampleSystematic(
  { kernels }: Core,
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = expectWeights(ancestors, weights, kernels.memory);
  expectSum(
    kernels.resampleSystematic(ancestors.byteOffset, weights.byteOffset, seedLow, seedHigh, stream, step, N),
  );
  return ancestors;
}

/** Binding of `assembly/smc/resample.ts`; shapes as there. @throws RangeError when the weights' sum is not positive */
export function resampleStratified(
  { kernels }: Core,
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = expectWeights(ancestors, weights, kernels.memory);
  expectSum(
    kernels.resampleStratified(ancestors.byteOffset, weights.byteOffset, seedLow, seedHigh, stream, step, N),
  );
  return ancestors;
}

/** Binding of `assembly/smc/resample.ts`; shapes as there. @throws RangeError when the weights' sum is not positive */
export function resampleMultinomial(
  { kernels }: Core,
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = expectWeights(ancestors, weights, kernels.memory);
  expectSum(
    kernels.resampleMultinomial(ancestors.byteOffset, weights.byteOffset, seedLow, seedHigh, stream, step, N),
  );
  return ancestors;
}

/** Binding of `assembly/smc/resample.ts`; shapes as there. @throws RangeError when the weights' sum is not positive */
export function resampleResidual(
  { kernels }: Core,
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = expectWeights(ancestors, weights, kernels.memory);
  expectSum(
    kernels.resampleResidual(ancestors.byteOffset, weights.byteOffset, seedLow, seedHigh, stream, step, N),
  );
  return ancestors;
}

function expectWeights(ancestors: Uint32Array, weights: Float32Array, memory: WebAssembly.Memory): number {
  const N = ancestors.length;
  expectMultiple("ancestors.length", N, 4);
  expectShape("ancestors", ancestors, [N], memory);
  expectShape("weights", weights, [N], memory);
  return N;
}

function expectSum(sum: number): void {
  if (!(sum > 0 && sum < Infinity))
    throw new RangeError(`weights: expected a positive, finite sum, got ${sum}`);
}
