import { binary } from "./generated/binary.ts";

/**
 * The release kernels that the library carries, deflated before they were encoded: so they stay small where a page is
 * compressed once more. Builds for hosts that forbid compiling (conditions `workerd`, `edge-light`) import `core.wasm`
 * in place of this file (`scripts/build.mjs`).
 */
export async function inlinedKernels(): Promise<WebAssembly.Module | ArrayBuffer> {
  if (typeof DecompressionStream === "undefined")
    throw new Error(
      "kernels: expected an engine with DecompressionStream, got none; give the package's core.wasm to `loadKernels`",
    );
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
