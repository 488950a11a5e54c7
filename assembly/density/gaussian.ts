import { F32, VEC } from "../memory";

const LOG_2PI: f32 = 1.8378770664093453; // log 2π

/**
 * Log-density of a diagonal Gaussian at N points.
 *
 *   out[n] = Σ_d  −½ ((x[d,n] − μ[d]) / σ[d])² − log σ[d] − ½ log 2π
 *
 * @param out   [N]     written
 * @param x     [D, N]  one row per dimension
 * @param mean  [D]     μ
 * @param std   [D]     σ > 0
 *
 * N is a multiple of 4; every pointer is 16-byte aligned.
 */
export function gaussianLogDensity(
  out: usize, x: usize, mean: usize, std: usize, D: usize, N: usize,
): void {
  const end = out + N * F32;
  const half = f32x4.splat(0.5);

  // out[n] = −D/2 · log 2π
  const constant = f32x4.splat(<f32>-0.5 * LOG_2PI * <f32>D);
  for (let o = out; o < end; o += VEC) v128.store(o, constant);

  for (let d: usize = 0; d < D; d++, mean += F32, std += F32) {
    const mu = v128.load32_splat(mean);
    const inverse = f32x4.splat(1 / load<f32>(std));
    const logStd = f32x4.splat(<f32>Math.log(<f64>load<f32>(std)));

    // out[n] −= ½ z² + log σ_d,  z = (x[d,n] − μ_d) / σ_d
    for (let o = out; o < end; o += VEC, x += VEC) {
      const z = f32x4.mul(f32x4.sub(v128.load(x), mu), inverse);
      const loss = f32x4.add(f32x4.mul(half, f32x4.mul(z, z)), logStd);
      v128.store(o, f32x4.sub(v128.load(o), loss));
    }
  }
}
