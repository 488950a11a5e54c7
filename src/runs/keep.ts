import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "../environments/environment.ts";
import type { EpisodeReport } from "../loop/report.ts";
import type { Run } from "../loop/run.ts";
import type { Journal } from "./journal.ts";
import { TakenError } from "./lock.ts";
import type { LoggedEpisode } from "./log.ts";
import type { RunWriter } from "./run.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** How a run is kept. */
export interface KeepOptions {
  /** Milliseconds between two checkpoints; at the end of an episode a third of it is enough. */
  readonly interval: number;
  /** Whether a checkpoint is on the disk already. */
  readonly isKept: boolean;
  readonly onEpisode: (line: LoggedEpisode) => void;
  /** Called after each checkpoint that was written; what it throws is no loss. */
  readonly onKept?: () => void;
  /** Reports a checkpoint that could not be written. */
  readonly warn: (sentence: string) => void;
  /** Milliseconds, of any origin. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What keeps a run. */
export interface Keeping {
  readonly run: Run;
  /** Whose signal the run was given. */
  readonly stop: AbortController;
  readonly journal: Journal;
  readonly writer: RunWriter;
  readonly stopwatch: Stopwatch;
}

/** Milliseconds after which a checkpoint that failed is tried again. */
const RETRY = 5000;
/** Tries of the last checkpoint, and milliseconds between them. */
const [TRIES, PAUSE] = [5, 500];
/** Milliseconds between two signs of life to other hosts. */
const BEAT = 60_000;

/**
 * Takes the steps of a run to its end, and keeps it: a checkpoint when the warm-up ends, then one an interval, also inside long
 * episodes, and one at the end. One that cannot be written is tried again, and the training goes on.
 *
 * @throws whatever the run throws, once it is kept; Error when the last checkpoint cannot be written; TakenError when another
 *         process writes into the folder
 */
export async function keepRun(keeping: Keeping, options: KeepOptions): Promise<void> {
  const { run, stop, journal, stopwatch } = keeping;
  const keeper = createKeeper(keeping, options);
  const tell = (report: EpisodeReport, isOver: boolean) => {
    const line = isOver ? journal.end(report) : journal.cut(report);
    keeper.add(line, isOver, stopwatch.end(report));
    options.onEpisode({ ...line, ...(report.findings && { findings: report.findings }) });
  };
  let hasFailed = true;
  try {
    for (;;) {
      stopwatch.begin();
      const report = await run.step();
      if (report === undefined) break;
      stopwatch.learned();
      journal.take(report);
      if (report.episodeReport !== undefined)
        tell(report.episodeReport, report.terminated || report.truncated);
      keeper.keepIfDue(report.terminated || report.truncated);
    }
    hasFailed = false;
  } catch (error) {
    if (error instanceof TakenError) throw error;
    // what the run threw is more to the point than what keeping it throws
    await finish(true).catch((failure: Error) => options.warn(failure.message));
    throw error;
  }
  await finish(hasFailed);

  /** Reports the episode that was cut short, if one was, and writes the last checkpoint. */
  async function finish(isBroken: boolean): Promise<void> {
    stop.abort();
    // the run is over by now: it reports no other episode than that
    for await (const report of run) tell(report, isBroken);
    await keeper.keepAtLast();
  }
}

function createKeeper({ run, journal, writer }: Keeping, options: KeepOptions) {
  const { interval, warn, now = () => performance.now(), wait = sleep } = options;
  const { warmup } = run.agent.options;
  let { isKept } = options;
  let lines: LoggedEpisode[] = [];
  let timings: object[] = [];
  let open: LoggedEpisode | undefined;
  let last = now();
  let beaten = last;
  /** When the last try failed, and why. */
  let failure: { readonly time: number; readonly message: string } | undefined;

  function keep(): void {
    writer.keep({ file: run.save(), moment: journal.moment(), lines, open });
    if (failure !== undefined) warn(`${writer.folder}: written again`);
    [isKept, last, failure, lines] = [true, now(), undefined, []];
    const times = timings;
    timings = [];
    quietly(() => writer.addTimings(times));
    quietly(() => options.onKept?.());
  }

  function tryToKeep(): void {
    try {
      keep();
    } catch (error) {
      if (error instanceof TakenError) throw error;
      const { message } = error as Error;
      if (failure?.message !== message) warn(`${message}; the training goes on, and tries again`);
      failure = { time: now(), message };
    }
  }

  return {
    add(line: LoggedEpisode, isOver: boolean, timing: object): void {
      if (isOver) lines.push(line);
      open = isOver ? undefined : line;
      timings.push(timing);
    },
    keepIfDue(isEpisodeOver: boolean): void {
      const time = now();
      if (time - beaten >= BEAT) {
        beaten = time;
        quietly(() => writer.beat());
      }
      const isWarm = !isKept && run.agent.steps >= warmup;
      const isDue =
        failure === undefined
          ? isWarm || time - last >= (isEpisodeOver ? interval / 3 : interval)
          : time - failure.time >= Math.min(RETRY, interval);
      if (isDue) tryToKeep();
    },
    async keepAtLast(): Promise<void> {
      for (let tries = 1; ; tries++)
        try {
          return keep();
        } catch (error) {
          if (error instanceof TakenError || tries === TRIES) throw error;
          failure = { time: now(), message: (error as Error).message };
          await wait(PAUSE);
        }
    },
  };
}

/** Does what is no loss where it fails. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // the next checkpoint says what is wrong with the disk
  }
}

/** The environment; `acted` is called once an action is chosen, `answered` once it is answered. */
export function watched(
  environment: Environment,
  { acted, answered }: { acted(): void; answered(): void },
): Environment {
  return {
    ...environment,
    step(action) {
      acted();
      const step = environment.step(action);
      answered();
      return step;
    },
  };
}
