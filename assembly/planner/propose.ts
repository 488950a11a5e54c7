import { actionOfBinLanes, argmax, sampleIndexLanes } from "../density/bins";
import { softmaxLanes } from "../density/categoricalHead";
import { PARTICLES } from "../linalg/fourRows";
import { tanhLanes } from "../math/tanh";
import { F32, pad4, ROW, TILE, VEC } from "../memory";
import { Guide, habitLogitsOf } from "../nn/guide";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import { forbidLanes, maskOf, restrictFirst } from "./mask";
import { actionsAt, HABIT, modelOf, persistenceOf, Plan, PROPOSAL, sizeOf, tilesOf } from "./plan";
import { mixedProbability, sumPriorRatios } from "./prior";

/**
 * Draws the candidates around the plan, with noise that persists from step to step; candidate 0 is the plan's centre.
 *
 *   continuous  u_τ = μ_τ + σ_τ ε_τ,   ε_τ = ρ ε_{τ−1} + √(1 − ρ²) ξ_τ,   ξ ∼ N(0, 1)
 *   discrete    a_τ one-hot ∼ p_τ by inversion of a uniform number, kept from step τ − 1 with probability ρ; each group alone
 *
 * The first step of a masked plan takes allowed choices alone (`mask.ts`).
 * With `broadShare` b a step is drawn from the broad distribution with probability b. With `priorWeight` the ratios of
 * the sequences under the action prior and under this proposal are written to `priorRatios`.
 * Every step alone has the plan's distribution; ρ, the candidates' `persistence`, makes sequences that go somewhere (Pinneri et al.
 * 2020, https://arxiv.org/abs/2008.06389).
 *
 * @param plan  a `Plan`; its `actions` are written, and the first step of a masked `mean`
 */
export function propose(plan: usize): void {
  const p = changetype<Plan>(plan);
  restrictFirst(p);
  const size = p.horizon * pad4(p.actionSize) * TILE;
  const tiles = tilesOf(p);
  for (let tile: usize = 0; tile < tiles; tile++) {
    const actions = actionsAt(p, tile, 0);
    const stream = p.stream + PROPOSAL;
    if (p.isDiscrete) uniform(actions, p.seedLow, p.seedHigh, stream, <u32>tile, p.step, size);
    else normal(actions, p.seedLow, p.seedHigh, stream, <u32>tile, p.step, size);
    if (p.broadShare > 0) uniform(p.noise, p.seedLow, p.seedHigh, p.stream + HABIT, <u32>tile, p.step, p.horizon * TILE);
    for (let n: usize = 0; n < TILE; n += 4) {
      const lane = tile * TILE + n;
      if (lane >= p.plans * p.candidates) break;
      if (p.isDiscrete) drawGroups(p, tile, n, lane);
      else for (let a: usize = 0; a < p.actionSize; a++) drawPath(p, tile, n, lane, a);
    }
  }
  if (p.priorWeight != 0 && !p.weighsHabit) sumPriorRatios(p, tiles);
}

// @ts-ignore: decorator
@inline
function isCentreOf(p: Plan, lane: usize): bool {
  return lane % p.candidates == 0 && !p.drawsCentre;
}

/** One dimension of four continuous sequences; `actions` holds ξ. */
function drawPath(p: Plan, tile: usize, n: usize, lane: usize, a: usize): void {
  const isCentre = isCentreOf(p, lane);
  const rho = persistenceOf(p, lane);
  const keep = f32x4.splat(rho), take = f32x4.splat(sqrt<f32>(1 - rho * rho));
  const first = (lane / p.candidates * p.horizon * p.actionSize + a) * F32;
  let noise = f32x4.splat(0);
  for (let time: usize = 0; time < p.horizon; time++) {
    const u = actionsAt(p, tile, time) + a * ROW + n * F32;
    const offset = first + time * p.actionSize * F32;
    const fresh = v128.load(u);
    noise = time == 0 ? fresh : f32x4.add(f32x4.mul(keep, noise), f32x4.mul(take, fresh));
    const std = v128.load32_splat(p.std + offset);
    let value = f32x4.add(v128.load32_splat(p.mean + offset), f32x4.mul(std, noise));
    if (p.broadShare > 0) {
      const isBroad = f32x4.lt(v128.load(p.noise + time * ROW + n * F32), f32x4.splat(p.broadShare));
      value = v128.bitselect(f32x4.mul(f32x4.splat(p.broadStd), fresh), value, isBroad);
    }
    if (isCentre) value = f32x4.replace_lane(value, 0, load<f32>(p.mean + offset));
    v128.store(u, value);
  }
}

/** The groups of four discrete sequences. */
function drawGroups(p: Plan, tile: usize, n: usize, lane: usize): void {
  let first: usize = 0;
  for (let g: usize = 0; g < p.groups; g++) {
    const size = sizeOf(p, g);
    drawSequence(p, tile, n, lane, first, size);
    first += size;
  }
}

/**
 * One group of four discrete sequences, choices `first` … `first + size − 1`; its first row of each step of `actions` holds
 * uniform numbers, its second decides to keep (of one choice nothing depends on).
 */
function drawSequence(p: Plan, tile: usize, n: usize, lane: usize, first: usize, size: usize): void {
  const isCentre = isCentreOf(p, lane);
  const keep = f32x4.splat(persistenceOf(p, lane));
  let draw = f32x4.splat(0);
  for (let time: usize = 0; time < p.horizon; time++) {
    const to = actionsAt(p, tile, time) + first * ROW + n * F32;
    const probabilities = p.mean + ((lane / p.candidates * p.horizon + time) * p.actionSize + first) * F32;
    const fresh = v128.load(to);
    draw = time == 0 ? fresh : v128.bitselect(draw, fresh, f32x4.lt(v128.load(to, ROW), keep));
    drawOneHot(p, to, probabilities, size, draw, isCentre);
  }
}

/**
 * a[k] ← [ P[k−1] ≤ draw < P[k] ] with P the cumulative of (1 − broadShare) p + broadShare / size, 1 from the last k that is
 * possible; in lane 0 of the centre the most probable.
 */
// @ts-ignore: decorator
@inline
function drawOneHot(p: Plan, a: usize, probabilities: usize, size: usize, draw: v128, isCentre: bool): void {
  const one = f32x4.splat(1);
  const best: usize = isCentre ? argmax(probabilities, size) : 0;
  let last = size - 1;
  while (last > 0 && mixedProbability(p, load<f32>(probabilities + last * F32), size) == 0) last--;
  let cumulative = f32x4.splat(0);
  let wasBelow = f32x4.splat(0);
  for (let k: usize = 0; k < size; k++, a += ROW) {
    cumulative = f32x4.add(cumulative, f32x4.splat(mixedProbability(p, load<f32>(probabilities + k * F32), size)));
    const isBelow = k >= last ? one : v128.and(one, f32x4.lt(draw, cumulative));
    let value = f32x4.sub(isBelow, wasBelow);
    if (isCentre) value = f32x4.replace_lane(value, 0, k == best ? 1 : 0);
    v128.store(a, value);
    wasBelow = f32x4.max(wasBelow, isBelow);
  }
}

/**
 * Replaces the actions of four particles at one step by draws from the action prior.
 *
 * @param to        [pad4(A)][TILE] at the four lanes: written in the lanes of `chosen`
 * @param logits    [Σ sizes][TILE] at the four lanes: overwritten by probabilities
 * @param uniforms  [2 G][TILE] at the four lanes
 * @param mask      [A] of the choices, or 0: all are allowed
 */
export function drawFromHabit(
  plan: Plan, to: usize, logits: usize, uniforms: usize, chosen: v128, mask: usize,
): void {
  for (let g: usize = 0; g < plan.groups; g++, uniforms += 2 * ROW) {
    const bins = sizeOf(plan, g);
    let end = bins;
    if (mask) {
      end = forbidLanes(logits, mask, bins);
      mask += bins * F32;
    }
    softmaxLanes(logits, logits, bins);
    const index = sampleIndexLanes(logits, v128.load(uniforms), end);
    logits += bins * ROW;
    if (!plan.isDiscrete) {
      const u = actionOfBinLanes(index, v128.load(uniforms, ROW), bins);
      v128.store(to, v128.bitselect(u, v128.load(to), chosen));
      to += ROW;
      continue;
    }
    for (let k: usize = 0; k < bins; k++, to += ROW) {
      const isChosen = v128.and(f32x4.splat(1), f32x4.eq(index, f32x4.splat(<f32>k)));
      v128.store(to, v128.bitselect(isChosen, v128.load(to), chosen));
    }
  }
}

/** Whether one of four lanes that begin at a lane of a tile follows the action prior. */
// @ts-ignore: decorator
@inline
function isOfHabit(plan: Plan, tile: usize, n: usize): bool {
  const lane = tile * TILE + n;
  return lane < plan.plans * plan.candidates && lane % plan.candidates <= plan.habitCandidates;
}

/** Whether one of PARTICLES lanes that begin at a lane of a tile follows the action prior. */
// @ts-ignore: decorator
@inline
function isAnyOfHabit(plan: Plan, tile: usize, n: usize): bool {
  for (let m = n; m < n + PARTICLES; m += 4) if (isOfHabit(plan, tile, m)) return true;
  return false;
}

/** Whether a candidate of a tile follows the action prior. */
export function hasHabit(plan: Plan, tile: usize): bool {
  if (plan.habitCandidates == 0) return false;
  for (let n: usize = 0; n < TILE; n += 4) if (isOfHabit(plan, tile, n)) return true;
  return false;
}

/** Lets candidates 1 … habitCandidates of a tile follow the action prior at the features; the network is asked at theirs alone. */
export function proposeByHabit(plan: Plan, features: usize, tile: usize, time: usize): void {
  const guide = changetype<Guide>(plan.guide);
  const logits = guide.output, step = PARTICLES * F32;
  let first: usize = 0;
  for (let row: usize = 0; row <= ROW; row += step) {
    if (row < ROW && isAnyOfHabit(plan, tile, row / F32)) continue;
    if (row > first) habitLogitsOf(guide, features, first, row - first);
    first = row + step;
  }
  uniform(
    plan.noise, plan.seedLow, plan.seedHigh, plan.stream + HABIT,
    <u32>(tile * plan.horizon + time), plan.step, 2 * plan.actionSize * TILE,
  );
  const to = actionsAt(plan, tile, time);
  const low = f32x4.splat(0.5), high = f32x4.splat(<f32>plan.habitCandidates + 0.5);
  for (let n: usize = 0; n < TILE; n += 4) {
    const candidate = (tile * TILE + n) % plan.candidates;
    if (!isOfHabit(plan, tile, n)) continue;
    const number = f32x4.add(f32x4.splat(<f32>candidate), f32x4(0, 1, 2, 3));
    const chosen = v128.and(f32x4.gt(number, low), f32x4.lt(number, high));
    const offset = n * F32;
    const mask: usize = time > 0 ? 0 : maskOf(plan, min<usize>((tile * TILE + n) / plan.candidates, plan.plans - 1));
    drawFromHabit(plan, to + offset, logits + offset, plan.noise + offset, chosen, mask);
  }
}

/** The action as the model takes it: u or the one-hot as they are, else tanh u in `plan.action`. */
export function actionOf(plan: Plan, actions: usize): usize {
  if (plan.isDiscrete || modelOf(plan).takesU) return actions;
  // a = tanh u
  for (let i: usize = 0; i < plan.actionSize * ROW; i += VEC)
    v128.store(plan.action + i, tanhLanes(v128.load(actions + i)));
  return plan.action;
}
