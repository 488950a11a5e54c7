import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/** Hosts that differ in how a script begins and where its answer goes. */
export type Entry = "script" | "page" | "worker" | "shell";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The kernels that the library inlines. */
export const KERNELS = at("../../build/release.wasm");

/** The host's kernels in place of the inlined ones. */
const givenKernels: Plugin = {
  name: "given kernels",
  setup(builder) {
    builder.onResolve({ filter: /\/inlined\.ts$/ }, () => ({ path: at("given.ts") }));
  },
};

/** The scenario for a kind of host as one plain script: no imports, no exports. */
export async function bundle(entry: Entry): Promise<string> {
  const isGiven = entry === "worker" || entry === "shell";
  const { outputFiles } = await build({
    entryPoints: [at(`entries/${entry}.ts`)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "neutral",
    target: "es2022",
    plugins: isGiven ? [givenKernels] : [],
  });
  return outputFiles[0].text;
}

/** The bytes of the kernels, for hosts that are given them. */
export function kernels(): Uint8Array {
  return readFileSync(KERNELS);
}
