import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";

/** Binding of `assembly/density/logSumExp.ts`; shapes as there. */
export function logSumExp({ kernels }: Core, x: Float32Array): number {
  expectTerms(x, kernels.memory);
  return kernels.logSumExp(x.byteOffset, x.length);
}

/** Binding of `assembly/density/logSumExp.ts`; shapes as there. */
export function logMeanExp({ kernels }: Core, x: Float32Array): number {
  expectTerms(x, kernels.memory);
  return kernels.logMeanExp(x.byteOffset, x.length);
}

function expectTerms(x: Float32Array, memory: WebAssembly.Memory): void {
  expectMultiple("x.length", x.length, 4);
  expectShape("x", x, [x.length], memory);
}
