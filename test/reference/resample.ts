/** Resampling by its definition, with sums in f64 in the kernels' order. */

/** The four lanes' sums folded into two, then one. */
function sumOf(weights: ArrayLike<number>): number {
  let [first, second] = [0, 0];
  for (let n = 0; n < weights.length; n += 4) {
    first += weights[n] + weights[n + 2];
    second += weights[n + 1] + weights[n + 3];
  }
  return first + second;
}

/** A[n] = the last i whose first place, the least n with n + u ≥ N Σ_{k<i} w[k], is at most n. */
export function systematic(weights: ArrayLike<number>, word: number): number[] {
  const N = weights.length;
  const scale = N / sumOf(weights);
  let before = 0;
  const places = Array.from(weights, (weight) => {
    const place = Math.ceil(before * scale - word / 2 ** 32);
    before += weight;
    return place;
  });
  return Array.from({ length: N }, (_, n) => places.reduce((last, place, i) => (place <= n ? i : last), 0));
}

/** A[n] = the least i whose Σ_{k≤i} w[k] exceeds (n + u[n]) / N of the whole, in steps of 2⁻³². */
export function stratified(weights: ArrayLike<number>, words: readonly number[]): number[] {
  const N = weights.length;
  const unit = sumOf(weights) / 2 ** 32;
  const lastOf = Array.from(weights).reduce((last, weight, i) => (weight > 0 ? i : last), 0);
  return Array.from({ length: N }, (_, n) => {
    const position = unit * Math.trunc((n * 2 ** 32 + words[n]) * (1 / N));
    let covered = weights[0];
    let i = 0;
    while (covered <= position && i < lastOf) covered += weights[++i];
    return i;
  });
}
