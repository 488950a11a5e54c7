/** Packages of the npm registry in a folder of the build; nothing is installed anywhere else. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where hosts and tools are kept. */
export const CACHE = fileURLToPath(new URL("../../build/hosts", import.meta.url));

/**
 * A folder in whose `node_modules` the packages lie; no script of theirs has run.
 *
 * @param packages `{ alias: "name@version" }`, or `{ name: "version" }`
 * @throws Error with the last lines that npm wrote
 */
export async function getPackages(name: string, packages: Readonly<Record<string, string>>): Promise<string> {
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
export async function npmInstall(folder: string, words: readonly string[] = ["--ignore-scripts"]) {
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  try {
    await run("npm", ["install", ...quiet, ...words], { cwd: folder });
  } catch (error) {
    const { stderr = "" } = error as { stderr?: string };
    throw new Error(`npm install: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
  }
}
