/** Resampling by its definition, with sums in f64 in the kernels' order. */
import { log } from "./single.ts";

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
  const places = Array.from({ length: N }, (_, n) => Math.trunc((n * 2 ** 32 + words[n]) * (1 / N)));
  return covering(places, weights, sumOf(weights));
}

/** As `stratified`, at N sorted uniforms; N + 1 words. */
export function multinomial(weights: ArrayLike<number>, words: readonly number[]): number[] {
  return covering(sortedUniforms(words.map(exponential)), weights, sumOf(weights));
}

/** ⌊N w[n]⌋ copies of each n, and the places left as `multinomial` over what the weights have left; N + 1 words. */
export function residual(weights: ArrayLike<number>, words: readonly number[]): number[] {
  const N = weights.length;
  const scale = N / sumOf(weights);
  const shares = Array.from(weights, (weight) => scale * weight);
  // a share this close to a whole number counts as one
  const copies = shares.map((share) => Math.floor(share + 1e-6));
  const whole = copies.flatMap((count, n) => new Array<number>(count).fill(n)).slice(0, N);
  const left = shares.map((share, n) => Math.max(share - copies[n], 0));
  const total = left.reduce((sum, share) => sum + share, 0);
  return [...whole, ...covering(sortedUniforms(words.map(exponential).slice(whole.length)), left, total)];
}

/** The least i whose Σ_{k≤i} share[k] exceeds each place, a fraction of 2³² of the total. */
function covering(places: readonly number[], shares: ArrayLike<number>, total: number): number[] {
  const unit = total / 2 ** 32;
  const lastOf = Array.from(shares).reduce((last, share, i) => (share > 0 ? i : last), 0);
  return places.map((place) => {
    const position = unit * place;
    let covered = shares[0];
    let i = 0;
    while (covered <= position && i < lastOf) covered += shares[++i];
    return i;
  });
}

/** −log(1 − u) in f32 */
const exponential = (word: number) => -log(1 - (word >>> 8) / 2 ** 24);

/** Σ_{k≤n} E[k] / Σ_{k≤N} E[k] for n < N, fractions of 2³² in f64, from N + 1 exponentials; the last is added first. */
function sortedUniforms(exponentials: readonly number[]): number[] {
  const N = exponentials.length - 1;
  const first = exponentials.slice(0, N);
  const scale = 2 ** 32 / first.reduce((sum, value) => sum + value, exponentials[N]);
  let part = 0;
  return first.map((value) => {
    part += value;
    return Math.min(Math.trunc(scale * part), 2 ** 32 - 1);
  });
}
