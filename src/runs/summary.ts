import type { EpisodeReport } from "../loop/report.ts";
import { learningCurve } from "./curve.ts";

const RECENT = 10;

/** A training in a few figures. */
export interface Summary {
  readonly episodes: number;
  /** Environment steps learned from. */
  readonly steps: number;
  /** The highest return of a finished episode; null when there was no episode at all. */
  readonly bestReturn: number | null;
  /** Finished episodes that count as recent: the last ten, or fewer when there were no more. */
  readonly recentEpisodes: number;
  /** Their mean return; null as above. */
  readonly recentReturn: number | null;
  /** The model's error in the last episode, in standard deviations of what it predicts. */
  readonly modelError: number | null;
  readonly seconds: number;
  readonly stepsPerSecond: number;
}

/** The figures of the episodes of a training that took `seconds`, after `stepsBefore` of an earlier one. */
export function summarise(episodes: readonly EpisodeReport[], seconds: number, stepsBefore = 0): Summary {
  const returns = learningCurve(episodes).map((point) => point.return);
  const recent = returns.slice(-RECENT);
  const last = episodes.at(-1);
  const steps = last?.steps ?? 0;
  return {
    episodes: episodes.length,
    steps,
    bestReturn: returns.length > 0 ? Math.max(...returns) : null,
    recentEpisodes: recent.length,
    recentReturn: mean(recent),
    modelError: last?.modelError ?? null,
    seconds,
    stepsPerSecond: seconds > 0 ? (steps - stepsBefore) / seconds : 0,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
