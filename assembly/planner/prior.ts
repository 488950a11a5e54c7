import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { F32, ROW, TILE, VEC } from "../memory";
import { actionsAt, persistenceOf, Plan, sizeOf } from "./plan";

/**
 * Adds the log-ratio of one step's actions under the action prior and under what proposed them.
 *
 *   ratio[n] += log p_a(a_τ) − log proposal(a_τ | a_{τ−1})
 *
 * The prior is N(0, priorStd²) of u, or the probabilities of `prior`. The proposal is that of `propose`: with noise that
 * persists its density given the step before, whose product over steps is the density of the sequence; discrete actions
 * must be proposed without persistence.
 *
 * @param ratio  [TILE]  accumulated into
 */
export function addPriorRatio(plan: Plan, ratio: usize, tile: usize, time: usize): void {
  for (let n: usize = 0; n < TILE; n += 4) {
    const lane = tile * TILE + n;
    if (lane >= plan.plans * plan.candidates) return;
    const step = (lane / plan.candidates * plan.horizon + time) * plan.actionSize * F32;
    const to = ratio + n * F32, actions = actionsAt(plan, tile, time) + n * F32;
    const rho = persistenceOf(plan, lane);
    const before: usize = time == 0 || rho == 0 ? 0 : actionsAt(plan, tile, time - 1) + n * F32;
    const term = plan.isDiscrete
      ? choicesRatio(plan, actions, plan.mean + step)
      : continuousRatio(plan, actions, before, step, rho);
    v128.store(to, f32x4.add(v128.load(to), term));
  }
}

/** Σ_g log prior[k] − log((1 − b) p[k] + b / n) of the chosen k of each group, n its choices */
function choicesRatio(plan: Plan, actions: usize, probabilities: usize): v128 {
  let total = f32x4.splat(0), k: usize = 0;
  for (let g: usize = 0; g < plan.groups; g++) {
    const size = sizeOf(plan, g);
    let ratio = f32x4.splat(0);
    for (const end = k + size; k < end; k++) {
      const prior: f32 = plan.prior ? load<f32>(plan.prior + k * F32) : 1 / <f32>size;
      const proposed = mixedProbability(plan, load<f32>(probabilities + k * F32), size);
      const term = f32x4.splat(<f32>Math.log(prior / proposed));
      ratio = v128.bitselect(term, ratio, f32x4.gt(v128.load(actions + k * ROW), f32x4.splat(0)));
    }
    total = f32x4.add(total, ratio);
  }
  return total;
}

/** (1 − b) p + b / n for one of n choices */
// @ts-ignore: decorator
@inline
export function mixedProbability(plan: Plan, p: f32, choices: usize): f32 {
  return (1 - plan.broadShare) * p + plan.broadShare / <f32>choices;
}

/**
 * Σ_a log N(u; 0, priorStd²) − log[ (1 − b) Π_a N(ξ_a; 0, 1) / s_a + b Π_a N(u_a; 0, broadStd²) ]
 *
 *   ξ = (ε_τ − ρ ε_{τ−1}) / √(1 − ρ²),   ε = (u − μ) / σ,   s = σ √(1 − ρ²);   ξ = ε and s = σ where nothing persists
 */
function continuousRatio(plan: Plan, actions: usize, before: usize, step: usize, rho: f32): v128 {
  const fresh: f32 = before ? sqrt<f32>(1 - rho * rho) : 1;
  let prior = f32x4.splat(0), narrow = f32x4.splat(0), broad = f32x4.splat(0);
  for (let a: usize = 0; a < plan.actionSize; a++) {
    const mean = plan.mean + step + a * F32, std = plan.std + step + a * F32;
    const u = v128.load(actions + a * ROW);
    let noise = scaled(u, load<f32>(mean), load<f32>(std));
    if (before) {
      const back = plan.actionSize * F32;
      const last = scaled(v128.load(before + a * ROW), load<f32>(mean - back), load<f32>(std - back));
      noise = f32x4.sub(noise, f32x4.mul(f32x4.splat(rho), last));
      noise = f32x4.mul(noise, f32x4.splat(1 / fresh));
    }
    prior = f32x4.add(prior, logDensity(scaled(u, 0, plan.priorStd), plan.priorStd));
    narrow = f32x4.add(narrow, logDensity(noise, load<f32>(std) * fresh));
    if (plan.broadShare > 0) broad = f32x4.add(broad, logDensity(scaled(u, 0, plan.broadStd), plan.broadStd));
  }
  if (plan.broadShare > 0) narrow = mixed(narrow, broad, plan.broadShare);
  return f32x4.sub(prior, narrow);
}

/** (u − mean) / std */
function scaled(u: v128, mean: f32, std: f32): v128 {
  return f32x4.div(f32x4.sub(u, f32x4.splat(mean)), f32x4.splat(std));
}

/** −½ z² − log std, up to log √2π */
function logDensity(z: v128, std: f32): v128 {
  const half = f32x4.mul(f32x4.splat(0.5), f32x4.mul(z, z));
  return f32x4.neg(f32x4.add(half, f32x4.splat(<f32>Math.log(std))));
}

/** log[ (1 − share) exp x + share exp y ] */
function mixed(x: v128, y: v128, share: f32): v128 {
  const top = f32x4.max(x, y);
  const kept = f32x4.mul(f32x4.splat(1 - share), expShared(f32x4.sub(x, top)));
  const added = f32x4.mul(f32x4.splat(share), expShared(f32x4.sub(y, top)));
  return f32x4.add(top, logShared(f32x4.add(kept, added)));
}

/** The ratios of complete sequences: `priorRatios` of every lane, written. */
export function sumPriorRatios(plan: Plan, tiles: usize): void {
  memory.fill(plan.priorRatios, 0, tiles * ROW);
  for (let tile: usize = 0; tile < tiles; tile++) {
    const ratio = plan.priorRatios + tile * ROW;
    for (let time: usize = 0; time < plan.horizon; time++) addPriorRatio(plan, ratio, tile, time);
  }
}

/** targets[n] = scores[n] + factor · ratio[n] over `size` bytes */
export function addWeightedRatios(targets: usize, scores: usize, ratios: usize, factor: f32, size: usize): void {
  const scale = f32x4.splat(factor);
  for (let n: usize = 0; n < size; n += VEC) {
    const added = f32x4.mul(scale, v128.load(ratios + n));
    v128.store(targets + n, f32x4.add(v128.load(scores + n), added));
  }
}
