import { GAUSSIAN } from "../density/observationKind";
import { beliefRatio, contrastiveRatio } from "../information/beliefRatio";
import {
  addRewardLogDensities, drawObservation, observationLogDensities, prepareHeads,
} from "../information/observation";
import { ROW, TILE, VEC } from "../memory";
import { normal } from "../random/normal";
import { uniform } from "../random/uniform";
import { Model, observationRows } from "../simulation/model";
import {
  drawNoise, hasInformedStep, informedStep, isGuidedByFirst, nextState, noiseRows, observe, outcome, ratioRows,
} from "../simulation/simulate";
import {
  aliveAt, beliefOf, ENDING, gainAt, keepsBeliefs, LOG_DENSITY, meanState, NEXT, NORMALISER, RATIOS, REWARD, slotRow,
  slotsOf, stateAt,
} from "./cloud";
import { actionsAt, MEMBER, MODEL, modelOf, Plan, RATIO } from "./plan";
import { actionOf, hasHabit, proposeByHabit } from "./propose";

/**
 * One step of every particle of a tile: gain[k] += weight · alive[k] (r[k] + β ratio[k]), weight = γ^τ.
 *
 * The habit proposes one action for all particles of a candidate, at their mean: the agent cannot know which particle is the
 * true state. Where particles are predictions of the ensemble's members for an observed state, it proposes at the first.
 */
export function advanceCloud(plan: Plan, cloud: usize, tile: usize, time: usize, weight: f32): void {
  const model = modelOf(plan), clock = <u32>(tile * plan.horizon + time);
  if (hasHabit(plan, tile)) proposeByHabit(plan, featuresOf(plan, cloud), tile, time);
  const action = actionOf(plan, actionsAt(plan, tile, time));
  if (plan.usesInformation) drawEpsilon(plan, model, clock);
  if (plan.usesInformation && hasInformedStep(model)) advanceInformed(plan, cloud, action, clock, weight);
  else if (keepsBeliefs(plan)) advanceTogether(plan, cloud, action, clock, weight);
  else advanceEach(plan, cloud, action, clock, weight);
}

/** Where the guide is asked. */
export function featuresOf(plan: Plan, cloud: usize): usize {
  if (isGuidedByFirst(modelOf(plan))) return stateAt(plan, cloud, 0);
  meanState(plan, cloud, plan.features);
  return plan.features;
}

/** Each particle alone, and its ratio against fresh states of the same parent. */
function advanceEach(plan: Plan, cloud: usize, action: usize, clock: u32, weight: f32): void {
  const model = modelOf(plan), slots = slotsOf(plan);
  for (let k: usize = 0; k < plan.particles; k++) {
    // slot 0 is where the particle goes
    for (let slot = slots; slot > 0; slot--) {
      // where chance is shared, members that are compared meet the same: what they differ by is what they have learned
      const stream = <u32>(plan.sharesDraws && model.mixesMembers ? k : k * slots + slot - 1);
      simulate(plan, model, stateAt(plan, cloud, k), action, slot - 1, slot - 1, stream, clock);
    }
    moveOn(plan, cloud, k);
    if (plan.usesInformation) compareSiblings(plan, model, k, clock);
    collect(plan, cloud, k, 0, weight);
  }
}

/** All particles, then their ratios against the beliefs of their truths. */
function advanceTogether(plan: Plan, cloud: usize, action: usize, clock: u32, weight: f32): void {
  const model = modelOf(plan), M = plan.particles;
  for (let k: usize = 0; k < M; k++) {
    simulate(plan, model, stateAt(plan, cloud, k), action, k, 0, <u32>k, clock);
    moveOn(plan, cloud, k);
  }
  compareParticles(plan, model, cloud, clock);
  for (let k: usize = 0; k < M; k++) collect(plan, cloud, k, k, weight);
}

/** Each particle by all members of an ensemble. */
function advanceInformed(plan: Plan, cloud: usize, action: usize, clock: u32, weight: f32): void {
  const model = modelOf(plan), M = plan.particles, member = slotRow(plan, LOG_DENSITY, 0);
  for (let k: usize = 0; k < M; k++) {
    const stream = plan.stream + MEMBER;
    const draw = (plan.sharesDraws ? clock % <u32>plan.horizon : clock) * <u32>M + <u32>k;
    uniform(member, plan.seedLow, plan.seedHigh, stream, draw, plan.step, TILE);
    if (plan.sharesDraws) shareRows(member, 1, 1);
    informedStep(
      model, slotRow(plan, NEXT, 0), slotRow(plan, REWARD, 0), slotRow(plan, ENDING, 0), slotRow(plan, RATIOS, 0),
      stateAt(plan, cloud, k), action, noiseOf(plan, model, <u32>k, clock),
      plan.observations + k * ratioRows(model) * ROW, member, k, clock % <u32>plan.horizon,
    );
    moveOn(plan, cloud, k);
    collect(plan, cloud, k, 0, weight);
  }
}

/** z_k ← z' */
function moveOn(plan: Plan, cloud: usize, k: usize): void {
  memory.copy(stateAt(plan, cloud, k), slotRow(plan, NEXT, 0), modelOf(plan).stateRows * ROW);
}

/** Random numbers of the ratios of all particles, rewards apart. */
function drawEpsilon(plan: Plan, model: Model, clock: u32): void {
  const size = plan.particles * ratioRows(model) * TILE;
  const stream = plan.stream + RATIO, draw = plan.sharesDraws ? clock % <u32>plan.horizon : clock;
  if (model.observationKind == GAUSSIAN)
    normal(plan.observations, plan.seedLow, plan.seedHigh, stream, draw, plan.step, size);
  else uniform(plan.observations, plan.seedLow, plan.seedHigh, stream, draw, plan.step, size);
  if (plan.sharesDraws) shareRows(plan.observations, size / TILE, 1);
}

/** The random numbers of one transition. */
function noiseOf(plan: Plan, model: Model, stream: u32, clock: u32): usize {
  if (plan.sharesDraws) return sharedNoise(plan, model, stream, clock);
  return drawNoise(model, plan.noise, plan.seedLow, plan.seedHigh, plan.stream + MODEL + stream, clock, plan.step);
}

/** The same numbers in every lane, whichever tile it is of; those of odd streams mirror those of the even ones before. */
function sharedNoise(plan: Plan, model: Model, stream: u32, clock: u32): usize {
  const time = clock % <u32>plan.horizon, source = plan.stream + MODEL + (stream & ~1);
  const noise = drawNoise(model, plan.noise, plan.seedLow, plan.seedHigh, source, time, plan.step);
  if (noise) shareRows(noise, noiseRows(model), stream & 1 ? -1 : 1);
  return noise;
}

/** x[d,n] ← sign · x[d,0] */
function shareRows(x: usize, rows: usize, sign: f32): void {
  for (let row = x; row < x + rows * ROW; row += ROW) {
    const first = f32x4.splat(sign * load<f32>(row));
    for (let n: usize = 0; n < ROW; n += VEC) v128.store(row + n, first);
  }
}

/** What follows a state, into a slot of the workspace; for its `sibling`-th state of that parent. */
function simulate(
  plan: Plan, model: Model, state: usize, action: usize, slot: usize, sibling: usize, stream: u32, clock: u32,
): void {
  const next = slotRow(plan, NEXT, 0);
  nextState(model, next, state, action, noiseOf(plan, model, stream, clock), sibling, ROW);
  outcome(model, slotRow(plan, REWARD, slot), slotRow(plan, ENDING, slot), state, action, next);
  if (plan.usesInformation) observe(model, plan.heads + slot * observationRows(model) * ROW, next, action);
}

/** The ratio of every particle's observation against the belief of its own truth. */
function compareParticles(plan: Plan, model: Model, cloud: usize, clock: u32): void {
  const M = plan.particles, stride = observationRows(model) * ROW;
  const size = model.observationSize, kind = model.observationKind;
  const width = ratioRows(model) * ROW;
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
  const x = plan.observations + k * ratioRows(model) * ROW;
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

/** gain[k] += weight · alive[k] (r + β ratio), r left out where rewards are ignored;   alive[k] ← alive[k] (1 − p_end) */
function collect(plan: Plan, cloud: usize, k: usize, slot: usize, weight: f32): void {
  const beta = f32x4.splat(plan.informationWeight), factor = f32x4.splat(weight), one = f32x4.splat(1);
  const alive = aliveAt(plan, cloud, k), gain = gainAt(plan, cloud, k);
  const usesInformation = plan.usesInformation, ignoresRewards = plan.ignoresRewards;
  const reward = slotRow(plan, REWARD, slot), ratio = slotRow(plan, RATIOS, slot), ending = slotRow(plan, ENDING, slot);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let gained = ignoresRewards ? f32x4.splat(0) : v128.load(reward + n);
    if (usesInformation) gained = f32x4.add(gained, f32x4.mul(beta, v128.load(ratio + n)));
    const isAlive = v128.load(alive + n);
    v128.store(gain + n, f32x4.add(v128.load(gain + n), f32x4.mul(f32x4.mul(factor, isAlive), gained)));
    v128.store(alive + n, f32x4.mul(isAlive, f32x4.sub(one, v128.load(ending + n))));
  }
}
