import { columnsFor } from "../linalg/fourRows";
import { F32, ROW, TILE, VEC } from "../memory";
import { Guide, habitLogitsOf } from "../nn/guide";
import { uniform } from "../random/uniform";
import { statePitch } from "../simulation/model";
import { nextState } from "../simulation/simulate";
import { NEXT, REWARD, slotRow, stateAt } from "./cloud";
import { actionsAt, labelSize, modelOf, Plan, WALK } from "./plan";
import { actionOf, drawFromHabit } from "./propose";

/**
 * Moves the first particle of every plan to a state worth planning at, by walks of 0 … steps steps inside the model,
 * without noise. Particles of even plans follow the action prior, to where the habit goes; those of odd plans hold one
 * random action, to where it never goes but may have to start from. Walks pass over predicted endings, as if the world
 * went on.
 *
 * @param plan   a `Plan` with a guide; its `beliefStates` are rewritten, the first step of `actions` is used as workspace
 * @param steps  of the longest walk
 */
export function walk(plan: usize, steps: usize): void {
  const p = changetype<Plan>(plan), model = modelOf(p), guide = changetype<Guide>(p.guide);
  const state = stateAt(p, p.clouds, 0), next = slotRow(p, NEXT, 0), lengths = slotRow(p, REWARD, 0);
  const actions = actionsAt(p, 0, 0);
  for (let first: usize = 0; first < p.plans; first += TILE) {
    const count = min<usize>(TILE, p.plans - first);
    // draws of a tile: the habit's actions of times 0 … steps − 1, the lengths, the actions that are held
    const clock = <u32>(first / TILE * (steps + 2)), ending = clock + <u32>steps;
    enterFirst(p, state, first, count);
    uniform(lengths, p.seedLow, p.seedHigh, p.stream + WALK, ending, p.step, TILE);
    memory.fill(guide.output, 0, labelSize(p) * ROW);
    drawActions(p, actions, guide.output, ending + 1, i32x4.splat(-1));
    const columns = columnsFor(count), longest = longestOf(lengths, count, steps);
    for (let time: usize = 0; time < longest; time++) {
      storeFinished(p, state, first, count, time, steps, lengths);
      const logits = habitLogitsOf(guide, state, 0, columns);
      drawActions(p, actions, logits, clock + <u32>time, i32x4(-1, 0, -1, 0));
      nextState(model, next, state, actionOf(p, actions), 0, 0, columns);
      memory.copy(state, next, statePitch(model) * ROW);
    }
    storeFinished(p, state, first, count, longest, steps, lengths);
  }
}

/** Draws actions from logits in the lanes that are chosen. */
// @ts-ignore: decorator
@inline
function drawActions(plan: Plan, actions: usize, logits: usize, clock: u32, chosen: v128): void {
  const draws: usize = 2 * plan.actionSize * TILE;
  uniform(plan.noise, plan.seedLow, plan.seedHigh, plan.stream + WALK, clock, plan.step, draws);
  for (let n: usize = 0; n < ROW; n += VEC)
    drawFromHabit(plan, actions + n, logits + n, plan.noise + n, chosen, 0);
}

/** Where the first particle of a plan lies. */
// @ts-ignore: decorator
@inline
function firstOf(plan: Plan, index: usize): usize {
  return plan.beliefStates + index * plan.particles * modelOf(plan).stateRows * F32;
}

/** One plan a lane; the lanes beyond `count` repeat the last. */
function enterFirst(plan: Plan, state: usize, first: usize, count: usize): void {
  for (let d: usize = 0; d < modelOf(plan).stateRows; d++)
    for (let n: usize = 0; n < TILE; n++)
      store<f32>(state + d * ROW + n * F32, load<f32>(firstOf(plan, first + min(n, count - 1)) + d * F32));
}

/** Steps of the longest of the walks. */
function longestOf(lengths: usize, count: usize, steps: usize): usize {
  let longest: usize = 0;
  for (let n: usize = 0; n < count; n++) longest = max(longest, lengthOf(lengths, n, steps));
  return longest;
}

/** ⌊uniform · (steps + 1)⌋ */
// @ts-ignore: decorator
@inline
function lengthOf(lengths: usize, n: usize, steps: usize): usize {
  return <usize>(load<f32>(lengths + n * F32) * <f32>(steps + 1));
}

/** Rewrites the particles whose walk ends at `time`. */
function storeFinished(
  plan: Plan, state: usize, first: usize, count: usize, time: usize, steps: usize, lengths: usize,
): void {
  for (let n: usize = 0; n < count; n++) {
    if (lengthOf(lengths, n, steps) != time) continue;
    for (let d: usize = 0; d < modelOf(plan).stateRows; d++)
      store<f32>(firstOf(plan, first + n) + d * F32, load<f32>(state + d * ROW + n * F32));
  }
}
