/** Running mean and sum of squared deviations (Welford 1962). */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Those of no values. */
export const NO_MOMENTS: Moments = { count: 0, mean: 0, squares: 0 };

/** The moments with one value more. */
export function including({ count, mean, squares }: Moments, value: number): Moments {
  const next = mean + (value - mean) / (count + 1);
  return { count: count + 1, mean: next, squares: squares + (value - mean) * (value - next) };
}

/** Standard deviation; 0 before anything was seen. */
export function deviation({ count, squares }: Moments): number {
  return count > 0 ? Math.sqrt(squares / count) : 0;
}
