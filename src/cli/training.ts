import type { Agent } from "../agent/interface.ts";
import type { HostOptions } from "../agent/options.ts";
import type { Environment } from "../environments/environment.ts";
import type { RunConfig } from "../runs/config.ts";
import type { Journal } from "../runs/journal.ts";
import { type Keeping, watched } from "../runs/keep.ts";
import type { LoggedEpisode } from "../runs/log.ts";
import type { Stopwatch } from "../runs/stopwatch.ts";
import { type Given, wholeNumber } from "./arguments.ts";
import type { Context } from "./context.ts";

/** A training about to begin, or to go on. */
export interface Training extends Keeping {
  /** Whether a checkpoint is on the disk already. */
  readonly isKept: boolean;
  /** Calls back after each step. */
  readonly steps: Listener;
}

/** A training and the run that it belongs to. */
export interface Begun {
  readonly config: RunConfig;
  readonly folder: string;
  /** Episodes of an earlier process, and its steps. */
  readonly before: readonly LoggedEpisode[];
  readonly stepsBefore: number;
  /** Undefined where all steps are taken already. */
  readonly training: Training | undefined;
}

/** A callback that is known later. */
export interface Listener {
  call(steps: number): void;
}

/** The agent's threads, as they were asked for. */
export function hostOptions(given: Given, { library }: Pick<Context, "library">): HostOptions {
  const threads = wholeNumber(given, "threads", { minimum: 1, maximum: 64 });
  return threads === undefined || threads === 1 ? {} : { threads: library.workerThreads(threads) };
}

/** Aborted with the signal, or by hand. */
export function stopWith(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener("abort", () => controller.abort(), { once: true });
  return controller;
}

/** The environment, whose steps a journal and a stopwatch see. @param parts `agent` is asked for once it acts */
export function worldOf(
  environment: Environment,
  {
    journal,
    stopwatch,
    agent,
  }: { readonly journal: () => Journal; readonly stopwatch: Stopwatch; readonly agent: () => Agent },
): Environment {
  return watched(environment, {
    acted() {
      stopwatch.acted();
      journal().see(agent());
    },
    answered: () => stopwatch.answered(),
  });
}
