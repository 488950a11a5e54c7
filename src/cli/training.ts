import { availableParallelism } from "node:os";
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

/** Threads where none are asked for: of a default step two plans are made at once. */
const THREADS = 2;

/** The agent's threads, as they were asked for, or as the machine has cores; and whether it runs on the fast kernels. */
export function hostOptions(
  given: Given,
  { library }: Pick<Context, "library">,
  { build = "exact" }: Pick<RunConfig, "build"> = {},
): HostOptions {
  const asked = wholeNumber(given, "threads", { minimum: 1, maximum: 64 });
  const count = asked ?? Math.min(THREADS, availableParallelism());
  const fast = build === "fast" ? { fast: true } : {};
  if (count === 1) return fast;
  try {
    return { ...fast, threads: library.workerThreads(count) };
  } catch (error) {
    // a host without workers has one thread, unless it is asked for more
    if (asked === undefined) return fast;
    throw error;
  }
}

/** The kernels that a run is trained on: the fast ones where they are asked for and can be had. */
export async function buildFor(given: Given, { library, stderr }: Context): Promise<"exact" | "fast"> {
  if (given.fast !== true) return "exact";
  if ((await library.fastKernels()) !== undefined) return "fast";
  stderr.write(
    "warning: --fast: expected an engine with relaxed SIMD (Node 22 or later), got none; the exact kernels run\n",
  );
  return "exact";
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
