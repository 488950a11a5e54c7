/** Running mean and deviation that no value can move far; what goes on moves them on. */
import { deviation, including as includingAll, type Moments } from "./moments.ts";

/** Deviations from the mean beyond which a value counts as one that lies there. */
export const MOST_DEVIATIONS = 8;
/** Values whose deviation says little: those that follow them count as they are. */
const FEW = 5;

/** A value, no further from the mean than eight deviations, where there are any. */
export function within(moments: Moments, value: number): number {
  const limit = MOST_DEVIATIONS * deviation(moments);
  if (limit === 0 || moments.count < FEW) return value;
  return Math.max(moments.mean - limit, Math.min(moments.mean + limit, value));
}

/**
 * The moments with one value more, as far as it lies within eight deviations: it moves the deviation by a factor of at most
 * √(1 + 64 / count). Where nothing varied so far it counts as it is.
 */
export function including(moments: Moments, value: number): Moments {
  return includingAll(moments, within(moments, value));
}
