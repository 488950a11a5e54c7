/** workerd, the runtime of Cloudflare Workers: a bundle as wrangler makes it, and a server for it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { HOSTS } from "./hosts.ts";
import { getHost } from "./install.ts";
import { type Program, start, whileRunning } from "./processes.ts";

const COMPATIBILITY = "2026-01-01";

/** A Worker by its files: modules, the entry first, or one script of the older kind with compiled kernels as globals. */
export type Worker =
  | { readonly modules: Readonly<Record<string, "esModule" | "wasm" | "data">> }
  | { readonly script: string; readonly wasm: Readonly<Record<string, string>> };

export interface ServedWorker {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** Serves a Worker whose files lie in a folder. @throws Error with what workerd complains of */
export async function serveWorker(folder: string, worker: Worker, host?: Program): Promise<ServedWorker> {
  writeFileSync(join(folder, "worker.capnp"), configurationOf(worker));
  const program = host ?? (await getHost("workerd"));
  const running = start(program, [...HOSTS.workerd.words, "worker.capnp"], folder);
  try {
    const port = await whileRunning(running, () => portOf(running.child.stdio[3] as NodeJS.ReadableStream));
    return { url: `http://127.0.0.1:${port}`, pid: Number(running.child.pid), close: () => running.end() };
  } catch (error) {
    await running.end();
    throw error;
  }
}

/** Bundles a Worker: conditions as wrangler sets them, `.wasm` and `.bin` left to the runtime. */
export async function bundleWorker(
  entry: string,
  outfile: string,
  options: BuildOptions = {},
): Promise<void> {
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

function configurationOf(worker: Worker): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (${codeOf(worker)}, compatibilityDate = "${COMPATIBILITY}");
`;
}

function codeOf(worker: Worker): string {
  if ("modules" in worker) {
    const entries = Object.entries(worker.modules);
    return `modules = [${entries.map(([file, kind]) => `(name = "${file}", ${kind} = embed "${file}")`).join(", ")}]`;
  }
  const bindings = Object.entries(worker.wasm).map(
    ([name, file]) => `(name = "${name}", wasmModule = embed "${file}")`,
  );
  return `serviceWorkerScript = embed "${worker.script}", bindings = [${bindings.join(", ")}]`;
}

/** workerd tells on its control channel where it listens. */
function portOf(channel: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    channel.on("data", (part) => {
      text += part;
      const port = text.match(/"port":\s*(\d+)/)?.[1];
      if (port) resolve(port);
    });
  });
}
