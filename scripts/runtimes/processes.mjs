// Runtimes that are a process: the program's last line is the result.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { getRuntime } from "../hosts/packages.mjs";

const run = promisify(execFile);
const LONGEST = 600_000;

/** Runs a binary in a folder; the last line of what it writes, as JSON. */
export async function resultOf(binary, words, folder) {
  const env = { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1" };
  const { stdout } = await run(binary, words, { cwd: folder, env, timeout: LONGEST });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** The first version number that a binary tells. */
export async function versionOf(binary) {
  const { stdout } = await run(binary, ["--version"]);
  return stdout.match(/\d+[\d.-]*/)[0];
}

/** A target that runs `main.mjs` as a process. */
export function processTarget(name, runtime, words, options) {
  return {
    name,
    how: "import",
    ...options,
    async run(folder) {
      const binary = await getRuntime(runtime);
      return { version: await versionOf(binary), result: await resultOf(binary, words, folder) };
    },
  };
}
