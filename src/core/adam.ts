import type { Core } from "./core.ts";
import { expectInteger, expectMultiple, expectShape } from "./expect.ts";

export interface AdamSettings {
  /** α > 0. */
  readonly learningRate: number;
  /** Decoupled, ≥ 0. */
  readonly weightDecay: number;
  /** The gradient is scaled down to this norm. */
  readonly maxNorm: number;
  /** t = 1, 2, … */
  readonly step: number;
}

/** Binding of `assembly/nn/adam.ts`; shapes as there. */
export function adam(
  { kernels }: Core,
  parameters: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { learningRate, weightDecay, maxNorm, step }: AdamSettings,
): number {
  const N = parameters.length;
  expectMultiple("parameters.length", N, 4);
  expectInteger("step", step, 1);
  expectShape("parameters", parameters, [N], kernels.memory);
  expectShape("gradient", gradient, [N], kernels.memory);
  expectShape("first", first, [N], kernels.memory);
  expectShape("second", second, [N], kernels.memory);
  return kernels.adam(
    parameters.byteOffset,
    gradient.byteOffset,
    first.byteOffset,
    second.byteOffset,
    learningRate,
    weightDecay,
    maxNorm,
    step,
    N,
  );
}

/** Binding of `assembly/nn/adam.ts`; shapes as there, `rate` in [0, 1]. */
export function follow(
  { kernels }: Core,
  target: Float32Array,
  parameters: Float32Array,
  rate: number,
): Float32Array {
  expectMultiple("target.length", target.length, 4);
  expectShape("target", target, [parameters.length], kernels.memory);
  expectShape("parameters", parameters, [target.length], kernels.memory);
  kernels.follow(target.byteOffset, parameters.byteOffset, rate, target.length);
  return target;
}
