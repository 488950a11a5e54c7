/** The kernels' builds: 128-bit SIMD for all, and one with relaxed SIMD where the engine takes it. */
import address from "../../dist/core.relaxed.wasm?url";

export type Build = "plain" | "relaxed";

/** The relaxed build's bytes; undefined where this engine refuses them, or they cannot be had. */
export async function relaxedBuild(): Promise<ArrayBuffer | undefined> {
  const answer = await fetch(address).catch(() => undefined);
  const bytes = answer?.ok ? await answer.arrayBuffer() : undefined;
  return bytes && WebAssembly.validate(bytes) ? bytes : undefined;
}

/** As a build is named beside figures. */
export const named = { plain: "128-bit SIMD", relaxed: "relaxed SIMD" } as const;
