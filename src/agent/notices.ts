/** What is odd about a world, to be reported once: a reading far from all others, or a dimension that varies after all. */
import { deviation, type Moments } from "../learning/moments.ts";
import { MOST_DEVIATIONS } from "../learning/steadyMoments.ts";
import { STATE_BOUND } from "../models/statistics.ts";

/** In the place of a dimension, or behind them of the reward: 0, or how many deviations away a value lay; then that it was told. */
export interface Notices {
  readonly counts: number[];
}

/** @param dimensions of observations */
export function createNotices(dimensions: number): Notices {
  return { counts: new Array<number>(dimensions + 1).fill(0) };
}

const TOLD = -1;

/** Notes a value that lies far, if it is the first of its place. */
function note({ counts }: Notices, place: number, deviations: number): void {
  if (counts[place] === 0) counts[place] = deviations;
}

/**
 * Notes what is odd about an observation, by the scales as they are applied; NaN was not seen.
 *
 * @param row as the agent keeps it
 */
export function noticeObservation(
  notices: Notices,
  row: ArrayLike<number>,
  { shift, scale }: { readonly shift: ArrayLike<number>; readonly scale: ArrayLike<number> },
): void {
  for (let d = 0; d < notices.counts.length - 1; d++) {
    const distance = Math.abs(row[d] - shift[d]);
    if (scale[d] === 0 && distance > 0) note(notices, d, Infinity);
    else if (distance * scale[d] > STATE_BOUND) note(notices, d, distance * scale[d]);
  }
}

/** Notes a reward that lies far from the others; itself one of the moments. */
export function noticeReward(notices: Notices, reward: number, moments: Moments): void {
  const std = deviation(moments);
  const size = Math.abs(reward - moments.mean);
  if (std > 0 && size > MOST_DEVIATIONS * std) note(notices, notices.counts.length - 1, size / std);
}

/** Notes a fault among the first readings of a dimension. @param deviations from the mean of the others */
export function noticeFault(notices: Notices, d: number, deviations: number): void {
  note(notices, d, deviations);
}

/** What becomes of a far reading, where the agent observes the state. */
const READ = `it is read as ${STATE_BOUND}`;

/** What was noted since the last call, in words. @param consequence what becomes of a far reading */
export function takeNotices({ counts }: Notices, consequence = READ): readonly string[] {
  const warnings: string[] = [];
  counts.forEach((deviations, d) => {
    if (deviations <= 0) return;
    counts[d] = TOLD;
    warnings.push(
      d === counts.length - 1 ? aboutReward(deviations) : aboutDimension(d, deviations, consequence),
    );
  });
  return warnings;
}

function aboutDimension(d: number, deviations: number, consequence: string): string {
  const name = `observation[${d}]`;
  if (deviations === Infinity)
    return `${name}: varied for the first time after the warm-up; it is read from the next refresh of scales on`;
  return `${name}: a value lay ${Math.round(deviations)} standard deviations from the mean so far; ${consequence}`;
}

function aboutReward(deviations: number): string {
  return `reward: one lay ${Math.round(deviations)} standard deviations from the mean so far; it is learned within bounds`;
}
