// Gaussians of which each lane has its own: rows of means [D, N]; standard deviations [D, N], or [D] for all lanes alike.
import { F32, VEC } from "../memory";
import { logShared } from "../math/log";
import { normal } from "../random/normal";
import { NO_TILE } from "../random/philox";

const LOG_2PI: f32 = 1.8378770664093453; // log 2π

/** σ[d] of four lanes; `lane` in bytes. */
// @ts-ignore: decorator
@inline
export function stdLanes(std: usize, isShared: bool, d: usize, lane: usize, N: usize): v128 {
  return isShared ? v128.load32_splat(std + d * F32) : v128.load(std + d * N * F32 + lane);
}

/**
 * One draw of each lane's Gaussian.
 *
 *   x[d,n] = μ[d,n] + σ[d,n] ε,   ε ∼ N(0, 1)
 *
 * @param x        [D, N]         written
 * @param mean     [D, N]         μ
 * @param std      [D, N] or [D]  σ
 * @param isShared whether `std` is [D]
 *
 * N is a multiple of 4.
 */
export function sampleGaussianRows(
  x: usize, mean: usize, std: usize, isShared: bool,
  seedLow: u32, seedHigh: u32, stream: u32, step: u32, D: usize, N: usize,
): void {
  normal(x, seedLow, seedHigh, stream, NO_TILE, step, D * N);
  for (let d: usize = 0; d < D; d++) {
    // x[d,n] = μ[d,n] + σ[d,n] ε
    for (let n: usize = 0; n < N * F32; n += VEC, x += VEC, mean += VEC) {
      const scaled = f32x4.mul(stdLanes(std, isShared, d, n, N), v128.load(x));
      v128.store(x, f32x4.add(v128.load(mean), scaled));
    }
  }
}

/**
 * Log-density of each lane's diagonal Gaussian at that lane's point.
 *
 *   out[n] = Σ_d  −½ ((x[d,n] − μ[d,n]) / σ[d,n])² − log σ[d,n] − ½ log 2π
 *
 * @param out      [N]            written, in nats
 * @param x        [D, N]
 * @param mean     [D, N]         μ
 * @param std      [D, N] or [D]  σ > 0
 * @param isShared whether `std` is [D]
 *
 * N is a multiple of 4.
 */
export function gaussianRowsLogDensity(
  out: usize, x: usize, mean: usize, std: usize, isShared: bool, D: usize, N: usize,
): void {
  const half = f32x4.splat(0.5);
  const constant = f32x4.splat(<f32>-0.5 * LOG_2PI * <f32>D);
  for (let n: usize = 0; n < N * F32; n += VEC) {
    let sum = constant;
    // sum −= ½ z² + log σ,  z = (x − μ) / σ
    for (let d: usize = 0; d < D; d++) {
      const row = d * N * F32 + n;
      const sigma = stdLanes(std, isShared, d, n, N);
      const z = f32x4.div(f32x4.sub(v128.load(x + row), v128.load(mean + row)), sigma);
      sum = f32x4.sub(sum, f32x4.add(f32x4.mul(half, f32x4.mul(z, z)), logShared(sigma)));
    }
    v128.store(out + n, sum);
  }
}
