import { F64, invertCholesky } from "../linalg/cholesky";
import { F32 } from "../memory";

/**
 * Divergences of particles' diagonal Gaussians from the one Gaussian that has the moments of their mixture.
 *
 *   ratio[n] = KL(N(μ_n, R_n) ‖ N(m, S)) = ½ (log det S − log det R_n + (μ_n − m)ᵀ S⁻¹ (μ_n − m) + tr S⁻¹ R_n − D)
 *   m = Σ_n w_n μ_n,   S = Σ_n w_n ((μ_n − m)(μ_n − m)ᵀ + R_n),   R_n = diag σ[·,n]²
 *
 * Σ_n w_n ratio[n] = ½ log det S − ½ Σ_n w_n log det R_n: the information if the mixture were Gaussian; never less than
 * the mixture's own. All in f64.
 *
 * @param ratio     [N]            written, in nats; 0 where the weight is 0
 * @param mean      [D, N]         μ
 * @param std       [D, N] or [D]  σ > 0
 * @param isShared  whether `std` is [D]
 * @param weights   [N]            sum to one
 * @param workspace [2·D·(D+2)]    that is [D+2][D] in f64
 */
export function momentMatchedRatios(
  ratio: usize, mean: usize, std: usize, isShared: bool, weights: usize, workspace: usize, D: usize, N: usize,
): void {
  const center = workspace, error = center + D * F64, S = error + D * F64;
  moments(center, error, S, mean, std, isShared, weights, D, N);
  const logDeterminant = invertCholesky(S, D);
  for (let n: usize = 0; n < N; n++) {
    let twice = logDeterminant - <f64>D;
    const isAlive = load<f32>(weights + n * F32) > 0;
    // |L⁻¹ (μ − m)|² + Σ_{d,e} (L⁻¹[d,e] σ[e])² − Σ_d log σ[d]²
    for (let d: usize = 0; d < D; d++) {
      let whitened: f64 = 0;
      for (let e: usize = 0; e <= d; e++) {
        const factor = load<f64>(S + (d * D + e) * F64);
        whitened += factor * (valueOf(mean, e, n, N) - load<f64>(center + e * F64));
        twice += factor * factor * variance(std, isShared, e, n, N);
      }
      twice += whitened * whitened - Math.log(variance(std, isShared, d, n, N));
    }
    store<f32>(ratio + n * F32, isAlive ? <f32>(0.5 * twice) : 0);
  }
}

/** center = m and the lower triangle of S, of particles with weight. */
function moments(
  center: usize, error: usize, S: usize, mean: usize, std: usize, isShared: bool, weights: usize, D: usize, N: usize,
): void {
  memory.fill(center, 0, D * (D + 2) * F64);
  for (let n: usize = 0; n < N; n++) {
    const w = <f64>load<f32>(weights + n * F32);
    if (w > 0) for (let d: usize = 0; d < D; d++) add(center + d * F64, w * valueOf(mean, d, n, N));
  }
  for (let n: usize = 0; n < N; n++) {
    const w = <f64>load<f32>(weights + n * F32);
    if (w == 0) continue;
    for (let d: usize = 0; d < D; d++) {
      const row = S + d * D * F64;
      store<f64>(error + d * F64, valueOf(mean, d, n, N) - load<f64>(center + d * F64));
      for (let e: usize = 0; e <= d; e++)
        add(row + e * F64, w * load<f64>(error + d * F64) * load<f64>(error + e * F64));
      add(row + d * F64, w * variance(std, isShared, d, n, N));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(sum: usize, value: f64): void {
  store<f64>(sum, load<f64>(sum) + value);
}

// @ts-ignore: decorator
@inline
function valueOf(rows: usize, d: usize, n: usize, N: usize): f64 {
  return <f64>load<f32>(rows + (d * N + n) * F32);
}

function variance(std: usize, isShared: bool, d: usize, n: usize, N: usize): f64 {
  const sigma = <f64>load<f32>(std + (isShared ? d : d * N + n) * F32);
  return sigma * sigma;
}
