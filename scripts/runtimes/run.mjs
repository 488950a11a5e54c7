// Installs the packed library as a user would, runs one program in every runtime that can be had, and compares the bits.
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { MissingHost } from "../hosts/install.ts";
import { browsers } from "./browsers.mjs";
import { bundles } from "./bundles.mjs";
import { edge } from "./edge.mjs";
import { installAsUser } from "./install.mjs";
import { processTarget } from "./processes.mjs";
import { run as runHere } from "./program.mjs";
import { workers } from "./workerd.mjs";

const { values: options } = parseArgs({
  options: { only: { type: "string", multiple: true }, quick: { type: "boolean" } },
});

const processes = ["node20", "node22", "node24", "node26", "deno", "bun"];
const quick = ["node20", "node24", "deno", "bun"];
const targets = [
  ...processes.map((host) => processTarget(host, "main.mjs", { isQuick: quick.includes(host) })),
  // threads keep no process from its end
  ...processes.map((host) => processTarget(host, "threads.mjs", { how: "3 threads" })),
  ...workers,
  edge,
  ...browsers,
  ...bundles,
];

function isWanted({ name, isQuick }) {
  if (options.only) return options.only.some((part) => name.includes(part));
  return isQuick || !options.quick;
}

/** One row: `same`, what differs, or why there is nothing to compare. */
async function rowOf({ name, how, run, error }, folder, expected) {
  const start = performance.now();
  const { version = "", verdict } = await run(folder).then(
    ({ version, result }) => ({ version, verdict: verdictOf(result, error, expected) }),
    (trouble) => ({ verdict: `${isAbsence(trouble) ? "not available" : "failed"}: ${trouble.message}` }),
  );
  return [name, version, how, verdict, ((performance.now() - start) / 1000).toFixed(1)];
}

function verdictOf(result, error, expected) {
  if (error) return error.test(result.error) ? "refused, and says why" : `differs: ${JSON.stringify(result)}`;
  return JSON.stringify(result) === JSON.stringify(expected) ? "same" : `differs: ${JSON.stringify(result)}`;
}

/** No host, or no tool of the registry, can be had here. */
function isAbsence(trouble) {
  return trouble instanceof MissingHost || /^npm install: /.test(trouble.message);
}

const print = (row) => console.log(`| ${row.map((cell) => cell.replaceAll("\n", " ")).join(" | ")} |`);

const wanted = targets.filter(isWanted);
if (wanted.length === 0) throw new Error(`--only: expected a part of ${targets.map(({ name }) => name)}`);
const folder = await installAsUser();
const expected = await runHere();
console.log(`expected everywhere: ${JSON.stringify(expected)}\n`);
print(["runtime", "version", "how it is loaded", "result", "seconds"]);
print(["---", "---", "---", "---", "---:"]);
let failures = 0;
for (const target of wanted) {
  const row = await rowOf(target, folder, expected);
  print(row);
  if (/^(differs|failed)/.test(row[3])) failures++;
}
rmSync(folder, { recursive: true, force: true });
process.exit(failures > 0 ? 1 : 0);
