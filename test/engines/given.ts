/** Stands in for `src/core/core.ts` where the host gives compiled kernels, as `kernels`, because bytes cannot be compiled. */
import { type Core, type CoreOptions, createCore as create } from "../../src/core/core.ts";

export * from "../../src/core/core.ts";

/** As the original, over the host's module unless another one is passed. */
export function createCore(options: CoreOptions = {}): Promise<Core> {
  const { kernels } = globalThis as unknown as { kernels: WebAssembly.Module };
  return create({ module: kernels, ...options });
}
