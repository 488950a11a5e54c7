/** The debug build, loaded so that an abort in a kernel is decoded into its message and place. */
import { readFileSync } from "node:fs";
import { instantiateSync } from "@assemblyscript/loader";
import { type Core, coreOf, createMemory } from "../../src/core/core.ts";
import type { Exports } from "../../src/core/generated/exports.ts";

const module = new WebAssembly.Module(readFileSync(new URL("../../build/debug.wasm", import.meta.url)));

/** A core of the debug build with an arena of `size` bytes. */
export function debugCore(size = 1 << 22): Core {
  const memory = createMemory(size);
  const { exports } = instantiateSync(module, { env: { memory } });
  return coreOf(exports as unknown as Exports, memory, module);
}
