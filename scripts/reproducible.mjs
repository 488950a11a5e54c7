// Builds the library twice from clean copies of the sources, in folders of different names, and compares every byte.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
const listed = execFileSync("git", words, { encoding: "utf8" });
const sources = listed.split("\0").filter((file) => /^(src|assembly|scripts)\/|^[^/]+\.json$/.test(file));

const root = resolve("build/reproducible");
rmSync(root, { recursive: true, force: true });
try {
  const [first, second] = ["first", "a/second/place"].map((name) => hashesOf(buildIn(join(root, name))));
  const files = [...new Set([...first.keys(), ...second.keys()])];
  const differing = files.filter((file) => first.get(file) !== second.get(file));
  if (differing.length) throw new Error(`build: expected the same bytes twice, got others in ${differing}`);
  console.log(`${files.length} files, the same bytes in both builds`);
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** The folder of a build from nothing but the sources and the installed tools. */
function buildIn(folder) {
  for (const file of sources) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  execFileSync("cp", ["-al", "node_modules", folder]); // as links to the files: a link to the folder would show its path
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: folder, stdio: "inherit" });
  return join(folder, "dist");
}

function hashesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
  return new Map(files.map((file) => [file.slice(folder.length + 1), hash(file)]));
}
