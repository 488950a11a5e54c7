import { expShared } from "../math/exp";
import { F32, VEC } from "../memory";
import { Plan } from "./plan";
import { addWeightedRatios } from "./prior";
import { dualTemperature, sumOf } from "./temperature";

const BISECTIONS: i32 = 24;
const OCTAVES: f32 = 0.000244140625; // 2⁻¹²: k is first found to lie within so many, whatever the unit of the scores
const LEAST: f32 = 1e-34; // below it no k is looked for

/**
 * Weights of the candidates, tempered until enough of them count.
 *
 *   w ∝ exp(k (score / η + κ ratio)),   k = the largest in [0, 1] with (Σ w)² / Σ w² ≥ essShare · C
 *
 * from below, to 2⁻¹² of itself and to 2⁻²⁴; halvings begin where k lies, so that scores may have any unit.
 *
 * ratio = log p_a − log proposal of the sequence; η is the plan's, or with a `klBudget` that of `dualTemperature`.
 *
 * @param plan  a `Plan`; its `weights` (sum to one per plan) and `info` are written
 */
export function weigh(plan: usize): void {
  const p = changetype<Plan>(plan);
  const size = p.candidates * F32;
  const enough = p.essShare * <f32>p.candidates;
  for (let s: usize = 0; s < p.plans; s++) {
    const scores = p.scores + s * size, weights = p.weights + s * size, info = p.info + s * VEC;
    const temperature = temperatureOf(p, s, size);
    let targets = scores;
    if (p.priorWeight != 0) {
      targets = p.targets + s * size;
      addWeightedRatios(targets, scores, p.priorRatios + s * size, p.priorWeight * temperature, size);
    }
    const top = highest(targets, size);
    let k: f32 = 1;
    let ess = temper(weights, targets, top, k / temperature, size);
    if (ess < enough) {
      let low: f32 = 0, high: f32 = 1;
      while (high > LEAST && temper(weights, targets, top, OCTAVES * high / temperature, size) < enough) high *= OCTAVES;
      for (let i = 0; i < BISECTIONS; i++) {
        k = 0.5 * (low + high);
        if (temper(weights, targets, top, k / temperature, size) < enough) high = k;
        else low = k;
      }
      k = low;
      ess = temper(weights, targets, top, k / temperature, size);
    }
    store<f32>(info, average(weights, scores, size));
    store<f32>(info, k, 4);
    store<f32>(info, ess, 8);
    store<f32>(info, highest(scores, size), 12);
  }
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

/** w[n] = exp(factor (score[n] − top)) / Σ. @returns (Σ w)² / Σ w² */
function temper(weights: usize, scores: usize, top: f32, factor: f32, size: usize): f32 {
  const highestScore = f32x4.splat(top), scale = f32x4.splat(factor);
  let total = f32x4.splat(0), squares = f32x4.splat(0);
  for (let n: usize = 0; n < size; n += VEC) {
    const w = expShared(f32x4.mul(scale, f32x4.sub(v128.load(scores + n), highestScore)));
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
