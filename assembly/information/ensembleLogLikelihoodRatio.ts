import { logVarianceLanes } from "../density/gaussianHead";
import { expLanes } from "../math/exp";
import { logLanes } from "../math/log";
import { ROW, VEC } from "../memory";

/**
 * Log-likelihood ratio of what the members of an ensemble predict, the denominator mixed over the members.
 *
 *   ratio[n] = 1/E Σ_e [ log N(y_e; m_e, v_e) − log 1/E Σ_j N(y_e; m_j, v_j) ],   y_e = m_e + √v_e ε_e,   v = s² + noise²
 *
 * One draw a member of the information that the next observation carries about which member is right: 0 where
 * members agree, however noisy, and log E, its most, where each observation distinguishes them. In nats.
 *
 * @param ratio      [TILE]                     written
 * @param heads      [members][rows][TILE]      Gaussian heads: `width` rows m, then `width` rows y of log s²
 * @param epsilon    [members][width][TILE]     ε ∼ N(0, 1)
 * @param workspace  [members][2·width + 2][TILE]
 * @param noise      standard deviation of the observation, whose square is added to every variance, > 0
 * @param rows       rows of one head
 */
export function ensembleLogLikelihoodRatio(
  ratio: usize, heads: usize, epsilon: usize, workspace: usize,
  noise: f32, members: usize, width: usize, rows: usize,
): void {
  const precisions = workspace;
  const stds = precisions + members * width * ROW;
  const normalisers = stds + members * width * ROW;
  const logDensities = normalisers + members * ROW;
  prepare(precisions, stds, normalisers, heads, noise, members, width, rows);
  const inverseE = f32x4.splat(<f32>1 / <f32>members);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let sum = f32x4.splat(0);
    for (let e: usize = 0; e < members; e++) {
      const mean = heads + e * rows * ROW + n;
      let top = f32x4.splat(-Infinity);
      // ℓ[j] = −½ Σ_d (y_e[d] − m_j[d])² / v_j[d] − ½ Σ_d log v_j[d],  up to a constant
      for (let j: usize = 0; j < members; j++) {
        const other = heads + j * rows * ROW + n;
        let quadratic = v128.load(normalisers + j * ROW + n);
        for (let d: usize = 0; d < width * ROW; d += ROW) {
          const offset = e * width * ROW + d + n;
          const y = f32x4.add(v128.load(mean + d), f32x4.mul(v128.load(stds + offset), v128.load(epsilon + offset)));
          const error = f32x4.sub(y, v128.load(other + d));
          const precision = v128.load(precisions + j * width * ROW + d + n);
          quadratic = f32x4.add(quadratic, f32x4.mul(f32x4.mul(error, error), precision));
        }
        const logDensity = f32x4.mul(f32x4.splat(-0.5), quadratic);
        v128.store(logDensities + j * VEC, logDensity);
        top = f32x4.max(top, logDensity);
      }
      // sum += ℓ[e] − log 1/E Σ_j exp ℓ[j]
      let mixture = f32x4.splat(0);
      for (let j: usize = 0; j < members; j++)
        mixture = f32x4.add(mixture, expLanes(f32x4.sub(v128.load(logDensities + j * VEC), top)));
      const denominator = f32x4.add(top, logLanes(f32x4.mul(mixture, inverseE)));
      sum = f32x4.add(sum, f32x4.sub(v128.load(logDensities + e * VEC), denominator));
    }
    v128.store(ratio + n, f32x4.mul(sum, inverseE));
  }
}

/** precisions = 1/v,  stds = √v,  normalisers = Σ_d log v */
function prepare(
  precisions: usize, stds: usize, normalisers: usize, heads: usize,
  noise: f32, members: usize, width: usize, rows: usize,
): void {
  const added = f32x4.splat(noise * noise), one = f32x4.splat(1);
  for (let j: usize = 0; j < members; j++, normalisers += ROW) {
    const y = heads + (j * rows + width) * ROW;
    memory.fill(normalisers, 0, ROW);
    for (let i: usize = 0; i < width * ROW; i += VEC, precisions += VEC, stds += VEC) {
      const v = f32x4.add(expLanes(logVarianceLanes(v128.load(y + i))), added);
      v128.store(precisions, f32x4.div(one, v));
      v128.store(stds, f32x4.sqrt(v));
      const sum = normalisers + (i & (ROW - 1));
      v128.store(sum, f32x4.add(v128.load(sum), logLanes(v)));
    }
  }
}
