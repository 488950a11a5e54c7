/** Peers live in a folder of their own that git ignores; they are never the package's dependencies. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const FOLDER = fileURLToPath(new URL("../../.peers", import.meta.url));
const MODULES = join(FOLDER, "node_modules");

/** Installs packages, each `name@version`, that are not there yet. @throws Error with npm's first line */
export function installPeers(...specifiers: readonly string[]): void {
  const missing = specifiers.filter((specifier) => {
    const at = specifier.lastIndexOf("@");
    const [name, version] = [specifier.slice(0, at), specifier.slice(at + 1)];
    return !existsSync(join(MODULES, name)) || versionOf(name) !== version;
  });
  if (missing.length === 0) return;
  mkdirSync(FOLDER, { recursive: true });
  const words = ["install", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", ...missing];
  execFileSync("npm", words, { stdio: "pipe" });
}

/** Version of an installed peer. */
export function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8")).version;
}

/** A module of a peer, by its path below node_modules. */
export async function load<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(MODULES, path)).href)) as Module;
}

/** A peer as CommonJS, by its name. */
export function require<Module>(name: string): Module {
  return createRequire(join(FOLDER, "package.json"))(name) as Module;
}

/** A path below node_modules. */
export function pathOf(path: string): string {
  return join(MODULES, path);
}
