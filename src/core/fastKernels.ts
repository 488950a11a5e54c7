import { instantiateCore } from "./core.ts";
import { compileKernels } from "./module.ts";

/** Where the file lies: beside the command line, above the modules of the package, and built from these sources. */
const PLACES = ["./core.relaxed.wasm", "../core.relaxed.wasm", "../../dist/core.relaxed.wasm"];

let found: Promise<WebAssembly.Module | undefined> | undefined;

/**
 * The kernels that fuse products and sums of dense layers: up to a quarter faster, with last bits that are the machine's.
 *
 * @returns undefined where the engine has no relaxed SIMD (Node 20, Safari), or their file does not lie beside the library, as in
 *          a bundle: there `loadKernels` is given it
 */
export function fastKernels(): Promise<WebAssembly.Module | undefined> {
  found ??= findKernels(PLACES);
  return found;
}

/** The kernels at the first of the places, relative to this file, that has any; undefined where the engine does not take them. */
export async function findKernels(places: readonly string[]): Promise<WebAssembly.Module | undefined> {
  for (const place of places) {
    const bytes = await bytesAt(place).catch(() => undefined);
    if (bytes === undefined) continue;
    if (!WebAssembly.validate(bytes)) return undefined;
    try {
      const module = await compileKernels(bytes);
      // those of another version are none
      await instantiateCore(module, 0);
      return module;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

interface Files {
  readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file's bytes; undefined where there is none. */
async function bytesAt(place: string): Promise<ArrayBuffer | Uint8Array<ArrayBuffer> | undefined> {
  // webpack takes `new URL(…, import.meta.url)` for a file that it has to bundle
  const here = import.meta.url;
  const url = new URL(place, here);
  if (url.protocol === "file:") {
    const host = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
    const files = host.process?.getBuiltinModule?.("node:fs/promises") as Files | undefined;
    return files?.readFile(url);
  }
  const response = await fetch(url);
  const isWasm = response.ok && response.headers.get("content-type") === "application/wasm";
  return isWasm ? response.arrayBuffer() : undefined;
}
