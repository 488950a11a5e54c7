/** How the scenario is run in each host, each in a process of its own that ends with the answer. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserName, visit } from "../hosts/browsers.ts";
import { HOSTS, type HostName } from "../hosts/hosts.ts";
import { inFolder, outputOf, type Program, whileRunning } from "../hosts/processes.ts";
import { serve } from "../hosts/server.ts";
import { serveWorker } from "../hosts/workerd.ts";
import { bundle, KERNELS, kernels } from "./bundle.ts";

/** A host, and how the scenario runs in it. */
export interface Engine {
  readonly name: HostName;
  /** Runs the scenario with the host's program. @returns its fingerprint */
  readonly run: (program: Program) => Promise<string>;
}

/** A program that runs a file, and prints the answer. */
const commandLine = (name: HostName): Engine => ({
  name,
  run: (program) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "scenario.js"), await bundle("script"));
      return outputOf(program, [...HOSTS[name].words, join(folder, "scenario.js")]);
    }),
});

/** A browser that opens a page, which posts the answer back. */
const browser = (name: BrowserName): Engine => ({
  name,
  run: (program) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "scenario.js"), await bundle("page"));
      writeFileSync(join(folder, "index.html"), "<!doctype html><script src=scenario.js></script>");
      const server = await serve(folder);
      const visiting = visit(name, program, server.address);
      try {
        return await whileRunning(visiting, () => server.report);
      } finally {
        await visiting.end();
        await server.close();
      }
    }),
});

/** workerd, asked once. */
const worker: Engine = {
  name: "workerd",
  run: (program) =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "worker.js"), await bundle("worker"));
      writeFileSync(join(folder, "core.wasm"), kernels());
      const code = { script: "worker.js", wasm: { kernels: "core.wasm" } };
      const { url, close } = await serveWorker(folder, code, program);
      try {
        return await (await fetch(url)).text();
      } finally {
        await close();
      }
    }),
};

/** The shell of JavaScriptCore. */
const shell: Engine = {
  name: "jsc",
  run: (program) =>
    inFolder(async (folder) => {
      const script = join(folder, "scenario.js");
      writeFileSync(script, await bundle("shell"));
      return outputOf(program, [script, "--", KERNELS]);
    }),
};

/** The engines that have to agree, to the bit. */
export const engines: readonly Engine[] = [
  ...(["node20", "node22", "node24", "node26", "deno", "bun"] as const).map(commandLine),
  worker,
  browser("chromium"),
  browser("firefox"),
  shell,
];
