import { F32 } from "../memory";
import { logVariance } from "../density/gaussianHead";

/**
 * Two terms of the bound (`src/learning/bound.ts`) for one realised transition of an ensemble with z = (x, r), seen with N(0, noise²):
 *
 *   informationGain    1/E Σ_e E_{q_e}[ log p(t | z) ] − log 1/E Σ_e N(t; m_e, s_e² + noise²)
 *   stateConsistency   −1/E Σ_e KL( q_e(z) ‖ N(m_e, s_e²) )
 *
 * with the exact posterior q_e(z) ∝ N(z; m_e, s_e²) N(t; z, noise²). Their sum is never positive (Jensen):
 * mean_e log p_e(t) − log mean_e p_e(t). All in f64.
 *
 * @param out     [2]                     written: informationGain, stateConsistency, in nats
 * @param heads   [members][stride]       Gaussian heads as rows: `width` values m, then `width` values y
 * @param target  [width]                 t
 */
export function realisedRatio(
  out: usize, heads: usize, target: usize, noise: f32, members: usize, width: usize, stride: usize,
): void {
  const LOG_2PI: f64 = 1.8378770664093453;
  const n2 = <f64>noise * <f64>noise;
  let likelihood: f64 = 0, divergence: f64 = 0, top: f64 = -Infinity, mixture: f64 = 0;
  for (let e: usize = 0; e < members; e++) {
    let evidence: f64 = 0;
    for (let d: usize = 0; d < width; d++) {
      const m = <f64>load<f32>(heads + (e * stride + d) * F32);
      const s2 = Math.exp(<f64>logVariance(load<f32>(heads + (e * stride + width + d) * F32)));
      const error = <f64>load<f32>(target + d * F32) - m;
      const total = s2 + n2;
      // posterior: variance s² n² / (s² + n²), distance from the mean s² error / (s² + n²)
      const variance = (s2 * n2) / total, shift = (s2 * error) / total;
      const residual = error - shift;
      likelihood -= 0.5 * (LOG_2PI + Math.log(n2) + (residual * residual + variance) / n2);
      divergence += 0.5 * (Math.log(s2 / variance) + (variance + shift * shift) / s2 - 1);
      evidence -= 0.5 * (LOG_2PI + Math.log(total) + (error * error) / total);
    }
    // running log-sum-exp of the members' evidence
    const highest = max(top, evidence);
    mixture = mixture * Math.exp(top - highest) + Math.exp(evidence - highest);
    top = highest;
  }
  const E = <f64>members;
  store<f32>(out, <f32>(likelihood / E - (top + Math.log(mixture / E))));
  store<f32>(out, <f32>(-divergence / E), F32);
}

/**
 * Divergence of a histogram from a categorical given by logits, summed over groups.
 *
 *   KL(t ‖ p) = Σ_g Σ_k t[k] (log t[k] − log p[k]),   p = softmax(logits),   0 log 0 = 0
 *
 * @param label   [groups][bins]  t, each group sums to one
 * @param logits  [groups][bins]
 * @returns KL in nats, in f64
 */
export function categoricalDivergence(label: usize, logits: usize, groups: usize, bins: usize): f64 {
  let divergence: f64 = 0;
  for (let g: usize = 0; g < groups; g++, label += bins * F32, logits += bins * F32) {
    let top: f64 = -Infinity, total: f64 = 0;
    for (let k: usize = 0; k < bins; k++) top = max(top, <f64>load<f32>(logits + k * F32));
    for (let k: usize = 0; k < bins; k++) total += Math.exp(<f64>load<f32>(logits + k * F32) - top);
    const normaliser = top + Math.log(total);
    for (let k: usize = 0; k < bins; k++) {
      const t = <f64>load<f32>(label + k * F32);
      if (t > 0) divergence += t * (Math.log(t) - <f64>load<f32>(logits + k * F32) + normaliser);
    }
  }
  return divergence;
}
