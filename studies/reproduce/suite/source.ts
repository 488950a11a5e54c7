/** What results belong to: the sources that they follow from, and the options. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Options } from "../../../src/index.ts";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What a trial depends on; references and tables are read later. */
const SOURCES = ["src", "assembly", "asconfig.json", "studies/worlds", "studies/reproduce/suite/trial.ts"];
const NOT_SOURCES = /^studies\/worlds\/(references\.jsonl|reference\.ts|writeReferences\.ts|plan\.ts)$/;

/** The sources of a trial. */
export interface Source {
  /** Of their contents, 12 hexadecimal digits: commits with the same sources have the same one. */
  readonly hash: string;
  /** The commit's short name; with "-dirty" when the sources differ from it. */
  readonly commit: string;
}

/** The sources as they are in the folder. @throws Error where there is no clone */
export function workingSource(root = ROOT): Source {
  const listed = git(root, ["ls-files", "-co", "--exclude-standard", "-z", "--", ...SOURCES]).split("\0");
  const paths = listed.filter((path) => isSource(path) && existsSync(join(root, path)));
  const blobs = git(root, ["hash-object", "--stdin-paths"], paths.join("\n")).trim().split("\n");
  const hash = hashOf(paths.map((path, i) => `${blobs[i]} ${path}`));
  const head = sourceOf("HEAD", root);
  return { hash, commit: hash === head.hash ? head.commit : `${head.commit}-dirty` };
}

/** The sources of a commit. @throws Error unless it is one */
export function sourceOf(commit: string, root = ROOT): Source {
  const name = git(root, ["rev-parse", "--short", `${commit}^{commit}`]).trim();
  // "mode blob NAME<tab>path"
  const entries = git(root, ["ls-tree", "-r", "-z", name, "--", ...SOURCES]).split("\0");
  const lines = entries
    .map((entry) => entry.split(/[ \t]/))
    .map(([, , blob, ...path]) => ({ blob, path: path.join(" ") }));
  return {
    hash: hashOf(lines.filter(({ path }) => isSource(path)).map(({ blob, path }) => `${blob} ${path}`)),
    commit: name,
  };
}

/** Of options, whatever their order: 8 hexadecimal digits. */
export function hashOfOptions(options: Options): string {
  return digest(JSON.stringify(sorted(options))).slice(0, 8);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

function isSource(path: string): boolean {
  return path !== "" && !NOT_SOURCES.test(path);
}

function hashOf(lines: readonly string[]): string {
  return digest([...lines].sort().join("\n")).slice(0, 12);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function git(root: string, words: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync("git", words, { cwd: root, input, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`git ${words[0]}: expected an answer, got ${stderr?.trim().split("\n")[0] || "none"}`);
  return stdout;
}
