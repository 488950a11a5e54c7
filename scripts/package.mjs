// Asks publint and attw about the tarball that would be published, and reads it as an installer would.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "./runtimes/install.mjs";

const INSTALLING = ["preinstall", "install", "postinstall"];
const DEPENDING = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"];

const folder = mkdtempSync(join(tmpdir(), "generative-agent-"));
const tarball = pack(folder);
try {
  expectNothingToInstall(JSON.parse(contentOf("package/package.json")));
  run("publint/src/cli.js", [tarball, "--strict"]);
  run("@arethetypeswrong/cli/dist/index.js", [
    tarball,
    "--profile=esm-only",
    "--exclude-entrypoints",
    "./core.wasm",
    "./core.relaxed.wasm",
    "./core.paired.wasm",
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(tool, words) {
  execFileSync(process.execPath, [`node_modules/${tool}`, ...words], { stdio: "inherit" });
}

function contentOf(path) {
  return execFileSync("tar", ["-xzOf", tarball, path], { encoding: "utf8" });
}

/** The manifest as it is packed: npm takes it from the tarball. */
function expectNothingToInstall(manifest) {
  const scripts = INSTALLING.filter((name) => name in manifest.scripts);
  if (scripts.length) throw new Error(`package.json: expected no script at install, got ${scripts}`);
  const isInstalled = (name) => manifest.peerDependenciesMeta?.[name]?.optional !== true;
  const kinds = DEPENDING.filter((name) => Object.keys(manifest[name] ?? {}).some(isInstalled));
  if (kinds.length) throw new Error(`package.json: expected no dependencies, got ${kinds}`);
}
