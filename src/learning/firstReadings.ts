/**
 * The first readings, looked at once more: running moments take them as they are, so that a fault among them (a sensor that
 * begins with −9,999) would set a scale that takes long to shrink.
 */
import { MOST_DEVIATIONS } from "./steadyMoments.ts";

/** Readings that are looked at once more. */
export const FIRST = 5;
/** How many times the size of the others a fault lies away from them. */
const FAR = 64;
/** A fault in an observation spoils two changes: the one there, and the one back. */
const MOST_FAULTS = 2;

/**
 * Readings, of which one that lies far from all others is moved to eight deviations from them.
 *
 * @param values in the order of time
 * @param unit   what readings differ by at least, where that is no fault
 * @returns undefined where there is no such one, or the others are all the same
 */
export function withoutFault(values: readonly number[], unit = 0): readonly number[] | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [without, fault] =
    sorted[1] - sorted[0] > sorted[sorted.length - 1] - sorted[sorted.length - 2]
      ? [sorted.slice(1), sorted[0]]
      : [sorted.slice(0, -1), sorted[sorted.length - 1]];
  const [low, high] = [without[0], without[without.length - 1]];
  const isFar = Math.max(low - fault, fault - high) > FAR * Math.max(high - low, unit);
  return isFar && high > low ? moved(values, without) : undefined;
}

/** Changes, of which up to two that are far greater than all others are moved to eight deviations from them. */
export function withoutJumps(changes: readonly number[]): readonly number[] | undefined {
  const sorted = [...changes].sort((a, b) => Math.abs(a) - Math.abs(b));
  for (let faults = MOST_FAULTS; faults > 0; faults--) {
    const others = sorted.slice(0, sorted.length - faults);
    const most = Math.abs(others[others.length - 1]);
    if (most > 0 && Math.abs(sorted[others.length]) > FAR * most) return moved(changes, others);
  }
  return undefined;
}

/** The values within eight deviations of some of them. */
function moved(values: readonly number[], others: readonly number[]): readonly number[] {
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  const squares = others.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const limit = MOST_DEVIATIONS * Math.sqrt(squares / others.length);
  return values.map((value) => Math.max(mean - limit, Math.min(mean + limit, value)));
}
