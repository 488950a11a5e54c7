import { tanhLanes } from "../math/tanh";
import { F32, ROW, TILE } from "../memory";
import { Guide, habitLogits } from "../nn/guide";
import { featuresOf } from "./advanceCloud";
import { enterBelief } from "./cloud";
import { maskOf } from "./mask";
import { actionsAt, labelSize, Plan, sizeOf, tilesOf } from "./plan";
import { addPriorRatio } from "./prior";

/*
 * The habit as the action prior in the weights, of the first action alone. Actions are compared at the habit's own
 * resolution, its bins: there the habit and what proposed the candidates have probabilities, and the tanh no Jacobian.
 */

// rows of `firstPriors`, [plans][ROWS][Σ sizes]: logarithms of probabilities
const HABIT: usize = 0;
const BROAD: usize = 1;
const PROPOSED: usize = 2;
const ROWS: usize = 3;

const LEAST: f64 = 1e-30; // a probability below is taken for this one

/**
 * Reads the habit where plans begin: once a search, for its first actions alone are weighed.
 *
 * @param plan  a `Plan` with a guide; the habit's rows of `firstPriors` are written
 */
export function askHabit(plan: usize): void {
  const p = changetype<Plan>(plan), guide = changetype<Guide>(p.guide);
  for (let s: usize = 0; s < p.plans; s++) {
    const lane = s * p.candidates;
    enterBelief(p, p.clouds, lane / TILE);
    let logits = habitLogits(guide, featuresOf(p, p.clouds)) + lane % TILE * F32;
    let to = rowOf(p, s, HABIT), mask = maskOf(p, s);
    for (let g: usize = 0; g < p.groups; g++) {
      const bins = sizeOf(p, g);
      let top: f64 = -Infinity, total: f64 = 0;
      for (let k: usize = 0; k < bins; k++) if (isAllowed(mask, k)) top = max(top, <f64>load<f32>(logits + k * ROW));
      for (let k: usize = 0; k < bins; k++) if (isAllowed(mask, k)) total += Math.exp(<f64>load<f32>(logits + k * ROW) - top);
      const logTotal = top + Math.log(total);
      for (let k: usize = 0; k < bins; k++) store<f32>(to + k * F32, <f32>(<f64>load<f32>(logits + k * ROW) - logTotal));
      logits += bins * ROW;
      to += bins * F32;
      if (mask) mask += bins * F32;
    }
  }
}

// @ts-ignore: decorator
@inline
function isAllowed(mask: usize, k: usize): bool {
  return mask == 0 || load<f32>(mask + k * F32) != 0;
}

/**
 * Log-ratios of the first actions under the action prior and under what proposed them, in `priorRatios`.
 *
 *   ratio_n = log p̃(a_n) − log g(a_n),   p̃ = m habit + (1 − m) broad,   g = c habit + (1 − c) plan
 *
 * m is `habitMass`, c = habitCandidates / C; each is a product over dimensions of probabilities of bins, or over groups of those of
 * allowed choices; broad that of tanh u with u ∼ N(0, 1), or uniform. While the habit is in neither, the ratio is that of the densities, N(u; 0, 1) / N(u; μ, σ).
 *
 * @param plan  a `Plan`, after `askHabit` where the habit is in use; its `priorRatios` are written
 */
export function weighFirstActions(plan: usize): void {
  const p = changetype<Plan>(plan), tiles = tilesOf(p);
  memory.fill(p.priorRatios, 0, tiles * ROW);
  if (p.habitMass == 0 && p.habitCandidates == 0) {
    for (let tile: usize = 0; tile < tiles; tile++) addPriorRatio(p, p.priorRatios + tile * ROW, tile, 0);
    return;
  }
  const share = <f64>p.habitCandidates / <f64>p.candidates;
  for (let s: usize = 0; s < p.plans; s++) {
    writeProposal(p, s);
    for (let lane = s * p.candidates; lane < (s + 1) * p.candidates; lane++) {
      const habit = logProbability(p, s, lane, HABIT);
      const prior = mixed(habit, logProbability(p, s, lane, BROAD), <f64>p.habitMass);
      const proposed = mixed(habit, logProbability(p, s, lane, PROPOSED), share);
      store<f32>(p.priorRatios + lane * F32, <f32>(prior - proposed));
    }
  }
}

// @ts-ignore: decorator
@inline
function rowOf(plan: Plan, s: usize, row: usize): usize {
  return plan.firstPriors + (s * ROWS + row) * labelSize(plan) * F32;
}

/** log P(bin) of the broad distribution, and of the plan. */
function writeProposal(plan: Plan, s: usize): void {
  let broad = rowOf(plan, s, BROAD), to = rowOf(plan, s, PROPOSED), mask = maskOf(plan, s);
  const first = s * plan.horizon * plan.actionSize * F32;
  if (!plan.isDiscrete) {
    for (let a: usize = 0; a < plan.actionSize; a++) {
      const bins = sizeOf(plan, a), place = first + a * F32;
      writeMasses(broad, 0, 1, bins);
      writeMasses(to, load<f32>(plan.mean + place), load<f32>(plan.std + place), bins);
      broad += bins * F32;
      to += bins * F32;
    }
    return;
  }
  let probabilities = plan.mean + first;
  for (let g: usize = 0; g < plan.groups; g++) {
    const size = sizeOf(plan, g);
    let allowed: usize = 0;
    for (let k: usize = 0; k < size; k++) allowed += usize(isAllowed(mask, k));
    for (let k: usize = 0; k < size; k++, broad += F32, to += F32, probabilities += F32) {
      store<f32>(broad, <f32>-Math.log(<f64>allowed));
      store<f32>(to, <f32>logOf(load<f32>(probabilities)));
    }
    if (mask) mask += size * F32;
  }
}

/** out[k] = log P(tanh u lies nearest to centre k), u ∼ N(mean, std²) */
function writeMasses(out: usize, mean: f64, std: f64, bins: usize): void {
  let below: f64 = 0;
  for (let k: usize = 0; k < bins; k++, out += F32) {
    // the edge above centre k: a = −1 + (2k + 1) / (bins − 1), u = artanh a
    const a = -1 + <f64>(2 * k + 1) / <f64>(bins - 1);
    const next = k + 1 == bins ? 1 : cumulative((0.5 * Math.log((1 + a) / (1 - a)) - mean) / std);
    store<f32>(out, <f32>logOf(next - below));
    below = next;
  }
}

// @ts-ignore: decorator
@inline
function logOf(probability: f64): f64 {
  return Math.log(max(probability, LEAST));
}

/** Σ over groups of the log-probability of a lane's first action. */
function logProbability(plan: Plan, s: usize, lane: usize, row: usize): f64 {
  const actions = actionsAt(plan, lane / TILE, 0) + lane % TILE * F32, from = rowOf(plan, s, row);
  let sum: f64 = 0, first: usize = 0;
  for (let g: usize = 0; g < plan.groups; g++) {
    const bins = sizeOf(plan, g);
    const bin = plan.isDiscrete ? chosenOf(actions + first * ROW, bins) : binOf(load<f32>(actions + g * ROW), bins);
    sum += load<f32>(from + (first + bin) * F32);
    first += bins;
  }
  return sum;
}

/** The choice of a one-hot. */
function chosenOf(oneHot: usize, bins: usize): usize {
  let chosen: usize = 0;
  for (let k: usize = 1; k < bins; k++) if (load<f32>(oneHot + k * ROW) > 0) chosen = k;
  return chosen;
}

/** The centre nearest to tanh u. */
function binOf(u: f32, bins: usize): usize {
  const a = f32x4.extract_lane(tanhLanes(f32x4.splat(u)), 0);
  return min<usize>(<usize>((a + 1) * 0.5 * <f32>(bins - 1) + 0.5), bins - 1);
}

/** log( share eˣ + (1 − share) eʸ ) */
function mixed(x: f64, y: f64, share: f64): f64 {
  const top = max(x, y);
  return top + Math.log(share * Math.exp(x - top) + (1 - share) * Math.exp(y - top));
}

/**
 * P(ξ < z), ξ ∼ N(0, 1).
 *
 *   domain     every z
 *   max error  7.5e-8 (Abramowitz & Stegun 1964, 26.2.17)
 *   special    ±∞ give 1 and 0
 */
function cumulative(z: f64): f64 {
  const size = Math.abs(z), t = 1 / (1 + 0.2316419 * size);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = 0.3989422804014327 * Math.exp(-0.5 * z * z) * sum; // 1 / √2π
  return z < 0 ? above : 1 - above;
}
