/** Running moments of what an agent with a belief sees, a dimension each; no reading moves them far, and what was not seen not at all. */
import { MOST_DEVIATIONS } from "./steadyMoments.ts";

export interface Readings {
  /** [X] how often a dimension was seen, its mean and its sum of squared deviations. */
  readonly seen: { readonly counts: number[] };
  readonly mean: { readonly counts: number[] };
  readonly squares: { readonly counts: number[] };
}

export function createReadings(X: number): Readings {
  const zeros = () => ({ counts: new Array<number>(X).fill(0) });
  return { seen: zeros(), mean: zeros(), squares: zeros() };
}

/** Readings whose deviation says little: those that follow them count as they are. */
const FEW = 5;

/** Takes in an observation; NaN was not seen. */
export function includeReadings(readings: Readings, observation: ArrayLike<number>): void {
  const [seen, mean, squares] = [readings.seen.counts, readings.mean.counts, readings.squares.counts];
  for (let d = 0; d < seen.length; d++) {
    const value = observation[d];
    if (Number.isNaN(value)) continue;
    const limit = seen[d] < FEW ? Infinity : MOST_DEVIATIONS * Math.sqrt(squares[d] / seen[d]);
    const away = value - mean[d];
    const delta = limit > 0 ? Math.max(-limit, Math.min(limit, away)) : away;
    seen[d]++;
    mean[d] += delta / seen[d];
    squares[d] += (delta * delta * (seen[d] - 1)) / seen[d];
  }
}

/** How many times the steady deviation the plain one is where readings far from the others have made it. */
const SPOILT = 2;

/**
 * Replaces mean and deviation of a dimension by steady ones, where readings far from all others have made most of it.
 *
 * @param mean,std [X] of all readings, in and out
 * @param isSpoilt [X] written: 1 where it is so, else 0
 */
export function steady(
  readings: Readings,
  mean: Float32Array,
  std: Float32Array,
  isSpoilt: Float32Array,
): void {
  const [seen, squares] = [readings.seen.counts, readings.squares.counts];
  isSpoilt.fill(0);
  for (let d = 0; d < std.length; d++) {
    const deviation = seen[d] > 0 ? Math.sqrt(squares[d] / seen[d]) : 0;
    if (!(deviation > 0 && std[d] > SPOILT * deviation)) continue;
    mean[d] = readings.mean.counts[d];
    std[d] = deviation;
    isSpoilt[d] = 1;
  }
}
