import type { EpisodeReport } from "../loop/report.ts";
import { finishedEpisodes, type LoggedEpisode } from "./log.ts";
import { estimate } from "./statistics.ts";

/** One episode on a learning curve. */
export interface CurvePoint {
  /** Environment steps at the end of the episode. */
  readonly steps: number;
  readonly return: number;
}

/** Returns against environment steps, in order. */
export type Curve = readonly CurvePoint[];

/** The learning curve of a run: its finished episodes, or the cut-short one when there is no other. */
export function learningCurve(episodes: readonly EpisodeReport[]): Curve {
  const finished = finishedEpisodes(episodes);
  return (finished.length > 0 ? finished : episodes).map(({ steps, return: value }) => ({
    steps,
    return: value,
  }));
}

/** A quantity of a run's episodes against environment steps; episodes without a number are left out. */
export function curveOf(
  episodes: readonly LoggedEpisode[],
  quantity: (episode: LoggedEpisode) => number | null | undefined,
): Curve {
  return episodes.flatMap((episode) => {
    const value = quantity(episode);
    return typeof value === "number" && Number.isFinite(value)
      ? [{ steps: episode.steps, return: value }]
      : [];
  });
}

/** Environment steps at the end of a curve; 0 when it is empty. */
export function lastSteps(curve: Curve): number {
  return curve.at(-1)?.steps ?? 0;
}

/**
 * Each return replaced by the mean over the episodes up to `reach` before and after it.
 *
 *   R'_i = 1/(2k+1) Σ_{j=i−k}^{i+k} R_j,   k = min(reach, i, n−1−i)
 */
export function smooth(curve: Curve, reach: number): Curve {
  return curve.map(({ steps }, i) => {
    const k = Math.min(reach, i, curve.length - 1 - i);
    const near = curve.slice(i - k, i + k + 1);
    return { steps, return: near.reduce((sum, point) => sum + point.return, 0) / near.length };
  });
}

/** The return at a number of steps, on straight lines between the points; level before and after them. */
export function returnAt(curve: Curve, steps: number): number {
  const after = curve.findIndex((point) => point.steps >= steps);
  if (after === 0) return curve[0].return;
  if (after < 0) return curve[curve.length - 1].return;
  const [left, right] = [curve[after - 1], curve[after]];
  const share = (steps - left.steps) / (right.steps - left.steps);
  return left.return + share * (right.return - left.return);
}

/** The returns at the ends of `columns` equal parts of a curve's steps. */
export function resample(curve: Curve, columns: number): readonly number[] {
  const width = lastSteps(curve) / columns;
  return Array.from({ length: columns }, (_, column) => returnAt(curve, (column + 1) * width));
}

/** A point of several curves together. */
export interface BandPoint extends CurvePoint {
  /** The ends of the interval of 95 % around `return`. */
  readonly low: number;
  readonly high: number;
}

/**
 * The interquartile mean of several curves, with its bootstrap interval, at `count` places that all of them cover.
 *
 * @returns as many points as asked, or none when the curves have no steps in common
 */
export function interquartileCurve(curves: readonly Curve[], count: number): readonly BandPoint[] {
  const first = Math.max(...curves.map((curve) => curve[0].steps));
  const last = Math.min(...curves.map(lastSteps));
  if (!(first < last)) return [];
  return Array.from({ length: count }, (_, i) => {
    const steps = first + ((last - first) * i) / (count - 1);
    const { value, low, high } = estimate([curves.map((curve) => returnAt(curve, steps))]);
    return { steps, return: value, low, high };
  });
}

/** The middle value, or the mean of the two in the middle. @throws RangeError when there is none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("values: expected one or more, got none");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
