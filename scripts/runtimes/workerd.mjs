// workerd: the bundle that wrangler would make, and one without its condition.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { getHost, versionOf } from "../hosts/install.ts";
import { bundleWorker, serveWorker } from "../hosts/workerd.ts";

/** One answer of a Worker as JSON, and the version of what served it. */
async function answerOf(folder, modules) {
  const { url, close } = await serveWorker(folder, { modules });
  try {
    return { version: await versionOf(await getHost("workerd")), result: await (await fetch(url)).json() };
  } finally {
    await close();
  }
}

const byCondition = {
  name: "workerd",
  how: "condition workerd: core.wasm as a module",
  async run(folder) {
    const out = join(folder, "workerd");
    mkdirSync(out, { recursive: true });
    await bundleWorker("worker.mjs", join(out, "worker.js"), { absWorkingDir: folder });
    copyFileSync(join(folder, "node_modules/generative-agent/dist/core.wasm"), join(out, "core.wasm"));
    return answerOf(out, { "worker.js": "esModule", "core.wasm": "wasm" });
  },
};

/** Bundled without the condition, the inlined kernels are refused: the error has to say what to do. */
const withoutCondition = {
  name: "workerd, no condition",
  how: "inlined, which workerd forbids",
  error: /^Error: kernels: expected a host that compiles WebAssembly, .*condition workerd/,
  async run(folder) {
    const out = join(folder, "workerd-inlined");
    mkdirSync(out, { recursive: true });
    await bundleWorker("worker.mjs", join(out, "worker.js"), { absWorkingDir: folder, conditions: [] });
    return answerOf(out, { "worker.js": "esModule" });
  },
};

export const workers = [byCondition, withoutCondition];
