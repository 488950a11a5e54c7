/** Trials side by side in processes of their own, with progress on stderr. */
import { fileURLToPath } from "node:url";
import { answerOf, type Job, runJobs } from "../../src/runs/jobs/pool.ts";
import { createProgress, type Named } from "./progress.ts";

const child = fileURLToPath(new URL("child.ts", import.meta.url));

/** The answer of `child.ts` to words. */
export function askChild<Answer>(words: readonly string[], signal: AbortSignal): Promise<Answer> {
  return answerOf<Answer>(child, words, signal);
}

/** Runs jobs, `width` at a time. @returns how many failed; each is told on stderr */
export async function runTrials<Answer extends object, Work extends Job<Answer> & Named>(
  jobs: readonly Work[],
  {
    width,
    signal,
    onAnswer,
  }: {
    readonly width: number;
    readonly signal: AbortSignal;
    readonly onAnswer: (answer: Answer, job: Work) => void;
  },
): Promise<number> {
  const progress = createProgress(jobs, width);
  let failures = 0;
  await runJobs<Answer, Work>(jobs, {
    width,
    signal,
    onBegin: progress.begin,
    onEnd(job, outcome, seconds) {
      if (outcome instanceof Error) {
        failures++;
        progress.say(`${job.task}, seed ${job.seed} failed: ${outcome.message}`);
      } else onAnswer(outcome, job);
      progress.end(job, seconds);
    },
  });
  progress.stop();
  return failures;
}

/** Aborted by Ctrl-C or a request to end. */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => controller.abort());
  return controller.signal;
}

/** One sentence on stderr. @returns the exit code */
export function complain(error: unknown): number {
  const [sentence] = String((error as Error).message).split(". ");
  process.stderr.write(`error: ${sentence}\n`);
  return 1;
}
