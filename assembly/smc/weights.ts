import { F32, VEC } from "../memory";
import { expLanes } from "../math/exp";
import { addLanes, shiftOf, sum, total } from "../math/reduce";

/**
 * Normalised weights of a set of particles.
 *
 *   weights[n] = exp(logWeights[n] − m) / Σ_k exp(logWeights[k] − m),   m = max_n logWeights[n]
 *
 * When every log-weight is −∞ the set is lost: every weight is 0 and −∞ is returned.
 *
 * @param weights    [N] written; may be `logWeights` itself
 * @param logWeights [N] unnormalised, in nats; −∞ allowed
 * @returns log 1/N Σ_n exp logWeights[n], padding included; in nats
 *
 * N is a multiple of 4. The sum is in f64.
 */
export function normaliseWeights(weights: usize, logWeights: usize, N: usize): f64 {
  const m = shiftOf(logWeights, N);
  const shift = f32x4.splat(m);
  const end = weights + N * F32;
  let sum = f64x2.splat(0);
  // weights[n] = exp(logWeights[n] − m)
  for (let w = weights; w < end; w += VEC, logWeights += VEC) {
    const e = expLanes(f32x4.sub(v128.load(logWeights), shift));
    v128.store(w, e);
    sum = addLanes(sum, e);
  }
  if (total(sum) == 0) return -Infinity;

  const inverse = f32x4.splat(<f32>(1 / total(sum)));
  // weights[n] ← weights[n] / Σ_k weights[k]
  for (let w = weights; w < end; w += VEC) v128.store(w, f32x4.mul(v128.load(w), inverse));
  return <f64>m + Math.log(total(sum) / <f64>N);
}

/**
 * Effective sample size of a set of particles, from their log-weights.
 *
 *   ESS = (Σ_n w_n)² / Σ_n w_n²,   w_n = exp(logWeights[n] − max_n logWeights[n])
 *
 * Between 1 (one particle holds all the weight) and N (all weights equal); unchanged when a
 * constant is added to every log-weight. 0 when every log-weight is −∞.
 *
 * @param logWeights [N] unnormalised, in nats; −∞ allowed; N is a multiple of 4
 * @see Kong, Liu & Wong (1994), https://doi.org/10.1080/01621459.1994.10476469
 */
export function effectiveSampleSize(logWeights: usize, N: usize): f32 {
  const shift = f32x4.splat(shiftOf(logWeights, N));
  let sum = f64x2.splat(0);
  let squares = f64x2.splat(0);
  // Σ_n w_n and Σ_n w_n²
  for (const end = logWeights + N * F32; logWeights < end; logWeights += VEC) {
    const w = expLanes(f32x4.sub(v128.load(logWeights), shift));
    sum = addLanes(sum, w);
    squares = addLanes(squares, f32x4.mul(w, w));
  }
  if (total(sum) == 0) return 0;
  return <f32>(total(sum) * total(sum) / total(squares));
}

/**
 * Mean and standard deviation of a weighted set, in f64.
 *
 *   mean[d] = Σ_n w[n] x[d,n] / Σ_n w[n],   std[d] = √( Σ_n w[n] (x[d,n] − mean[d])² / Σ_n w[n] )
 *
 * @param mean     [D]  written
 * @param std      [D]  written
 * @param x        [D, N]  one row per dimension
 * @param weights  [N]  ≥ 0, with a positive sum
 */
export function weightedMoments(mean: usize, std: usize, x: usize, weights: usize, D: usize, N: usize): void {
  const scale = 1 / sum(weights, N);
  const row = N * F32;
  for (const end = mean + D * F32; mean < end; mean += F32, std += F32, x += row) {
    let first: f64 = 0;
    // Σ_n w[n] x[n]
    for (let n: usize = 0; n < row; n += F32) first += <f64>load<f32>(weights + n) * <f64>load<f32>(x + n);
    const centre = first * scale;
    let second: f64 = 0;
    // Σ_n w[n] (x[n] − mean)²
    for (let n: usize = 0; n < row; n += F32) {
      const deviation = <f64>load<f32>(x + n) - centre;
      second += <f64>load<f32>(weights + n) * deviation * deviation;
    }
    store<f32>(mean, <f32>centre);
    store<f32>(std, <f32>sqrt<f64>(second * scale));
  }
}
