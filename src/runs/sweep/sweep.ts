import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { expectInteger, expectKnownNames, expectSignal } from "../../core/expect.ts";
import { version } from "../../core/generated/version.ts";
import { type SweepPlan, type Trial, trialId, trialsOf } from "./plan.ts";
import { inProcesses, type Outcome, type ProcessOptions } from "./processes.ts";
import { openTable, type Table } from "./table.ts";

/** Options of {@link sweep}. */
export interface SweepOptions {
  /** Path of the table: finished trials stand there as lines of JSON, and are not done again. Default: results are not written. */
  readonly table?: string;
  /** Processes, ≥ 1. Default: as many as there are processors. */
  readonly workers?: number;
  /** URL of the file that the paths of modules are relative to. Default: the working directory. */
  readonly base?: string;
  /** Ends the sweep; trials under way are done again by the next one. */
  readonly signal?: AbortSignal;
}

const OPTIONS = ["table", "workers", "base", "signal"] as const satisfies readonly (keyof SweepOptions)[];

/**
 * Does every trial of a plan that its table does not hold yet, in processes of their own, and yields what comes of each as it is ready.
 * A trial is a value: the same plan gives the same results, to the bit, in any order and on any machine.
 *
 * @param plan worlds × options × seeds, or `{ trials }`
 * @throws TypeError or RangeError that names the field of the plan or the option; Error when the table cannot be read or written, or
 *         holds a result with other bits
 *
 * @example
 * import { sweep } from "generative-agent/sweep";
 *
 * const plan = { worlds: ["pendulum"], grid: { horizon: [15, 25] }, seeds: { from: 1, to: 4 }, steps: 500 };
 * for await (const outcome of sweep(plan, { table: "pendulum.jsonl" }))
 *   if ("result" in outcome) console.log(outcome.result.options, outcome.result.planner);
 *   else console.log(outcome.trial, outcome.fault);
 */
export async function* sweep(
  plan: SweepPlan | { readonly trials: readonly Trial[] },
  options: SweepOptions = {},
): AsyncGenerator<Outcome> {
  expectKnownNames("options", options, OPTIONS);
  const { table: path, workers = availableParallelism(), signal } = options;
  const { base = pathToFileURL(`${process.cwd()}/`).href } = options;
  expectInteger("workers", workers, 1, 1024);
  expectSignal("signal", signal);
  const table = path === undefined ? undefined : openTable(path);
  const missing = trialsMissing(trialsOf(plan), table);
  yield* doTrials(missing, table, { workers, base, signal });
}

/** Does trials; a result stands in the table, where there is one, before it is yielded. */
export async function* doTrials(
  trials: readonly Trial[],
  table: Table | undefined,
  options: Omit<ProcessOptions, "version">,
): AsyncGenerator<Outcome> {
  for await (const outcome of inProcesses(trials, { ...options, version })) {
    if ("result" in outcome) table?.add(outcome.result);
    yield outcome;
  }
}

/** The trials that a table does not hold yet, in their order. */
export function trialsMissing(trials: readonly Trial[], table: Table | undefined): readonly Trial[] {
  return table === undefined ? trials : trials.filter((trial) => !table.results.has(trialId(trial, version)));
}
