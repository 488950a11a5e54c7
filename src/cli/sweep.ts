import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CAC } from "cac";
import { momentsOf } from "../loop/evaluate.ts";
import { median } from "../runs/curve.ts";
import { readText } from "../runs/files.ts";
import { acquireLock } from "../runs/lock.ts";
import { canonical, parsePlan, type Trial, trialId } from "../runs/sweep/plan.ts";
import { doTrials, trialsMissing } from "../runs/sweep/sweep.ts";
import { openTable, type Table } from "../runs/sweep/table.ts";
import type { TrialResult } from "../runs/sweep/trial.ts";
import { type Given, textOption, wholeNumber } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { amount, count, counted, duration } from "./format.ts";
import { createProgress } from "./progress.ts";
import { version } from "./version.ts";

/** Bytes of the largest plan. */
const LARGEST = 2 ** 24;

/** Adds `sweep`: many trainings, as a plan says. */
export function addSweep(cli: CAC, context: Context): void {
  cli
    .command(
      "sweep <plan>",
      "Train worlds × options × seeds, as a JSON file says; finished trials are not done again",
    )
    .usage("sweep <plan> [options]")
    .option("--out <table>", "Table of results, a line of JSON each (default: the plan's name with .jsonl)")
    .option("--workers <n>", "Trials at a time (default: as many as there are processors)")
    .option("--json", "Print each result as an object, with those of earlier sweeps (default: off)")
    .example((name) => `  $ ${name} sweep plan.json --workers 2`)
    .action((path: string, given: Given) => sweepCommand(path, given, context));
}

async function sweepCommand(path: string, given: Given, context: Context): Promise<number> {
  const { stdout, stderr, signal } = context;
  const trials = parsePlan(readText(path, { most: LARGEST }), path);
  const workers = wholeNumber(given, "workers", { minimum: 1, maximum: 1024 }) ?? availableParallelism();
  const out = textOption(given, "out") ?? `${path.replace(/\.json$/, "")}.jsonl`;
  const lock = acquireLock(`${out}.lock`);
  try {
    const table = openTable(out);
    if (table.warning !== undefined) stderr.write(`warning: ${table.warning}\n`);
    const missing = trialsMissing(trials, table);
    const known = trials.length - missing.length;
    stderr.write(
      `${counted(trials.length, "trial")}, ${count(known)} of them in ${out} already; ${counted(Math.min(workers, missing.length), "worker")}\n`,
    );
    const faults = await work(missing, { table, workers, base: pathToFileURL(resolve(path)).href }, context);
    const done = trials.flatMap((trial) => table.results.get(trialId(trial, version)) ?? []);
    if (given.json === true) for (const result of done) stdout.write(`${JSON.stringify(result)}\n`);
    else stdout.write(summary(done));
    if (signal.aborted) return exitCodes.interrupted;
    return faults === 0 ? exitCodes.done : exitCodes.failed;
  } finally {
    lock.release();
  }
}

/** Does the trials. @returns how many failed; each is named on stderr */
async function work(
  trials: readonly Trial[],
  { table, workers, base }: { readonly table: Table; readonly workers: number; readonly base: string },
  { stderr, signal }: Context,
): Promise<number> {
  const began = performance.now();
  const progress = createProgress(stderr, trials.length);
  let [done, faults] = [0, 0];
  try {
    for await (const outcome of doTrials(trials, table, { workers, base, signal })) {
      done++;
      if ("fault" in outcome) {
        faults++;
        const { trial, fault, isMissing } = outcome;
        const where = isMissing ? "handed back" : "failed";
        progress.note(`error: ${nameOf(trial)}, seed ${trial.seed}: ${where}: ${fault}`);
      }
      const seconds = (performance.now() - began) / 1000;
      const left = (seconds / done) * (trials.length - done);
      progress.update(done, () => `${counted(faults, "fault")} · ${duration(left)} left`);
    }
  } finally {
    progress.stop();
  }
  return faults;
}

function nameOf({ world, options }: Pick<Trial, "world" | "options">): string {
  const name = typeof world === "string" ? world : `${world.module} ${world.version}`;
  const set = canonical(options);
  return set === "{}" ? name : `${name} ${set}`;
}

/** A line for each world with its options: medians over the seeds of the mean returns. */
function summary(results: readonly TrialResult[]): string {
  const groups = new Map<string, TrialResult[]>();
  for (const result of results) {
    const name = `${nameOf(result)}, ${counted(result.steps, "step")}`;
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups]
    .map(([name, own]) => {
      const [planner, habit] = (["planner", "habit"] as const).map((policy) => {
        const means = own
          .filter((one) => one[policy].length > 0)
          .map((one) => momentsOf(one[policy]).meanReturn);
        return amount(means.length === 0 ? undefined : median(means));
      });
      return `${name}: planner ${planner}, habit ${habit}; median of ${counted(own.length, "seed")}\n`;
    })
    .join("");
}
