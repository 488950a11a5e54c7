import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { F32, ROW, TILE, VEC } from "../memory";
import { Guide, guideValue } from "../nn/guide";
import { observationRows, statePitch } from "../simulation/model";
import { valueOf } from "../simulation/simulate";
import { modelOf, Plan } from "./plan";

/*
 * The M particles of the belief of every candidate of a tile, simulated in lockstep: particle k of all candidates at
 * once, with the candidates' own actions. A cloud is what lives on from step to step, in rows of TILE:
 *
 *   states [M][pad4(stateRows)],  alive [M],  gain [M],  w [M],  log w [M],  and when conditioning on the belief [M][M]:
 *   row k holds log w_j^(k), what the belief would be after the observations that truth k has made so far
 */

/** Whether the weights of every truth are kept. */
export function keepsBeliefs(plan: Plan): bool {
  return plan.usesInformation != 0 && plan.conditionsOnBelief != 0;
}

/** Predictions that a ratio compares. */
export function slotsOf(plan: Plan): usize {
  return plan.usesInformation ? (plan.conditionsOnBelief ? plan.particles : plan.contrasts + 1) : 1;
}

export function stateAt(plan: Plan, cloud: usize, k: usize): usize {
  return cloud + k * statePitch(modelOf(plan)) * ROW;
}
export function aliveAt(plan: Plan, cloud: usize, k: usize): usize {
  return stateAt(plan, cloud, plan.particles) + k * ROW;
}
export function gainAt(plan: Plan, cloud: usize, k: usize): usize {
  return aliveAt(plan, cloud, plan.particles) + k * ROW;
}
function weightAt(plan: Plan, cloud: usize, k: usize): usize {
  return gainAt(plan, cloud, plan.particles) + k * ROW;
}
function logWeightAt(plan: Plan, cloud: usize, k: usize): usize {
  return weightAt(plan, cloud, plan.particles) + k * ROW;
}
export function beliefOf(plan: Plan, cloud: usize, k: usize): usize {
  return logWeightAt(plan, cloud, plan.particles) + k * plan.particles * ROW;
}

/** Rows of a cloud. */
export function cloudRows(plan: usize): usize {
  const p = changetype<Plan>(plan);
  return beliefOf(p, 0, keepsBeliefs(p) ? p.particles : 0) / ROW;
}

// the rows of the workspace: reward, ending, ratio, log-density and normaliser of every slot, then the next state
export function slotRow(plan: Plan, kind: usize, slot: usize): usize {
  return plan.rows + (kind * slotsOf(plan) + slot) * ROW;
}
export const REWARD: usize = 0;
export const ENDING: usize = 1;
export const RATIOS: usize = 2;
export const LOG_DENSITY: usize = 3;
export const NORMALISER: usize = 4;
export const NEXT: usize = 5;

/** Rows of a plan's `rows`. */
export function rowCount(plan: usize): usize {
  const p = changetype<Plan>(plan);
  return NEXT * slotsOf(p) + statePitch(modelOf(p));
}

/** Rows of a plan's `heads`. */
export function headCount(plan: usize): usize {
  const p = changetype<Plan>(plan);
  return slotsOf(p) * observationRows(modelOf(p));
}

/** Puts the belief into the cloud of a tile: the particles of a lane's plan, all alive, with nothing gained. */
export function enterBelief(plan: Plan, cloud: usize, tile: usize): void {
  const M = plan.particles;
  memory.fill(gainAt(plan, cloud, 0), 0, M * ROW);
  for (let n: usize = 0; n < TILE; n += 4) {
    const index = min<usize>((tile * TILE + n) / plan.candidates, plan.plans - 1);
    enterParticles(plan, cloud + n * F32, index);
    enterWeights(plan, cloud + n * F32, index);
  }
  if (!keepsBeliefs(plan)) return;
  for (let k: usize = 0; k < M; k++) memory.copy(beliefOf(plan, cloud, k), logWeightAt(plan, cloud, 0), M * ROW);
}

/** z_k and alive_k of a plan's particles, at four lanes. */
function enterParticles(plan: Plan, cloud: usize, index: usize): void {
  const M = plan.particles, S = modelOf(plan).stateRows;
  let from = plan.beliefStates + index * M * S * F32;
  for (let k: usize = 0; k < M; k++) {
    const to = stateAt(plan, cloud, k);
    for (let d: usize = 0; d < S; d++, from += F32) v128.store(to + d * ROW, v128.load32_splat(from));
    v128.store(aliveAt(plan, cloud, k), f32x4.splat(1));
  }
}

/** w_k and log w_k of a plan's particles, at four lanes. */
function enterWeights(plan: Plan, cloud: usize, index: usize): void {
  const M = plan.particles, logWeights = plan.beliefLogWeights + index * M * F32;
  const areAlike = plan.beliefLogWeights == 0;
  const total: f32 = areAlike ? <f32>Math.log(<f64>M) : logTotal(logWeights, M);
  for (let k: usize = 0; k < M; k++) {
    const logWeight = f32x4.splat((areAlike ? 0 : load<f32>(logWeights + k * F32)) - total);
    const weight = areAlike ? f32x4.splat(<f32>1 / <f32>M) : expShared(logWeight);
    v128.store(weightAt(plan, cloud, k), weight);
    v128.store(logWeightAt(plan, cloud, k), logWeight);
  }
}

/** log Σ_k exp x[k], in f64 */
function logTotal(x: usize, M: usize): f32 {
  let top: f64 = -Infinity, sum: f64 = 0;
  for (let k: usize = 0; k < M; k++) top = max(top, <f64>load<f32>(x + k * F32));
  for (let k: usize = 0; k < M; k++) sum += Math.exp(<f64>load<f32>(x + k * F32) - top);
  return <f32>(top + Math.log(sum));
}

/** mean[d,n] = Σ_k w_k z_k[d,n]; [stateRows][TILE], written */
export function meanState(plan: Plan, cloud: usize, mean: usize): void {
  const size = modelOf(plan).stateRows * ROW;
  memory.fill(mean, 0, size);
  for (let k: usize = 0; k < plan.particles; k++) {
    const state = stateAt(plan, cloud, k), weights = weightAt(plan, cloud, k);
    for (let i: usize = 0; i < size; i += VEC)
      addShare(mean + i, v128.load(weights + (i & (ROW - 1))), v128.load(state + i));
  }
}

const LOWEST: f32 = -1e30; // where a running maximum starts, so that no −∞ is subtracted from another

/**
 * Scores of a tile's candidates from what their particles gained, with V at where they are.
 *
 *   g_k = gain[k] + weight · alive[k] V(z_k),   score = Σ_k w_k g_k,   or η log Σ_k w_k exp(g_k / η)
 *
 * @param scores  [TILE]  written
 * @param weight  γ^τ of the value
 */
export function scoreCloud(plan: Plan, cloud: usize, scores: usize, weight: f32): void {
  const M = plan.particles, factor = f32x4.splat(weight), inverse = f32x4.splat(1 / plan.temperature);
  const value = slotRow(plan, REWARD, 0), top = slotRow(plan, ENDING, 0);
  memory.fill(scores, 0, ROW);
  for (let n: usize = 0; n < ROW; n += VEC) v128.store(top + n, f32x4.splat(LOWEST));
  for (let k: usize = 0; k < M; k++) {
    if (plan.usesValue) valueAt(plan, value, stateAt(plan, cloud, k));
    const gains = gainAt(plan, cloud, k), alive = aliveAt(plan, cloud, k);
    const weights = weightAt(plan, cloud, k), logWeights = logWeightAt(plan, cloud, k);
    for (let n: usize = 0; n < ROW; n += VEC) {
      let gain = v128.load(gains + n);
      if (plan.usesValue) {
        const later = f32x4.mul(v128.load(alive + n), v128.load(value + n));
        gain = f32x4.add(gain, f32x4.mul(factor, later));
      }
      if (plan.usesEvidence) addExp(scores + n, top + n, v128.load(logWeights + n), f32x4.mul(gain, inverse));
      else addShare(scores + n, v128.load(weights + n), gain);
    }
  }
  if (!plan.usesEvidence) return;
  // score = η (top + log sum)
  for (let n: usize = 0; n < ROW; n += VEC) {
    const evidence = f32x4.add(v128.load(top + n), logShared(v128.load(scores + n)));
    v128.store(scores + n, f32x4.mul(f32x4.splat(plan.temperature), evidence));
  }
}

/**
 * Lets a share of what is alive end here, in the value: a sum over several horizons instead of the last alone.
 *
 *   gain[k] += share · weight · alive[k] V(z_k),   alive[k] ← (1 − share) alive[k]
 */
export function stopShare(plan: Plan, cloud: usize, weight: f32): void {
  const value = slotRow(plan, REWARD, 0);
  const stopped = f32x4.splat(plan.stopShare * weight), rest = f32x4.splat(1 - plan.stopShare);
  for (let k: usize = 0; k < plan.particles; k++) {
    valueAt(plan, value, stateAt(plan, cloud, k));
    for (let n: usize = 0; n < ROW; n += VEC) {
      const gain = gainAt(plan, cloud, k) + n, alive = aliveAt(plan, cloud, k) + n;
      const later = f32x4.mul(stopped, f32x4.mul(v128.load(alive), v128.load(value + n)));
      v128.store(gain, f32x4.add(v128.load(gain), later));
      v128.store(alive, f32x4.mul(v128.load(alive), rest));
    }
  }
}

/** value[n] = V(z[n]) of the guide, or of a known model. */
function valueAt(plan: Plan, value: usize, state: usize): void {
  if (plan.guide) guideValue(changetype<Guide>(plan.guide), value, state);
  else valueOf(modelOf(plan), value, state);
}

/** sum += w · x, where w > 0 */
// @ts-ignore: decorator
@inline
function addShare(sum: usize, weight: v128, x: v128): void {
  const share = v128.and(f32x4.gt(weight, f32x4.splat(0)), f32x4.mul(weight, x));
  v128.store(sum, f32x4.add(v128.load(sum), share));
}

/** Running log-sum-exp: sum · exp top gains w exp x, where w > 0 */
// @ts-ignore: decorator
@inline
function addExp(sum: usize, top: usize, logWeight: v128, x: v128): void {
  const isPossible = f32x4.gt(logWeight, f32x4.splat(-Infinity));
  const term = v128.bitselect(f32x4.add(logWeight, x), f32x4.splat(-Infinity), isPossible);
  const before = v128.load(top), highest = f32x4.max(before, term);
  const scaled = f32x4.mul(v128.load(sum), expShared(f32x4.sub(before, highest)));
  v128.store(sum, f32x4.add(scaled, expShared(f32x4.sub(term, highest))));
  v128.store(top, highest);
}
