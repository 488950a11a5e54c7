import { logVarianceLanes } from "../density/gaussianHead";
import { ensembleLogLikelihoodRatio } from "../information/ensembleLogLikelihoodRatio";
import { expLanes } from "../math/exp";
import { sigmoidLanes } from "../math/sigmoid";
import { tanhLanes } from "../math/tanh";
import { F32, ROW, TILE, VEC } from "../memory";
import { mlpPredict } from "../nn/mlp";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import { actionsAt, headRows, keepState, MEMBER, MODEL, Plan, RATIO } from "./plan";
import { proposeByHabit } from "./propose";

const BOUND: f32 = 8; // states stay within 8 standard deviations of the experience

/**
 * Scores every candidate by simulating the model: L̂ of `plan.ts`, discounted, over a finite horizon, and completed by V.
 *
 *   score = mean over particles of Σ_{τ<H} γ^τ alive_τ (r_τ + β ratio_τ) + γ^H alive_H V(x_H),   alive_τ = Π_{i<τ} (1 − p_end,i)
 *
 * Without information, particle k follows one member of the ensemble over the whole horizon. With information, one
 * stream per candidate: all members predict at its state, the reward is their mean, the next state a random member's.
 *
 * A tile depends on no other: whoever simulates it, and after which, its draws are keyed by its number.
 *
 * @param plan   a `Plan`; `scores` of the tiles are written, and the actions of the habit's candidates
 * @param first  first tile, < `tilesOf(plan)`
 * @param end    one more than the last
 */
export function rollout(plan: usize, first: usize, end: usize): void {
  const p = changetype<Plan>(plan);
  const share = f32x4.splat(<f32>1 / <f32>p.particles);
  for (let tile = first; tile < end; tile++) {
    const scores = p.scores + tile * ROW;
    memory.fill(scores, 0, ROW);
    for (let particle: usize = 0; particle < p.particles; particle++) {
      simulate(p, tile, particle);
      // score[n] += gain[n] / particles
      for (let n: usize = 0; n < ROW; n += VEC) {
        const gain = f32x4.mul(share, v128.load(gainRow(p) + n));
        v128.store(scores + n, f32x4.add(v128.load(scores + n), gain));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function ratioRow(plan: Plan): usize {
  return plan.rows;
}
// @ts-ignore: decorator
@inline
function aliveRow(plan: Plan): usize {
  return plan.rows + ROW;
}
// @ts-ignore: decorator
@inline
function gainRow(plan: Plan): usize {
  return plan.rows + 2 * ROW;
}
// @ts-ignore: decorator
@inline
function rewardRow(plan: Plan): usize {
  return plan.rows + 3 * ROW;
}
// @ts-ignore: decorator
@inline
function endingRow(plan: Plan): usize {
  return plan.rows + 4 * ROW;
}

/** One particle of every candidate of a tile over the whole horizon; leaves its gain. */
function simulate(plan: Plan, tile: usize, particle: usize): void {
  const member = (particle + plan.firstMember) % plan.members;
  const parameters = plan.modelParameters + member * plan.modelStride;
  let weight: f32 = 1;
  loadStates(plan, tile);
  if (particle == 0) keepState(plan, tile, 0, plan.input);
  for (let n: usize = 0; n < ROW; n += VEC) {
    v128.store(aliveRow(plan) + n, f32x4.splat(1));
    v128.store(gainRow(plan) + n, f32x4.splat(0));
    v128.store(ratioRow(plan) + n, f32x4.splat(0));
  }
  for (let time: usize = 0; time < plan.horizon; time++) {
    if (particle == 0 && plan.habitCandidates > 0) proposeByHabit(plan, tile, time);
    loadActions(plan, actionsAt(plan, tile, time));
    const clock = <u32>(tile * plan.horizon + time);
    let head = plan.heads;
    if (plan.usesInformation) {
      head = predictByEnsemble(plan, clock);
    } else {
      mlpPredict(head, plan.input, plan.hidden, parameters, plan.modelShape, 1);
      readReward(plan, head, 1);
    }
    collect(plan, weight);
    advance(plan, head, clock, particle);
    if (particle == 0) keepState(plan, tile, time + 1, plan.input);
    weight *= plan.discount;
  }
  if (plan.usesValue) collectValue(plan, weight);
}

/** x̂ = (x − shift) · scale for the starts of a tile's lanes. */
function loadStates(plan: Plan, tile: usize): void {
  const D = plan.observationSize;
  for (let n: usize = 0; n < TILE; n += 4) {
    const index = min<usize>((tile * TILE + n) / plan.candidates, plan.plans - 1);
    const start = plan.starts + index * D * F32;
    for (let d: usize = 0; d < D; d++) {
      const centred = load<f32>(start + d * F32) - load<f32>(plan.shift + d * F32);
      v128.store(plan.input + d * ROW + n * F32, clip(f32x4.splat(centred * load<f32>(plan.scale + d * F32))));
    }
  }
}

// @ts-ignore: decorator
@inline
function clip(x: v128): v128 {
  return f32x4.min(f32x4.splat(BOUND), f32x4.max(f32x4.splat(-BOUND), x));
}

/** The model's action inputs: a = tanh u, or the one-hot. */
export function loadActions(plan: Plan, actions: usize): void {
  const to = plan.input + plan.observationSize * ROW;
  const size = plan.actionSize * ROW;
  if (plan.isDiscrete) memory.copy(to, actions, size);
  else for (let i: usize = 0; i < size; i += VEC) v128.store(to + i, tanhLanes(v128.load(actions + i)));
}

/**
 * The predicted reward and probability of ending, averaged over `count` heads.
 *
 *   r = (1 − p_end) (mean + std m_D) + p_end (endingMean + endingStd v),   kept within the range of what was seen
 */
function readReward(plan: Plan, heads: usize, count: usize): void {
  const D = plan.observationSize, stride = headRows(plan) * ROW;
  const inverse = f32x4.splat(<f32>1 / <f32>count);
  const low = f32x4.splat(plan.rewardLow), high = f32x4.splat(plan.rewardHigh);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let reward = f32x4.splat(0), ending = f32x4.splat(0);
    for (let head = heads + n; head < heads + count * stride; head += stride) {
      let expected = affine(plan.rewardMean, plan.rewardStd, v128.load(head + D * ROW));
      if (plan.usesTermination) {
        const end = head + 2 * (D + 1) * ROW;
        const p = sigmoidLanes(v128.load(end));
        const brought = affine(plan.endingMean, plan.endingStd, v128.load(end, 128));
        expected = f32x4.add(expected, f32x4.mul(p, f32x4.sub(brought, expected)));
        ending = f32x4.add(ending, p);
      }
      reward = f32x4.add(reward, expected);
    }
    v128.store(rewardRow(plan) + n, f32x4.min(high, f32x4.max(low, f32x4.mul(reward, inverse))));
    v128.store(endingRow(plan) + n, f32x4.mul(ending, inverse));
  }
}

/** mean + std · x */
// @ts-ignore: decorator
@inline
function affine(mean: f32, std: f32, x: v128): v128 {
  return f32x4.add(f32x4.splat(mean), f32x4.mul(f32x4.splat(std), x));
}

/** All members at the same states: mean reward, ratio, and what `advance` reads of a random member's head a lane; returned. */
function predictByEnsemble(plan: Plan, clock: u32): usize {
  const E = plan.members, D = plan.observationSize, rows = headRows(plan);
  const stride = rows * ROW, chosen = plan.heads + E * stride;
  for (let e: usize = 0; e < E; e++) {
    const parameters = plan.modelParameters + e * plan.modelStride;
    mlpPredict(plan.heads + e * stride, plan.input, plan.hidden, parameters, plan.modelShape, 1);
  }
  readReward(plan, plan.heads, E);
  normal(plan.noise, plan.seedLow, plan.seedHigh, plan.stream + RATIO, clock, plan.step, E * (D + 1) * TILE);
  ensembleLogLikelihoodRatio(
    ratioRow(plan), plan.heads, plan.noise, plan.ratioWorkspace, plan.likelihoodNoise, E, D + 1, rows,
  );
  // member[n] = ⌊E · uniform[n]⌋
  uniform(plan.noise, plan.seedLow, plan.seedHigh, plan.stream + MEMBER, clock, plan.step, TILE);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const member = f32x4.floor(f32x4.mul(f32x4.splat(<f32>E), v128.load(plan.noise + n)));
    for (let row: usize = n; row < (2 * D + 1) * ROW; row += ROW) {
      let value = v128.load(plan.heads + row);
      for (let e: usize = 1; e < E; e++) {
        const isMember = f32x4.eq(member, f32x4.splat(<f32>e));
        value = v128.bitselect(v128.load(plan.heads + e * stride + row), value, isMember);
      }
      v128.store(chosen + row, value);
    }
  }
  return chosen;
}

/** gain[n] += γ^τ alive[n] (r[n] + β ratio[n]);   alive[n] ← alive[n] (1 − p_end[n]) */
function collect(plan: Plan, weight: f32): void {
  const beta = f32x4.splat(plan.informationWeight), factor = f32x4.splat(weight), one = f32x4.splat(1);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const alive = v128.load(aliveRow(plan) + n), gain = gainRow(plan) + n;
    const gained = f32x4.add(v128.load(rewardRow(plan) + n), f32x4.mul(beta, v128.load(ratioRow(plan) + n)));
    v128.store(gain, f32x4.add(v128.load(gain), f32x4.mul(f32x4.mul(factor, alive), gained)));
    v128.store(aliveRow(plan) + n, f32x4.mul(alive, f32x4.sub(one, v128.load(endingRow(plan) + n))));
  }
}

/** x̂_d ← clip(x̂_d + stepScale_d (m_d + s_d ε_d)); without noise ε = 0 */
export function advance(plan: Plan, head: usize, clock: u32, particle: usize): void {
  const D = plan.observationSize;
  const y = (D + 1) * ROW, half = f32x4.splat(0.5);
  if (plan.usesNoise)
    normal(plan.noise, plan.seedLow, plan.seedHigh, plan.stream + MODEL + <u32>particle, clock, plan.step, D * TILE);
  for (let d: usize = 0; d < D; d++) {
    const scale = v128.load32_splat(plan.stepScale + d * F32);
    for (let i = d * ROW; i < (d + 1) * ROW; i += VEC) {
      let change = v128.load(head + i);
      if (plan.usesNoise) {
        // s = exp(½ log s²)
        const std = expLanes(f32x4.mul(half, logVarianceLanes(v128.load(head + y + i))));
        change = f32x4.add(change, f32x4.mul(std, v128.load(plan.noise + i)));
      }
      const state = plan.input + i;
      v128.store(state, clip(f32x4.add(v128.load(state), f32x4.mul(scale, change))));
    }
  }
}

/** gain[n] += γ^H alive[n] V(x_H) */
function collectValue(plan: Plan, weight: f32): void {
  mlpPredict(plan.heads, plan.input, plan.hidden, plan.valueParameters, plan.valueShape, 1);
  const factor = f32x4.splat(weight);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const gain = gainRow(plan) + n;
    const later = affine(plan.valueShift, plan.valueScale, v128.load(plan.heads + n));
    const value = f32x4.mul(factor, f32x4.mul(v128.load(aliveRow(plan) + n), later));
    v128.store(gain, f32x4.add(v128.load(gain), value));
  }
}
