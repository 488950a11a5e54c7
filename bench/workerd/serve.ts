/** The suite as a bundled Worker in a workerd of its own. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getHost, versionOf } from "../../scripts/hosts/install.ts";
import { bundleWorker, serveWorker } from "../../scripts/hosts/workerd.ts";
import { peakBytes } from "../../src/bench/peak.ts";
import type { Ask } from "./stopwatch.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export interface ServedSuite {
  readonly engine: string;
  readonly peakOperations: number;
  readonly works: readonly { readonly name: string; readonly operations?: number }[];
  /** Runs a case there. @throws Error with what the Worker answers instead */
  asker(name: string): Ask;
  close(): Promise<void>;
}

/** @throws Error when workerd cannot be had */
export async function serveSuite(): Promise<ServedSuite> {
  const folder = mkdtempSync(join(tmpdir(), "generative-agent-bench-"));
  await bundleWorker(path("worker.ts"), join(folder, "worker.js"));
  copyFileSync(path("../../build/release.wasm"), join(folder, "core.wasm"));
  writeFileSync(join(folder, "peak.wasm"), peakBytes());
  const modules = { "worker.js": "esModule", "core.wasm": "wasm", "peak.wasm": "wasm" } as const;
  const { url, close } = await serveWorker(folder, { modules });
  const listed = await (await fetch(url)).json();
  return {
    ...(listed as Pick<ServedSuite, "peakOperations" | "works">),
    engine: `workerd ${await versionOf(await getHost("workerd"))}`,
    asker: (name) => async (side, calls) => {
      const query = new URLSearchParams({ side, name, calls: String(calls) });
      const answer = await fetch(`${url}/?${query}`);
      if (!answer.ok) throw new Error(`${name}: expected calls, got ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
