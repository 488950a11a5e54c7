/** How the scenario is run in each kind of host, each in a process of its own that ends with the answer. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Program } from "../hosts/install.ts";
import { bundle, KERNELS, kernels } from "./bundle.ts";

/** Runs the scenario with a program. @returns its fingerprint */
export type Host = (program: Program) => Promise<string>;

/** Milliseconds that an engine may take. */
const PATIENCE = 600_000;
const LATE = `no answer in ${PATIENCE / 1000} s`;
const execute = promisify(execFile);

/** A program that runs a file after some words, and prints the answer. */
export function commandLine(...words: readonly string[]): Host {
  return (program) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "scenario.js"), await bundle("script"));
      return outputOf(program, [...words, join(folder, "scenario.js")]);
    });
}

/** The shell of JavaScriptCore. */
export const shell: Host = (program) =>
  inFolder(async (folder) => {
    const script = join(folder, "scenario.js");
    writeFileSync(script, await bundle("shell"));
    return outputOf(program, [script, "--", KERNELS]);
  });

const CONFIGURATION = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    serviceWorkerScript = embed "worker.js",
    bindings = [(name = "kernels", wasmModule = embed "core.wasm")],
    compatibilityDate = "2025-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`;

/** workerd, asked once. */
export const worker: Host = (program) =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, "worker.js"), await bundle("worker"));
    writeFileSync(join(folder, "core.wasm"), kernels());
    writeFileSync(join(folder, "worker.capnp"), CONFIGURATION);
    const child = start(program, ["serve", "--control-fd=3", join(folder, "worker.capnp")]);
    return whileRunning(child, async () => {
      const port = await new Promise<number>((resolve) =>
        child.stdio[3]?.on("data", (text) => resolve(JSON.parse(String(text).split("\n")[0]).port)),
      );
      return (await fetch(`http://127.0.0.1:${port}/`)).text();
    });
  });

/** A browser that opens a page and posts the answer back; `words` are given the folder of its profile. */
export function browser(words: (profile: string) => readonly string[]): Host {
  return (program) =>
    inFolder(async (folder) => {
      const script = await bundle("page");
      const profile = join(folder, "profile");
      mkdirSync(profile); // Firefox waits for an answer to a dialogue when it is missing
      let answer: (text: string) => void = () => {};
      const answered = new Promise<string>((resolve) => {
        answer = resolve;
      });
      const server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part) => parts.push(part));
        request.on("end", () => {
          if (request.method === "POST") answer(Buffer.concat(parts).toString());
          const isScript = request.url === "/scenario.js";
          response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
          response.end(isScript ? script : "<!doctype html><script src=scenario.js></script>");
        });
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const child = start(program, [...words(profile), page]);
      return whileRunning(child, () => answered).finally(() => {
        server.close();
        server.closeAllConnections();
      });
    });
}

async function outputOf({ path, environment }: Program, words: readonly string[]): Promise<string> {
  const env = { ...process.env, ...environment };
  try {
    const { stdout } = await execute(path, words, { env, timeout: PATIENCE });
    return stdout.trim();
  } catch (error) {
    const { killed, stderr, message } = error as Error & { killed?: boolean; stderr?: string };
    throw new Error(killed ? LATE : stderr?.trim().split("\n")[0] || message.split("\n")[0]);
  }
}

/** A program in a process group of its own, so that it can be ended with all that it starts. */
function start({ path, environment }: Program, words: readonly string[]): ChildProcess {
  const env = { ...process.env, ...environment };
  return spawn(path, words, { env, detached: true, stdio: ["ignore", "ignore", "ignore", "pipe"] });
}

/** What `work` answers while the child runs; the child is ended then. @throws Error when it ends before, or takes too long */
async function whileRunning(child: ChildProcess, work: () => Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const trouble = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`ended with exit code ${code} before it answered`)));
    timer = setTimeout(() => reject(new Error(LATE)), PATIENCE);
  });
  try {
    return await Promise.race([work(), trouble]);
  } finally {
    clearTimeout(timer);
    trouble.catch(() => {});
    const gone = new Promise((resolve) => child.once("close", resolve));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
  }
}

/** Runs `work` in a temporary folder. */
async function inFolder(work: (folder: string) => Promise<string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
