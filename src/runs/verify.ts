/** Training anew, and whether it gives what a run folder holds: anybody can, since the same seed gives the same bits everywhere. */
import { isDeepStrictEqual } from "node:util";
import type { EpisodeReport } from "../loop/report.ts";
import type { Run } from "../loop/run.ts";
import { type Moment, stamp } from "./checkpoint.ts";
import type { Journal } from "./journal.ts";
import type { LoggedEpisode } from "./log.ts";

/** What a run folder claims. */
export interface Claims {
  readonly episodes: readonly LoggedEpisode[];
  /** The agent's file, and where it is; undefined where there is none. */
  readonly agent: { readonly bytes: Uint8Array; readonly moment: Moment } | undefined;
}

/** What came of training anew. */
export interface Verdict {
  /** Environment steps that were taken. */
  readonly steps: number;
  /** Episodes that are the same. */
  readonly episodes: number;
  /** The first episode that is not: as the log has it, and as it is. */
  readonly differs:
    | { readonly logged: LoggedEpisode; readonly trained: LoggedEpisode | undefined }
    | undefined;
  /** Whether the agent's file is the same to the byte; undefined where there is none, or an episode differs. */
  readonly isSameAgent: boolean | undefined;
  /** Whether the signal ended it before it was known. */
  readonly isStopped: boolean;
}

/**
 * Takes the steps of a run that was just begun, as far as the claims go, and compares.
 *
 * @param stop whose signal the run was given
 */
export async function verifyRun(
  { run, journal, stop }: { readonly run: Run; readonly journal: Journal; readonly stop: AbortController },
  { episodes, agent }: Claims,
): Promise<Verdict> {
  const last = Math.max(episodes.at(-1)?.steps ?? 0, agent?.moment.steps ?? 0);
  let same = 0;
  let isSameAgent: boolean | undefined;
  const verdict = (parts: Partial<Verdict> = {}): Verdict => ({
    ...{ steps: run.steps, episodes: same, differs: undefined, isSameAgent, isStopped: false, ...parts },
  });
  /** The verdict, where an episode differs. */
  const compare = (report: EpisodeReport, isOver: boolean): Verdict | undefined => {
    const trained = isOver ? journal.end(report) : journal.cut(report);
    const logged = episodes[same];
    if (logged === undefined) return undefined;
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(trained)), JSON.parse(JSON.stringify(logged))))
      return verdict({ differs: { logged, trained }, isSameAgent: undefined });
    same++;
    return undefined;
  };
  while (run.steps < last) {
    const step = await run.step();
    if (step === undefined) break;
    journal.take(step);
    const isOver = step.terminated || step.truncated;
    if (step.episodeReport !== undefined && !stop.signal.aborted) {
      const different = compare(step.episodeReport, isOver);
      if (different !== undefined) return different;
    }
    if (agent !== undefined && run.steps === agent.moment.steps)
      isSameAgent = isEqual(
        stamp(run.save(), { ...journal.moment(), bytes: agent.moment.bytes }),
        agent.bytes,
      );
  }
  if (stop.signal.aborted) return verdict({ isStopped: true });
  stop.abort();
  // an episode that was cut short
  for await (const report of run) {
    const different = same < episodes.length ? compare(report, false) : undefined;
    if (different !== undefined) return different;
  }
  const logged = episodes[same];
  if (logged !== undefined) return verdict({ differs: { logged, trained: undefined } });
  return verdict();
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
