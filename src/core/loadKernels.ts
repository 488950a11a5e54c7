import { createCore } from "./core.ts";
import { fastestModule } from "./fastestModule.ts";
import type { KernelSource } from "./module.ts";

/**
 * Loads another build of the kernels than the inlined one: everything that is made from now on runs on it. For hosts where
 * the inlined copy cannot be used, and for the last of the speed.
 *
 * A build is a file of this package: a compiled module (for hosts that forbid compiling), its bytes, or the answer of
 * `fetch`. `core.wasm` is the inlined one. `core.relaxed.wasm` fuses products and sums of dense layers, so that results
 * depend on the machine; `core.paired.wasm` is its twin for engines that pair vectors, and gives the same bits in one engine.
 * Of several builds the fastest is taken, measured for about 50 ms each; those that the engine does not take are passed over.
 *
 * @returns the build, compiled
 * @throws RangeError when there is no build
 * @throws Error when the engine takes none of them, for the last one's reason, or it is no build of this version
 *
 * @example
 * import { readFile } from "node:fs/promises";
 * import { loadKernels } from "generative-agent";
 * const buildOf = (name: string) => readFile(new URL(import.meta.resolve(`generative-agent/${name}`)));
 * const builds = await Promise.all(["core.relaxed.wasm", "core.paired.wasm", "core.wasm"].map(buildOf));
 * const [relaxed, paired, plain] = builds;
 * const module = await loadKernels(WebAssembly.validate(relaxed) ? [relaxed, paired] : plain);
 * WebAssembly.Module.exports(module).length > 0; // true
 */
export async function loadKernels(
  builds: KernelSource | readonly KernelSource[],
): Promise<WebAssembly.Module> {
  const module = await fastestModule(Array.isArray(builds) ? builds : [builds]);
  await createCore({ bytes: 0, module });
  return module;
}
