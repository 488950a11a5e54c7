/** What is odd about a world, to be told once: a reading far from all others, or a dimension that varies after all. */
import { deviation } from "../../learning/moments.ts";
import { MOST_DEVIATIONS } from "../../learning/steadyMoments.ts";
import { STATE_BOUND } from "../../models/statistics.ts";
import type { ObservedState } from "./state.ts";

/** In the place of a dimension, or behind them of the reward: 0, or how many deviations away a value lay; then this. */
const TOLD = -1;

/**
 * Notes what is odd about a row, by the scales as they are applied.
 *
 * @param row     [x, …] as the experience keeps it
 * @param reward  less the first
 */
export function notice(
  { notices, model, experience, settings }: ObservedState,
  row: Float32Array,
  reward: number,
): void {
  const { inputShift, inputScale } = model.statistics;
  if (experience.counts.rows <= settings.warmup) return;
  const { D, counts } = experience;
  const note = (place: number, deviations: number) => {
    if (notices.counts[place] === 0) notices.counts[place] = deviations;
  };
  for (let d = 0; d < D; d++) {
    const distance = Math.abs(row[d] - inputShift[d]);
    if (inputScale[d] === 0 && distance > 0) note(d, Infinity);
    else if (distance * inputScale[d] > STATE_BOUND) note(d, distance * inputScale[d]);
  }
  const std = deviation(counts.continuing);
  const size = Math.abs(reward - counts.continuing.mean);
  if (std > 0 && size > MOST_DEVIATIONS * std) note(D, size / std);
}

/** What was noted since the last call, in words. */
export function takeNotices({ notices: { counts } }: ObservedState): readonly string[] {
  const warnings: string[] = [];
  counts.forEach((deviations, d) => {
    if (deviations <= 0) return;
    counts[d] = TOLD;
    warnings.push(d === counts.length - 1 ? aboutReward(deviations) : aboutDimension(d, deviations));
  });
  return warnings;
}

function aboutDimension(d: number, deviations: number): string {
  const name = `observation[${d}]`;
  if (deviations === Infinity)
    return `${name}: varied for the first time after the warm-up; it is read from the next refresh of scales on`;
  return `${name}: a value lay ${Math.round(deviations)} standard deviations from the mean so far; it is read as ${STATE_BOUND}`;
}

function aboutReward(deviations: number): string {
  return `reward: one lay ${Math.round(deviations)} standard deviations from the mean so far; it is learned within bounds`;
}
