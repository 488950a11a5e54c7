/**
 * `npm run reproduce -- tables [--only PROBLEM …] [--files FOLDER] [--episodes N] [--seconds S] [--folder F]`: returns of models of tables that
 * were solved offline. Batches of 100 episodes are appended to F (docs/results/pomdp), one JSON line each, with what the solver proved;
 * those that are there are not played again. Files are read from the folder where `--files` says they are.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { engine, processor } from "../../../src/cli/machine.ts";
import { evaluatePomdp, readPomdp, solvePomdp } from "../../../src/pomdp.ts";
import { complain } from "../pool.ts";
import { type Batch, tableOf } from "./batch.ts";
import { type Task, tasksOf } from "./tasks.ts";

/** Episodes of a batch, which has a seed of its own. */
const BATCH = 100;

/** Runs what the words ask for. @returns the exit code */
export async function runTables(words: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: words.filter((word) => word !== "tables"),
      options: {
        only: { type: "string", multiple: true },
        files: { type: "string" },
        episodes: { type: "string", default: "1000" },
        seconds: { type: "string", default: "Infinity" },
        folder: { type: "string", default: "docs/results/pomdp" },
      },
    });
    const tasks = tasksOf((name) => readFile(values.files, name));
    const only = values.only ?? Object.keys(tasks).filter((name) => values.files || !tasks[name].isFile);
    const unknown = only.find((name) => !(name in tasks));
    if (unknown !== undefined)
      throw new RangeError(`--only: expected one of ${Object.keys(tasks).join("; ")}, got ${unknown}`);
    mkdirSync(values.folder, { recursive: true });
    const end = performance.now() + 1000 * Number(values.seconds);
    for (const name of only)
      await playTask(name, tasks[name], { ...values, episodes: Number(values.episodes), end });
    console.log(tableOf(only.flatMap((name) => batchesOf(values.folder, name))));
    console.log(`\n${processor()}, ${engine()}`);
    return 0;
  } catch (error) {
    return complain(error);
  }
}

function readFile(folder: string | undefined, name: string) {
  if (folder === undefined) throw new RangeError(`--files: expected the folder of ${name}, got none`);
  return readPomdp(readFileSync(join(folder, name), "utf8"));
}

async function playTask(
  name: string,
  task: Task,
  { folder, episodes, end }: { readonly folder: string; readonly episodes: number; readonly end: number },
): Promise<void> {
  const played = batchesOf(folder, name).length;
  if (played * BATCH >= episodes || performance.now() > end) return;
  const model = task.model();
  const { discount, iterations } = task;
  const [begun, busy] = [performance.now(), process.cpuUsage().user];
  const solution = await solvePomdp(model, { discount, iterations });
  const offlineSeconds = (performance.now() - begun) / 1000;
  const processorSeconds = (process.cpuUsage().user - busy) / 1e6;
  for (let seed = played + 1; (seed - 1) * BATCH < episodes && performance.now() < end; seed++) {
    const before = process.cpuUsage().user;
    const { returns, lengths, millisecondsPerDecision } = await evaluatePomdp(model, solution, {
      ...{ discount, episodes: BATCH, seed },
    });
    const decisions = lengths.reduce((sum, length) => sum + length, 0);
    const { lower, upper } = solution;
    const batch: Batch = {
      ...{ problem: name, seed, lower, upper, iterations: solution.iterations },
      ...{ offlineSeconds, processorSeconds, millisecondsPerDecision },
      processorMillisecondsPerDecision: (process.cpuUsage().user - before) / 1000 / decisions,
      returns,
    };
    appendFileSync(fileOf(folder, name), `${JSON.stringify(batch)}\n`);
  }
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name.replaceAll(/\W+/g, "")}.tables.jsonl`);
}

function batchesOf(folder: string, name: string): readonly Batch[] {
  const file = fileOf(folder, name);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
