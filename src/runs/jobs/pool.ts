import { fork, spawn } from "node:child_process";

/** A piece of work of its own process. */
export interface Job<Result> {
  /** Whether nothing else may run beside it: it measures time. */
  readonly isAlone: boolean;
  run(signal: AbortSignal): Promise<Result>;
}

export interface PoolOptions<Result, Work extends Job<Result>> {
  /** Jobs at a time. */
  readonly width: number;
  /** Stops the jobs that run, and begins no other. */
  readonly signal: AbortSignal;
  readonly onBegin: (job: Work) => void;
  readonly onEnd: (job: Work, outcome: Result | Error, seconds: number) => void;
}

/** Runs jobs side by side, in order, then those that want to be alone one after another. Failures go to `onEnd`. */
export async function runJobs<Result, Work extends Job<Result>>(
  jobs: readonly Work[],
  options: PoolOptions<Result, Work>,
): Promise<void> {
  const beside = jobs.filter(({ isAlone }) => !isAlone).values();
  await Promise.all(Array.from({ length: options.width }, () => runInTurn(beside, options)));
  await runInTurn(jobs.filter(({ isAlone }) => isAlone).values(), options);
}

async function runInTurn<Result, Work extends Job<Result>>(
  jobs: Iterable<Work>,
  { signal, onBegin, onEnd }: PoolOptions<Result, Work>,
): Promise<void> {
  for (const job of jobs) {
    if (signal.aborted) return;
    const start = performance.now();
    onBegin(job);
    const outcome = await job.run(signal).catch((error: Error) => error);
    if (!signal.aborted || !(outcome instanceof Error))
      onEnd(job, outcome, (performance.now() - start) / 1000);
  }
}

/** What a module sends its parent when run in a process of its own. @throws Error when it ends without a word */
export function answerOf<Result>(
  file: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "ignore", "pipe", "ipc"] as const;
    const child = fork(file, words, { signal, serialization: "advanced", stdio: [...stdio] });
    let errors = "";
    child.stderr?.on("data", (part) => (errors += part));
    child.on("message", (message) => resolve(message as Result));
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(lastWords(errors) ?? `ended with exit code ${code}`)));
  });
}

/** Seconds that a command of Node takes from start to end. @throws Error unless it exits with 0 */
export function secondsOf(words: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, words, { signal, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (part) => (errors += part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve((performance.now() - start) / 1000);
      else reject(new Error(lastWords(errors) ?? `ended with exit code ${code}`));
    });
  });
}

/** The line of a process's complaint that names the error. */
function lastWords(errors: string): string | undefined {
  return errors.match(/^\w*Error\b.*$/im)?.[0];
}
