import { tanhLanes } from "../math/tanh";
import { F32, ROW, TILE } from "../memory";
import { Guide, habitLogits } from "../nn/guide";
import { featuresOf } from "./advanceCloud";
import { enterBelief } from "./cloud";
import { actionsAt, Plan, tilesOf } from "./plan";
import { addPriorRatio } from "./prior";

/*
 * The habit as the action prior in the weights, of the first action alone. Actions are compared at the habit's own
 * resolution, its bins: there the habit and what proposed the candidates have probabilities, and the tanh no Jacobian.
 */

// rows of `firstPriors`, [plans][groups][ROWS][bins]: logarithms of probabilities
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
    const logits = habitLogits(guide, featuresOf(p, p.clouds)) + lane % TILE * F32;
    for (let g: usize = 0; g < groupsOf(p); g++) {
      const from = logits + g * p.bins * ROW, to = rowOf(p, s, g, HABIT);
      let top: f64 = -Infinity, total: f64 = 0;
      for (let k: usize = 0; k < p.bins; k++) top = max(top, <f64>load<f32>(from + k * ROW));
      for (let k: usize = 0; k < p.bins; k++) total += Math.exp(<f64>load<f32>(from + k * ROW) - top);
      const logTotal = top + Math.log(total);
      for (let k: usize = 0; k < p.bins; k++) store<f32>(to + k * F32, <f32>(<f64>load<f32>(from + k * ROW) - logTotal));
    }
  }
}

/**
 * Log-ratios of the first actions under the action prior and under what proposed them, in `priorRatios`.
 *
 *   ratio_n = log p̃(a_n) − log g(a_n),   p̃ = m habit + (1 − m) broad,   g = c habit + (1 − c) plan
 *
 * m is `habitMass`, c = habitCandidates / C; each is a product over dimensions of probabilities of bins, broad that of
 * tanh u with u ∼ N(0, 1), or uniform. While the habit is in neither, the ratio is that of the densities, N(u; 0, 1) / N(u; μ, σ).
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
    for (let g: usize = 0; g < groupsOf(p); g++) writeProposal(p, s, g);
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
function groupsOf(plan: Plan): usize {
  return plan.isDiscrete ? 1 : plan.actionSize;
}

// @ts-ignore: decorator
@inline
function rowOf(plan: Plan, s: usize, group: usize, row: usize): usize {
  return plan.firstPriors + ((s * groupsOf(plan) + group) * ROWS + row) * plan.bins * F32;
}

/** log P(bin) of one dimension of the broad distribution, and of the plan. */
function writeProposal(plan: Plan, s: usize, group: usize): void {
  const bins = plan.bins, broad = rowOf(plan, s, group, BROAD), to = rowOf(plan, s, group, PROPOSED);
  if (plan.isDiscrete) {
    const probabilities = plan.mean + s * plan.horizon * plan.actionSize * F32;
    for (let k: usize = 0; k < bins; k++) {
      store<f32>(broad + k * F32, <f32>-Math.log(<f64>bins));
      store<f32>(to + k * F32, <f32>logOf(load<f32>(probabilities + k * F32)));
    }
    return;
  }
  const place = (s * plan.horizon * plan.actionSize + group) * F32;
  writeMasses(broad, 0, 1, bins);
  writeMasses(to, load<f32>(plan.mean + place), load<f32>(plan.std + place), bins);
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

/** Σ over dimensions of the log-probability of a lane's first action. */
function logProbability(plan: Plan, s: usize, lane: usize, row: usize): f64 {
  const actions = actionsAt(plan, lane / TILE, 0) + lane % TILE * F32;
  if (plan.isDiscrete) {
    let chosen: usize = 0;
    for (let k: usize = 1; k < plan.actionSize; k++) if (load<f32>(actions + k * ROW) > 0) chosen = k;
    return load<f32>(rowOf(plan, s, 0, row) + chosen * F32);
  }
  let sum: f64 = 0;
  for (let a: usize = 0; a < plan.actionSize; a++)
    sum += load<f32>(rowOf(plan, s, a, row) + binOf(load<f32>(actions + a * ROW), plan.bins) * F32);
  return sum;
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
