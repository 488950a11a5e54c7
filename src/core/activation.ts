import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** The activation functions, in the order of their codes in `assembly/nn/activation.ts`. */
export const activations = ["tanh", "silu", "relu"] as const satisfies readonly Activation[];
/** A function between the layers of a network: tanh x, x / (1 + exp(−x)), or max(x, 0). */
export type Activation = "tanh" | "silu" | "relu";

/** Binding of `assembly/nn/activation.ts`; shapes as there. */
export function activate(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  activation: Activation,
): Float32Array {
  expectMultiple("x.length", x.length, 4);
  expectShape("out", out, [x.length], kernels.memory);
  expectShape("x", x, [out.length], kernels.memory);
  kernels.activate(out.byteOffset, x.byteOffset, activations.indexOf(activation), x.length);
  return out;
}

/** Binding of `assembly/nn/activation.ts`; shapes as there. */
export function activateForward(
  { kernels }: Core,
  x: Float32Array,
  slope: Float32Array,
  activation: Activation,
): Float32Array {
  expectMultiple("x.length", x.length, 4);
  expectShape("x", x, [slope.length], kernels.memory);
  expectShape("slope", slope, [x.length], kernels.memory);
  kernels.activateForward(x.byteOffset, slope.byteOffset, activations.indexOf(activation), x.length);
  return x;
}

/** Binding of `assembly/nn/activation.ts`; shapes as there. */
export function activateBackward({ kernels }: Core, dY: Float32Array, slope: Float32Array): Float32Array {
  expectMultiple("slope.length", slope.length, 4);
  expectShape("dY", dY, [slope.length], kernels.memory);
  expectShape("slope", slope, [dY.length], kernels.memory);
  kernels.activateBackward(dY.byteOffset, slope.byteOffset, slope.length);
  return dY;
}
