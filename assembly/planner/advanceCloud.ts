import { GAUSSIAN } from "../density/observationKind";
import { beliefRatio, contrastiveRatio } from "../information/beliefRatio";
import {
  addRewardLogDensities, drawObservation, observationLogDensities, prepareHeads, widthOf,
} from "../information/observation";
import { ROW, TILE, VEC } from "../memory";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import { Model, observationRows, statePitch } from "../simulation/model";
import { drawNoise, nextState, observe, outcome } from "../simulation/simulate";
import {
  aliveAt, beliefOf, ENDING, gainAt, keepsBeliefs, LOG_DENSITY, meanState, modelOf, NEXT, NORMALISER,
  RATIOS, REWARD, slotRow,
  slotsOf, stateAt,
} from "./cloud";
import { actionsAt, MEMBER, MODEL, Plan, RATIO } from "./plan";
import { proposeByHabit } from "./propose";
import { loadActions } from "./rollout";

/**
 * One step of every particle of a tile: gain[k] += weight · alive[k] (r[k] + β ratio[k]), weight = γ^τ.
 *
 * The habit proposes at the mean of a candidate's particles, for actions must not tell which of them is the truth.
 */
export function advanceCloud(plan: Plan, cloud: usize, tile: usize, time: usize, weight: f32): void {
  const model = modelOf(plan), M = plan.particles;
  const clock = <u32>(tile * plan.horizon + time);
  if (plan.habitCandidates > 0) {
    meanState(plan, cloud, plan.input);
    proposeByHabit(plan, tile, time);
  }
  const action = actionOf(plan, model, actionsAt(plan, tile, time));
  if (plan.usesInformation) drawEpsilon(plan, model, clock);
  if (keepsBeliefs(plan)) {
    for (let k: usize = 0; k < M; k++) {
      simulate(plan, model, stateAt(plan, cloud, k), action, k, 0, <u32>k, clock);
      memory.copy(stateAt(plan, cloud, k), slotRow(plan, NEXT, 0), statePitch(model) * ROW);
    }
    compareParticles(plan, model, cloud, clock);
    for (let k: usize = 0; k < M; k++) collect(plan, cloud, k, k, weight);
    return;
  }
  const slots = slotsOf(plan);
  for (let k: usize = 0; k < M; k++) {
    // slot 0 is where the particle goes
    for (let slot = slots; slot > 0; slot--)
      simulate(plan, model, stateAt(plan, cloud, k), action, slot - 1, slot - 1, <u32>(k * slots + slot - 1), clock);
    memory.copy(stateAt(plan, cloud, k), slotRow(plan, NEXT, 0), statePitch(model) * ROW);
    if (plan.usesInformation) compareSiblings(plan, model, k, clock);
    collect(plan, cloud, k, 0, weight);
  }
}

/** The action as the model takes it: u or the one-hot as they are, else tanh u in `input`. */
function actionOf(plan: Plan, model: Model, actions: usize): usize {
  if (plan.isDiscrete || model.takesU) return actions;
  loadActions(plan, actions);
  return plan.input + plan.observationSize * ROW;
}

/** Random numbers of the observations of all particles, and of their rewards where these are observed too. */
function drawEpsilon(plan: Plan, model: Model, clock: u32): void {
  const size = plan.particles * widthOf(model.observationSize, model.observationKind) * TILE;
  const stream = plan.stream + RATIO;
  if (model.observationKind == GAUSSIAN)
    normal(plan.observations, plan.seedLow, plan.seedHigh, stream, clock, plan.step, size);
  else uniform(plan.observations, plan.seedLow, plan.seedHigh, stream, clock, plan.step, size);
}

/** What follows a state, into a slot of the workspace; for its `sibling`-th state of that parent. */
function simulate(
  plan: Plan, model: Model, state: usize, action: usize, slot: usize, sibling: usize, stream: u32, clock: u32,
): void {
  const next = slotRow(plan, NEXT, 0);
  drawNoise(model, plan.noise, plan.seedLow, plan.seedHigh, plan.stream + MODEL + stream, clock, plan.step);
  nextState(model, next, state, action, plan.noise, sibling);
  outcome(model, slotRow(plan, REWARD, slot), slotRow(plan, ENDING, slot), state, action, next);
  if (plan.usesInformation) observe(model, plan.heads + slot * observationRows(model) * ROW, next, action);
}

/** The ratio of every particle's observation against the belief of its own truth. */
function compareParticles(plan: Plan, model: Model, cloud: usize, clock: u32): void {
  const M = plan.particles, stride = observationRows(model) * ROW;
  const size = model.observationSize, kind = model.observationKind;
  const width = widthOf(size, kind) * ROW;
  for (let k: usize = 0; k < M; k++)
    drawObservation(plan.observations + k * width, plan.heads + k * stride, size, kind);
  prepare(plan, model);
  for (let k: usize = 0; k < M; k++) {
    densities(plan, model, plan.observations + k * width, k, clock * <u32>M + <u32>k);
    beliefRatio(slotRow(plan, RATIOS, k), beliefOf(plan, cloud, k), slotRow(plan, LOG_DENSITY, 0), k, M);
  }
}

/** The ratio of an observation of slot 0 against fresh states of the same parent. */
function compareSiblings(plan: Plan, model: Model, k: usize, clock: u32): void {
  const size = model.observationSize, kind = model.observationKind;
  const x = plan.observations + k * widthOf(size, kind) * ROW;
  drawObservation(x, plan.heads, size, kind);
  prepare(plan, model);
  densities(plan, model, x, 0, clock * <u32>plan.particles + <u32>k);
  contrastiveRatio(slotRow(plan, RATIOS, 0), slotRow(plan, LOG_DENSITY, 0), slotsOf(plan));
}

function prepare(plan: Plan, model: Model): void {
  prepareHeads(
    slotRow(plan, NORMALISER, 0), plan.heads, model.observationSize, model.observationKind,
    observationRows(model), slotsOf(plan),
  );
}

/** ℓ_j of an observation that was drawn from the prediction in slot `own`. */
function densities(plan: Plan, model: Model, x: usize, own: usize, clock: u32): void {
  const logDensities = slotRow(plan, LOG_DENSITY, 0), slots = slotsOf(plan);
  observationLogDensities(
    logDensities, x, plan.heads, slotRow(plan, NORMALISER, 0),
    model.observationSize, model.observationKind, observationRows(model), slots,
  );
  if (plan.rewardNoise == 0) return;
  // r = r_own + rewardNoise ε
  const reward = plan.noise, noise = f32x4.splat(plan.rewardNoise);
  normal(reward, plan.seedLow, plan.seedHigh, plan.stream + MEMBER, clock, plan.step, TILE);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const deviation = f32x4.mul(noise, v128.load(reward + n));
    v128.store(reward + n, f32x4.add(v128.load(slotRow(plan, REWARD, own) + n), deviation));
  }
  addRewardLogDensities(logDensities, reward, slotRow(plan, REWARD, 0), 1 / plan.rewardNoise, slots);
}

/** gain[k] += weight · alive[k] (r + β ratio);   alive[k] ← alive[k] (1 − p_end) */
function collect(plan: Plan, cloud: usize, k: usize, slot: usize, weight: f32): void {
  const beta = f32x4.splat(plan.informationWeight), factor = f32x4.splat(weight), one = f32x4.splat(1);
  for (let n: usize = 0; n < ROW; n += VEC) {
    const alive = aliveAt(plan, cloud, k) + n, gain = gainAt(plan, cloud, k) + n;
    let gained = v128.load(slotRow(plan, REWARD, slot) + n);
    if (plan.usesInformation)
      gained = f32x4.add(gained, f32x4.mul(beta, v128.load(slotRow(plan, RATIOS, slot) + n)));
    const isAlive = v128.load(alive);
    v128.store(gain, f32x4.add(v128.load(gain), f32x4.mul(f32x4.mul(factor, isAlive), gained)));
    v128.store(alive, f32x4.mul(isAlive, f32x4.sub(one, v128.load(slotRow(plan, ENDING, slot) + n))));
  }
}
