/**
 * `npm run reproduce -- classic | partial | claims [--seeds N] [--json] [--only TASK …]`: the figures of the README and
 * of the docs, from seeds 1 … N. With --json, one object a row (null where a seed did not get there), then one about the
 * machine. With --plots FOLDER, a drawing of each claim; with --results FOLDER, each seed's figures as JSON lines.
 *
 * `npm run reproduce -- pomdp …`: known models, solved offline or planned in (`pomdp/run.ts`).
 * `npm run reproduce -- suite …`: the worlds of development, kept by the state of the sources (`suite/run.ts`).
 * `npm run reproduce -- documents`: the tables of README and `docs`, drawn from the raw results (`documents/run.ts`).
 */
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { duration } from "../../src/cli/format.ts";
import { engine, processor } from "../../src/cli/machine.ts";
import { makeFolder, writeAtomically } from "../../src/runs/files.ts";
import type { Job } from "../../src/runs/jobs/pool.ts";
import { drawClaim } from "./claim.ts";
import { claims } from "./claims.ts";
import { runDocuments } from "./documents/run.ts";
import { runPomdp } from "./pomdp/run.ts";
import { abortOnSignals, askChild, complain, runTrials } from "./pool.ts";
import { type Choice, type Request, readRequest } from "./request.ts";
import { keepResults } from "./results.ts";
import { runSuite } from "./suite/run.ts";
import { jsonLines, markdown, type Result, type Row, rowsOf } from "./table.ts";
import { type Table, tables } from "./tables.ts";
import { npmStart, RUNS } from "./timings.ts";
import type { Figures } from "./trial.ts";

type Trial = Job<Figures> & { readonly task: string; readonly seed: number };

const words = process.argv.slice(2);
process.exitCode = await commandOf(words)(words);

function commandOf(words: readonly string[]) {
  if (words.includes("suite")) return runSuite;
  if (words.includes("documents")) return runDocuments;
  return words.includes("pomdp") ? runPomdp : reproduce;
}

async function reproduce(words: readonly string[]): Promise<number> {
  let request: Request;
  try {
    request = readRequest(words, choices());
  } catch (error) {
    return complain(error);
  }
  const signal = abortOnSignals();
  const start = performance.now();
  const results: Result[] = [];
  const failures = await runTrials<Figures, Trial>(trialsOf(request), {
    width: availableParallelism(),
    signal,
    onAnswer: (figures, { task, seed }) => results.push({ task, seed, figures }),
  });
  const rows = rowsOf(results, request.tasks);
  print(rows, request.isJson, (performance.now() - start) / 1000);
  if (request.plots !== undefined) drawClaims(rows, request.plots);
  if (request.results !== undefined) {
    const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
    keepResults(
      request.results,
      results.map((result) => ({ ...result, commit })),
    );
  }
  if (signal.aborted) return 130;
  return failures > 0 ? 1 : 0;
}

function choices(): Readonly<Record<string, Choice>> {
  const tasksOf = ({ trials, timings }: Table) => [...Object.keys(trials), ...timings];
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, { ...table, tasks: tasksOf(table) }]),
  );
}

/** Every seed of every task, seeds first, so that all tasks have some when it is stopped early. */
function trialsOf({ table, seeds, tasks }: Request): readonly Trial[] {
  const { timings } = tables[table];
  const count = (length: number) => Array.from({ length }, (_, i) => i + 1);
  const learned = tasks.filter((task) => !timings.includes(task));
  const timed = tasks.filter((task) => timings.includes(task));
  const trialOf = (task: string, seed: number): Trial => ({
    task,
    seed,
    isAlone: timings.includes(task),
    run: (signal) =>
      task === npmStart.task
        ? npmStart.measure(signal)
        : askChild<Figures>([table, task, String(seed)], signal),
  });
  return [
    ...count(seeds).flatMap((seed) => learned.map((task) => trialOf(task, seed))),
    ...timed.flatMap((task) => count(RUNS).map((seed) => trialOf(task, seed))),
  ];
}

function print(rows: readonly Row[], isJson: boolean, seconds: number): void {
  if (isJson) {
    if (rows.length > 0) console.log(jsonLines(rows));
    console.log(JSON.stringify({ engine: engine(), processor: processor(), seconds }));
    return;
  }
  console.log(markdown(rows));
  console.log(`\n${processor()}, ${engine()}; ${duration(seconds)}`);
}

/** Writes the drawing of every claim that has rows, as `FOLDER/NAME.svg`. */
function drawClaims(rows: readonly Row[], folder: string): void {
  makeFolder(folder);
  for (const claim of claims) {
    const drawing = drawClaim(claim, rows);
    if (drawing !== undefined) writeAtomically(join(folder, `${claim.name}.svg`), drawing);
  }
}
