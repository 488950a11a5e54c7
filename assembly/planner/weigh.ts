import { expShared } from "../math/exp";
import { F32, VEC } from "../memory";
import { Plan } from "./plan";
import { addWeightedRatios } from "./prior";
import { dualTemperature, sumOf } from "./temperature";

const BISECTIONS: i32 = 24;
const OCTAVES: f32 = 0.000244140625; // 2⁻¹²: k is first found to lie within so many, whatever the unit of the scores
const LEAST: f32 = 1e-34; // below it no k is looked for

/**
 * Weights of the candidates, their scores tempered until enough of them count.
 *
 *   w ∝ exp(k score / η + κ ratio),   k = the largest in [0, 1] with ESS(k) ≥ essShare · ESS(0),   ESS = (Σ w)² / Σ w²
 *
 * from below, to 2⁻¹² of itself and to 2⁻²⁴; halvings begin where k lies, so that scores may have any unit. ESS(0) is C
 * where κ = 0.
 *
 * ratio = log p_a − log proposal of the sequence, or of the first action; η is the plan's, or with a `klBudget` that of `dualTemperature`.
 *
 * @param plan  a `Plan`; its `weights` (sum to one per plan) and `info` are written
 */
export function weigh(plan: usize): void {
  const p = changetype<Plan>(plan);
  const size = p.candidates * F32;
  for (let s: usize = 0; s < p.plans; s++) {
    const scores = p.scores + s * size, weights = p.weights + s * size, info = p.info + s * VEC;
    const temperature = temperatureOf(p, s, size);
    const enough = p.essShare * mostEffective(p, s, size);
    let k: f32 = 1;
    let ess = temper(p, s, k, temperature, size);
    if (ess < enough) {
      let low: f32 = 0, high: f32 = 1;
      while (high > LEAST && temper(p, s, OCTAVES * high, temperature, size) < enough) high *= OCTAVES;
      for (let i = 0; i < BISECTIONS; i++) {
        k = 0.5 * (low + high);
        if (temper(p, s, k, temperature, size) < enough) high = k;
        else low = k;
      }
      k = low;
      ess = temper(p, s, k, temperature, size);
    }
    store<f32>(info, average(weights, scores, size));
    store<f32>(info, k, 4);
    store<f32>(info, ess, 8);
    store<f32>(info, highest(scores, size), 12);
  }
}

/** Candidates that count before their scores do: of the weights exp(κ ratio). */
function mostEffective(plan: Plan, s: usize, size: usize): f32 {
  return plan.priorWeight == 0 || plan.essShare == 0 ? <f32>plan.candidates : temper(plan, s, 0, 1, size);
}

/** The weights of a plan at a share k of its scores. @returns (Σ w)² / Σ w² */
function temper(plan: Plan, s: usize, k: f32, temperature: f32, size: usize): f32 {
  const weights = plan.weights + s * size, scores = plan.scores + s * size;
  if (plan.priorWeight == 0) return soften(weights, scores, k / temperature, size);
  const ratios = plan.priorRatios + s * size;
  if (k == 0) return soften(weights, ratios, plan.priorWeight, size);
  const targets = plan.targets + s * size;
  addWeightedRatios(targets, scores, ratios, plan.priorWeight * (temperature / k), size);
  return soften(weights, targets, k / temperature, size);
}

/** η of a plan; written to `temperatures` where the dual finds it. */
function temperatureOf(plan: Plan, s: usize, size: usize): f32 {
  if (plan.klBudget == 0) return plan.temperature;
  const ratios = plan.priorWeight == 0 ? <usize>0 : plan.priorRatios + s * size;
  const eta = dualTemperature(
    plan.scores + s * size, ratios, plan.priorWeight, plan.klBudget, plan.temperature, size,
  );
  store<f32>(plan.temperatures + s * F32, eta);
  return eta;
}

/** max_n scores[n] */
function highest(scores: usize, size: usize): f32 {
  let top = v128.load(scores);
  for (let n: usize = VEC; n < size; n += VEC) top = f32x4.max(top, v128.load(scores + n));
  return max(
    max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)),
    max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)),
  );
}

/** w[n] = exp(factor (x[n] − max x)) / Σ. @returns (Σ w)² / Σ w² */
function soften(weights: usize, x: usize, factor: f32, size: usize): f32 {
  const top = f32x4.splat(highest(x, size)), scale = f32x4.splat(factor);
  let total = f32x4.splat(0), squares = f32x4.splat(0);
  for (let n: usize = 0; n < size; n += VEC) {
    const w = expShared(f32x4.mul(scale, f32x4.sub(v128.load(x + n), top)));
    total = f32x4.add(total, w);
    squares = f32x4.add(squares, f32x4.mul(w, w));
    v128.store(weights + n, w);
  }
  const sum = sumOf(total);
  const inverse = f32x4.splat(1 / sum);
  for (let n: usize = 0; n < size; n += VEC) v128.store(weights + n, f32x4.mul(v128.load(weights + n), inverse));
  return sum * sum / sumOf(squares);
}

/** Σ_n w[n] score[n] */
function average(weights: usize, scores: usize, size: usize): f32 {
  let sum = f32x4.splat(0);
  for (let n: usize = 0; n < size; n += VEC) sum = f32x4.add(sum, f32x4.mul(v128.load(weights + n), v128.load(scores + n)));
  return sumOf(sum);
}
