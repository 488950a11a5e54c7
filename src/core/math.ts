import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** f64 functions with the same bits on every engine, for results that must repeat. */
export interface ScalarMath {
  /** sin x, x in radians. */
  sin(x: number): number;
  /** cos x, x in radians. */
  cos(x: number): number;
  /** eˣ. */
  exp(x: number): number;
  /** The natural logarithm of x. */
  log(x: number): number;
}

/** Binding of `assembly/math/scalar.ts`. */
export function scalarMath({ kernels }: Core): ScalarMath {
  return {
    sin: (x) => kernels.sin64(x),
    cos: (x) => kernels.cos64(x),
    exp: (x) => kernels.exp64(x),
    log: (x) => kernels.log64(x),
  };
}

/** Binding of `assembly/math/exp.ts`; shapes as there. */
export function exp({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.exp(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/log.ts`; shapes as there. */
export function log({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.log(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/tanh.ts`; shapes as there. */
export function tanh({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.tanh(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/sigmoid.ts`; shapes as there. */
export function sigmoid({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.sigmoid(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/sigmoid.ts`; shapes as there. */
export function silu({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.silu(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/softplus.ts`; shapes as there. */
export function softplus({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.softplus(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/trig.ts`; shapes as there. */
export function sin({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.sin(out.byteOffset, x.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/math/trig.ts`; shapes as there. */
export function cos({ kernels }: Core, out: Float32Array, x: Float32Array): Float32Array {
  expectPair(out, x, kernels.memory);
  kernels.cos(out.byteOffset, x.byteOffset, out.length);
  return out;
}

function expectPair(out: Float32Array, x: Float32Array, memory: WebAssembly.Memory): void {
  const N = out.length;
  expectMultiple("out.length", N, 4);
  expectShape("out", out, [N], memory);
  expectShape("x", x, [N], memory);
}
