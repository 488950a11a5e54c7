import { F32 } from "../memory";

/**
 * Mean of a weighted set's ratios and its standard error.
 *
 *   mean = Σ_n w_n r_n,   standard error = √( Σ_n w_n² (r_n − mean)² / (1 − Σ_n w_n²) ),   r_n = 1/S Σ_s ratios[s,n]
 *
 * For equal weights the standard error is s/√N. That the ratios share the particles of their denominators adds nothing
 * to first order: the mean's derivative with respect to the denominators' distribution is zero.
 *
 * @param out     [2]     written: mean, standard error; the latter NaN when one particle has all the weight
 * @param ratios  [S][N]  S ratios of each particle; not read where the weight is 0
 * @param weights [N]     ≥ 0, sum to one
 *
 * All in f64.
 */
export function ratioMoments(out: usize, ratios: usize, weights: usize, S: usize, N: usize): void {
  let mean: f64 = 0, squares: f64 = 0;
  for (let n: usize = 0; n < N; n++) {
    const w = <f64>load<f32>(weights + n * F32);
    if (w != 0) mean += w * averageOf(ratios + n * F32, S, N);
    squares += w * w;
  }
  let variance: f64 = 0;
  for (let n: usize = 0; n < N; n++) {
    const w = <f64>load<f32>(weights + n * F32);
    if (w == 0) continue;
    const error = w * (averageOf(ratios + n * F32, S, N) - mean);
    variance += error * error;
  }
  store<f32>(out, <f32>mean);
  store<f32>(out, <f32>Math.sqrt(variance / (1 - squares)), F32);
}

/** 1/S Σ_s ratios[s,n] */
function averageOf(ratios: usize, S: usize, N: usize): f64 {
  let sum: f64 = 0;
  for (let s: usize = 0; s < S; s++) sum += <f64>load<f32>(ratios + s * N * F32);
  return sum / <f64>S;
}
