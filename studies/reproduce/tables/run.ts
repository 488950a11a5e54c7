/** Returns of models of tables that were solved offline: batches of episodes, of which those that are there are not played again. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluatePomdp, readPomdp, solvePomdp } from "../../../src/pomdp.ts";
import type { Batch } from "./batch.ts";
import type { Task } from "./tasks.ts";

/** Episodes of a batch, which has a seed of its own. */
const BATCH = 100;

/** The model of a file in the folder that `--files` names. @throws RangeError when it names none */
export function readFile(folder: string | undefined, name: string) {
  if (folder === undefined) throw new RangeError(`--files: expected the folder of ${name}, got none`);
  return readPomdp(readFileSync(join(folder, name), "utf8"));
}

/** Plays batches of a problem until it has as many episodes, or the time is up; they are appended to its file in `folder`. */
export async function playTable(
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

/** The batches of a problem so far. */
export function batchesOf(folder: string, name: string): readonly Batch[] {
  const file = fileOf(folder, name);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
