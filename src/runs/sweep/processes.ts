/**
 * Trials in processes, each one at a time. Whatever a trial does to its process (it runs out of memory, it calls `exit`) harms no
 * other: a trial whose process died is tried again in a new one.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Trial } from "./plan.ts";
import type { TrialResult } from "./trial.ts";

/** What a process is asked. */
export interface Request extends Pick<ProcessOptions, "version" | "base"> {
  readonly trial: Trial;
}

/** What it answers. */
export type Answer =
  | { readonly result: TrialResult }
  | { readonly fault: string; readonly isMissing: boolean };

/** What came of a trial, or why nothing did. */
export type Outcome = { readonly trial: Trial } & (
  | { readonly result: TrialResult }
  /** `isMissing`: this machine lacks the world; the trial may be done elsewhere. */
  | { readonly fault: string; readonly isMissing: boolean }
);

/** How trials are shared out. */
export interface ProcessOptions {
  /** Processes, ≥ 1. */
  readonly workers: number;
  /** Of the package. */
  readonly version: string;
  /** URL that paths of modules are relative to. */
  readonly base: string;
  /** Ends the processes; trials under way are lost. */
  readonly signal: AbortSignal | undefined;
}

/** Processes that may die under a trial before it counts as the one that kills them. */
const ATTEMPTS = 3;

/** The program of a process: among the sources, or the bundle beside this one. */
function program(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith(".ts") ? "./worker.ts" : "./sweep.worker.js", here));
}

/** Does trials, as many at a time as there are workers. Outcomes come as they are ready. */
export async function* inProcesses(
  trials: readonly Trial[],
  options: ProcessOptions,
): AsyncGenerator<Outcome> {
  const { signal } = options;
  const waiting = trials.values();
  const ready: Outcome[] = [];
  let wake: () => void = () => {};
  let busy = Math.min(options.workers, trials.length);
  const servers = Array.from({ length: busy }, () => createServer(options));
  const work = async (server: Server) => {
    for (const trial of waiting) {
      if (signal?.aborted) break;
      const answer = await server.ask(trial);
      if (answer === undefined) break;
      ready.push({ trial, ...answer });
      wake();
    }
    busy--;
    wake();
  };
  const works = servers.map(work);
  try {
    while (true) {
      while (ready.length > 0) yield ready.shift() as Outcome;
      if (busy === 0) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (ready.length > 0 || busy === 0) resolve();
      });
    }
    await Promise.all(works);
  } finally {
    for (const server of servers) server.end();
  }
}

interface Server {
  /** @returns undefined when it was ended meanwhile */
  ask(trial: Trial): Promise<Answer | undefined>;
  end(): void;
}

function createServer({ version, base, signal }: ProcessOptions): Server {
  let child: ChildProcess | undefined;
  let isEnded = false;
  const end = () => {
    isEnded = true;
    child?.kill("SIGKILL");
  };
  signal?.addEventListener("abort", end, { once: true });
  /** The answer, or how the process ended. */
  const attempt = (trial: Trial) =>
    new Promise<Answer | string>((resolve) => {
      child ??= fork(program(), [], {
        serialization: "advanced",
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      const own = child;
      const settle = (value: Answer | string) => {
        own.removeAllListeners();
        own.on("error", () => {}); // a process that was killed cannot be written to
        if (typeof value === "string") child = undefined;
        resolve(value);
      };
      own.once("message", (answer: Answer) => settle(answer));
      own.once("error", (error) => settle(error.message));
      own.once("exit", (code, killedBy) => settle(killedBy ?? `exit code ${code}`));
      own.send({ trial, version, base } satisfies Request);
    });
  return {
    end,
    async ask(trial) {
      let last = "";
      for (let i = 0; i < ATTEMPTS && !isEnded; i++) {
        const answer = await attempt(trial);
        if (typeof answer !== "string") return answer;
        last = answer;
      }
      if (isEnded) return undefined;
      const fault = `expected a trial that ends, got ${ATTEMPTS} processes that ended before it: ${last}`;
      return { fault, isMissing: false };
    },
  };
}
