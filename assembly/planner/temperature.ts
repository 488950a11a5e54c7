import { expShared } from "../math/exp";
import { F32, VEC } from "../memory";

const OCTAVES: f32 = 1048576; // 2²⁰: how far from the scores' range a temperature is looked for, either way
const BISECTIONS: i32 = 32;

/**
 * The temperature at which the weights lie `budget` nats away from the proposal.
 *
 *   η = argmin_η η budget + η log Σ_n b_n exp(score_n / η),   b_n ∝ exp(κ ratio_n)
 *
 * whose derivative is budget − KL(w ‖ b), w_n ∝ b_n exp(score_n / η): a divergence that falls with η, so that halving an
 * interval of log η finds it (Abdolmaleki et al. 2018, https://arxiv.org/abs/1806.06920). For normally distributed
 * scores of standard deviation s, η = s / √(2 budget).
 *
 * @param scores  [C]
 * @param ratios  [C], or 0 where every b_n is the same
 * @returns η; `unset` where all scores are equal
 */
export function dualTemperature(scores: usize, ratios: usize, kappa: f32, budget: f32, unset: f32, size: usize): f32 {
  let top: f32 = -Infinity, bottom: f32 = Infinity, shift: f32 = -Infinity;
  for (let n: usize = 0; n < size; n += F32) {
    top = max(top, load<f32>(scores + n));
    bottom = min(bottom, load<f32>(scores + n));
    shift = max(shift, ratios ? kappa * load<f32>(ratios + n) : 0);
  }
  if (top == bottom) return unset;
  let low = (top - bottom) / OCTAVES, high = (top - bottom) * OCTAVES;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = sqrt<f32>(low) * sqrt<f32>(high);
    if (divergence(scores, ratios, kappa, top, shift, 1 / middle, size) > budget) low = middle;
    else high = middle;
  }
  return high;
}

/** KL(w ‖ b) = Σ_n w_n (score_n − top) / η − log Σ_n b_n exp((score_n − top) / η) */
function divergence(
  scores: usize, ratios: usize, kappa: f32, top: f32, shift: f32, inverse: f32, size: usize,
): f32 {
  let base = f32x4.splat(0), total = f32x4.splat(0), moment = f32x4.splat(0);
  for (let n: usize = 0; n < size; n += VEC) {
    const below = f32x4.mul(f32x4.splat(inverse), f32x4.sub(v128.load(scores + n), f32x4.splat(top)));
    let b = f32x4.splat(1);
    if (ratios) b = expShared(f32x4.sub(f32x4.mul(f32x4.splat(kappa), v128.load(ratios + n)), f32x4.splat(shift)));
    const w = f32x4.mul(b, expShared(below));
    base = f32x4.add(base, b);
    total = f32x4.add(total, w);
    moment = f32x4.add(moment, f32x4.mul(w, below));
  }
  const sum = <f64>sumOf(total);
  return <f32>(<f64>sumOf(moment) / sum - Math.log(sum / <f64>sumOf(base)));
}

/** The sum of four lanes. */
// @ts-ignore: decorator
@inline
export function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3);
}
