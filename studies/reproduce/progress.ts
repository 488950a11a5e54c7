import { duration } from "../../src/cli/format.ts";

/** What the progress line needs of a job. */
export interface Named {
  readonly task: string;
  readonly seed: number;
  readonly isAlone: boolean;
}

/** Follows jobs on stderr: which one ended, how many have, the time that passed and what is left. */
export function createProgress(jobs: readonly Named[], width: number) {
  const start = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  const seconds = new Map<Named, number>();
  const show = (words: string) => {
    const elapsed = (performance.now() - start) / 1000;
    const left = secondsLeft(jobs, seconds, width);
    const line = `${seconds.size} of ${jobs.length} · ${words} · ${duration(elapsed)} elapsed · ${left} left`;
    process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  return {
    begin({ task, seed }: Named) {
      if (isTerminal) show(`${task}, seed ${seed} begins`);
    },
    end(job: Named, spent: number) {
      seconds.set(job, spent);
      show(`${job.task}, seed ${job.seed} took ${duration(spent)}`);
    },
    /** Writes a line of its own. */
    say(words: string) {
      process.stderr.write(`${isTerminal ? "\r\x1b[K" : ""}${words}\n`);
    },
    stop() {
      if (isTerminal) process.stderr.write("\r\x1b[K");
    },
  };
}

/** The mean of a task's finished seeds stands for the others; of all tasks, where none has finished. */
function secondsLeft(jobs: readonly Named[], seconds: ReadonlyMap<Named, number>, width: number): string {
  if (seconds.size === 0) return "–";
  const left = jobs.filter((job) => !seconds.has(job));
  const cost = (job: Named) => {
    const same = [...seconds].filter(([{ task }]) => task === job.task).map(([, spent]) => spent);
    const known = same.length > 0 ? same : [...seconds.values()];
    return known.reduce((sum, spent) => sum + spent, 0) / known.length / (job.isAlone ? 1 : width);
  };
  return duration(left.reduce((sum, job) => sum + cost(job), 0));
}
