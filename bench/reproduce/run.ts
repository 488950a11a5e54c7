/**
 * `npm run reproduce -- classic [--seeds N] [--json] [--only TASK …]`: the README's figures, from seeds 1 … N. With
 * --json, one object a row (null where a seed did not get there), then one about the machine.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { duration } from "../../src/cli/format.ts";
import { engine, processor } from "../machine.ts";
import { answerOf, type Job, runJobs } from "./pool.ts";
import { createProgress } from "./progress.ts";
import { jsonLines, markdown, type Result, rowsOf } from "./table.ts";
import { habitAction, npmStart, RUNS } from "./timings.ts";
import { type Figures, trials } from "./trials.ts";
import { readWishes, type Wishes } from "./wishes.ts";

type Trial = Job<Figures> & { readonly task: string; readonly seed: number };

const child = fileURLToPath(new URL("child.ts", import.meta.url));
const tables = { classic: [...Object.keys(trials), npmStart.task, habitAction.task] };

process.exitCode = await reproduce(process.argv.slice(2));

async function reproduce(words: readonly string[]): Promise<number> {
  let wishes: Wishes;
  try {
    wishes = readWishes(words, tables);
  } catch (error) {
    const [sentence] = String((error as Error).message).split(". ");
    process.stderr.write(`error: ${sentence}\n`);
    return 1;
  }
  const signal = abortOnSignals();
  const start = performance.now();
  const { results, failures } = await runTrials(trialsOf(wishes), signal);
  print(rowsOf(results, wishes.tasks), wishes.isJson, (performance.now() - start) / 1000);
  if (signal.aborted) return 130;
  return failures > 0 ? 1 : 0;
}

/** Every seed of every task, seeds first, so that all tasks have some when it is stopped early. */
function trialsOf({ seeds, tasks }: Wishes): readonly Trial[] {
  const isTiming = (task: string) => task === npmStart.task || task === habitAction.task;
  const learned = tasks.filter((task) => !isTiming(task));
  const timed = tasks.filter(isTiming);
  const count = (length: number) => Array.from({ length }, (_, i) => i + 1);
  return [
    ...count(seeds).flatMap((seed) => learned.map((task) => trialOf(task, seed, false))),
    ...timed.flatMap((task) => count(RUNS).map((seed) => trialOf(task, seed, true))),
  ];
}

function trialOf(task: string, seed: number, isAlone: boolean): Trial {
  const run = (signal: AbortSignal) =>
    task === npmStart.task
      ? npmStart.measure(signal)
      : answerOf<Figures>(child, [task, String(seed)], signal);
  return { task, seed, isAlone, run };
}

async function runTrials(jobs: readonly Trial[], signal: AbortSignal) {
  const width = availableParallelism();
  const progress = createProgress(jobs, width);
  const results: Result[] = [];
  let failures = 0;
  await runJobs<Figures, Trial>(jobs, {
    width,
    signal,
    onBegin: progress.begin,
    onEnd(job, outcome, seconds) {
      const { task, seed } = job;
      if (outcome instanceof Error) {
        failures++;
        progress.say(`${task}, seed ${seed} failed: ${outcome.message}`);
      } else results.push({ task, seed, figures: outcome });
      progress.end(job, seconds);
    },
  });
  progress.stop();
  return { results, failures };
}

function print(rows: ReturnType<typeof rowsOf>, isJson: boolean, seconds: number): void {
  if (isJson) {
    if (rows.length > 0) console.log(jsonLines(rows));
    console.log(JSON.stringify({ engine: engine(), processor: processor(), seconds }));
    return;
  }
  console.log(markdown(rows));
  console.log(`\n${processor()}, ${engine()}; ${duration(seconds)}`);
}

/** Aborted by Ctrl-C or a request to end. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => controller.abort());
  return controller.signal;
}
