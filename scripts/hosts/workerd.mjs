// workerd, the runtime of Cloudflare Workers: a bundle as wrangler makes it, and a server for it.
import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { getRuntime } from "./packages.mjs";

const COMPATIBILITY = "2026-01-01";

/**
 * A server for modules that lie in a folder.
 *
 * @param modules `{ name: kind }`, the entry first; kinds are workerd's: `esModule`, `wasm`, `data`
 * @returns `{ url, pid, close }`
 */
export async function serveWorker(folder, modules) {
  const binary = await getRuntime("workerd");
  const list = Object.entries(modules).map(([name, kind]) => `(name = "${name}", ${kind} = embed "${name}")`);
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (modules = [${list.join(", ")}], compatibilityDate = "${COMPATIBILITY}");
`;
  writeFileSync(join(folder, "worker.capnp"), config);
  const child = spawn(binary, ["serve", "worker.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const port = await portOf(child);
  return { url: `http://127.0.0.1:${port}`, pid: Number(child.pid), close: () => child.kill() };
}

/** workerd tells on its control channel where it listens. */
function portOf(child) {
  return new Promise((done, fail) => {
    let [told, complaint] = ["", ""];
    child.stderr.on("data", (text) => (complaint += text));
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`workerd: exit ${code}: ${complaint.trim().slice(0, 400)}`)));
    child.stdio[3].on("data", (text) => {
      told += text;
      const port = told.match(/"port":\s*(\d+)/)?.[1];
      if (port) done(port);
    });
  });
}

/** Bundles a Worker: conditions as wrangler sets them, `.wasm` and `.bin` left to the runtime. */
export async function bundleWorker(entry, outfile, options = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["*.wasm", "*.bin"],
    logLevel: "error",
    ...options,
  });
}

/** One answer of a Worker as JSON. */
async function answerOf(folder, modules) {
  const { url, close } = await serveWorker(folder, modules);
  try {
    return await (await fetch(url)).json();
  } finally {
    close();
  }
}

/** The version of workerd. */
export async function versionOf() {
  const { stdout } = await promisify(execFile)(await getRuntime("workerd"), ["--version"]);
  return stdout.trim().split(" ").at(-1);
}

const byCondition = {
  name: "workerd",
  how: "condition workerd: core.wasm as a module",
  async run(folder) {
    const version = await versionOf();
    const out = join(folder, "workerd");
    mkdirSync(out, { recursive: true });
    await bundleWorker("worker.mjs", join(out, "worker.js"), { absWorkingDir: folder });
    copyFileSync(join(folder, "node_modules/generative-agent/dist/core.wasm"), join(out, "core.wasm"));
    return { version, result: await answerOf(out, { "worker.js": "esModule", "core.wasm": "wasm" }) };
  },
};

/** Bundled without the condition, the inlined kernels are refused: the error has to say what to do. */
const withoutCondition = {
  name: "workerd, no condition",
  how: "inlined, which workerd forbids",
  error: /^Error: createCore: expected a host that compiles WebAssembly, .*condition workerd/,
  async run(folder) {
    const version = await versionOf();
    const out = join(folder, "workerd-inlined");
    mkdirSync(out, { recursive: true });
    await bundleWorker("worker.mjs", join(out, "worker.js"), { absWorkingDir: folder, conditions: [] });
    return { version, result: await answerOf(out, { "worker.js": "esModule" }) };
  },
};

export const workers = [byCondition, withoutCondition];
