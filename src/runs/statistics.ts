/**
 * Statistics of few runs, by the conventions of rliable: Agarwal et al. (2021), Deep reinforcement learning at the edge of the
 * statistical precipice, https://arxiv.org/abs/2108.13264.
 */

/** Values by task, and within it by run. */
export type Strata = readonly (readonly number[])[];

/** A number and the ends of its interval of 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Resamples of an interval. */
const RESAMPLES = 2000;

/**
 * The interquartile mean: of all values together, without the lowest and the highest quarter, each rounded down. NaN of none.
 *
 * @example
 * interquartileMean([[1, 2, 3, 100]]); // 2.5
 */
export function interquartileMean(values: Strata): number {
  const sorted = Float64Array.from(values.flat()).sort();
  const cut = Math.floor(sorted.length / 4);
  const kept = sorted.subarray(cut, sorted.length - cut);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

/**
 * A statistic, and its interval by the stratified bootstrap: resamples take within each task as many runs as there are, with replacement;
 * the interval reaches from their 2.5 % to their 97.5 % quantile. The draws have a fixed seed: the same values, the same interval.
 */
export function estimate(
  values: Strata,
  statistic: (values: Strata) => number = interquartileMean,
  resamples = RESAMPLES,
): Estimate {
  const uniform = createUniform();
  const drawn = Array.from({ length: resamples }, () =>
    statistic(values.map((runs) => resampled(runs, uniform))),
  );
  return intervalOf(statistic(values), drawn);
}

/**
 * The probability that a run of the first kind is better than one of the second, averaged over tasks; equal ones count half.
 *
 *   P = 1/(n m) Σ_i Σ_j [x_i > y_j] + ½ [x_i = y_j]
 */
export function improvement(first: Strata, second: Strata, resamples = RESAMPLES): Estimate {
  const uniform = createUniform();
  const of = (xs: Strata, ys: Strata) => mean(xs.map((runs, task) => winShare(runs, ys[task])));
  const drawn = Array.from({ length: resamples }, () =>
    of(
      first.map((runs) => resampled(runs, uniform)),
      second.map((runs) => resampled(runs, uniform)),
    ),
  );
  return intervalOf(of(first, second), drawn);
}

function winShare(xs: readonly number[], ys: readonly number[]): number {
  let wins = 0;
  for (const x of xs) for (const y of ys) wins += x > y ? 1 : x === y ? 0.5 : 0;
  return wins / (xs.length * ys.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function resampled(runs: readonly number[], uniform: () => number): readonly number[] {
  return runs.map(() => runs[Math.floor(runs.length * uniform())]);
}

function intervalOf(value: number, drawn: readonly number[]): Estimate {
  const sorted = Float64Array.from(drawn).sort();
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** On straight lines between the sorted values. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** Numbers in [0, 1): mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function createUniform(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
