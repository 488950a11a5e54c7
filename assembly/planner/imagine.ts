import { F32, ROW, TILE, VEC } from "../memory";
import { mlpPredict } from "../nn/mlp";
import { uniform } from "../random/uniform";
import { actionsAt, Plan, WALK } from "./plan";
import { drawFromHabit } from "./propose";
import { advance, loadActions } from "./rollout";

/**
 * Moves the starts to states worth planning at, by walks of 0 … steps − 1 steps inside the mean model of `firstMember`.
 * Even starts follow the action prior, to where the habit goes; odd ones hold one random action, to where it never goes
 * but may have to start from. Walks pass over predicted endings, as if the world went on.
 *
 * @param plan   a `Plan`; its `starts` are rewritten, the first step of `actions` is used as workspace
 * @param steps  one more than the longest walk
 */
export function imagine(plan: usize, steps: usize): void {
  const p = changetype<Plan>(plan);
  const lengths = p.rows, actions = actionsAt(p, 0, 0);
  const parameters = p.modelParameters + (p.firstMember % p.members) * p.modelStride;
  const noise = p.usesNoise;
  p.usesNoise = 0;
  for (let first: usize = 0; first < p.plans; first += TILE) {
    const count = min<usize>(TILE, p.plans - first);
    // draws of a tile: the habit's actions of times 0 … steps − 2, the lengths, the actions that are held
    const clock = <u32>(first / TILE * (steps + 1)), ending = clock + <u32>(steps - 1);
    loadTile(p, first, count);
    uniform(lengths, p.seedLow, p.seedHigh, p.stream + WALK, ending, p.step, TILE);
    memory.fill(p.logits, 0, (p.isDiscrete ? 1 : p.actionSize) * p.bins * ROW);
    drawActions(p, actions, ending + 1, i32x4.splat(-1));
    for (let time: usize = 0; time + 1 < steps; time++) {
      storeFinished(p, first, count, time, steps, lengths);
      mlpPredict(p.logits, p.input, p.hidden, p.habitParameters, p.habitShape, 1);
      drawActions(p, actions, clock + <u32>time, i32x4(-1, 0, -1, 0));
      loadActions(p, actions);
      mlpPredict(p.heads, p.input, p.hidden, parameters, p.modelShape, 1);
      advance(p, p.heads, <u32>time, 0);
    }
    storeFinished(p, first, count, steps - 1, steps, lengths);
  }
  p.usesNoise = noise;
}

/** Draws actions from `logits` where the mask is set. */
// @ts-ignore: decorator
@inline
function drawActions(plan: Plan, actions: usize, clock: u32, mask: v128): void {
  const draws: usize = 2 * plan.actionSize * TILE;
  uniform(plan.noise, plan.seedLow, plan.seedHigh, plan.stream + WALK, clock, plan.step, draws);
  for (let n: usize = 0; n < ROW; n += VEC) drawFromHabit(plan, actions + n, plan.logits + n, plan.noise + n, mask);
}

/** One start a lane; the lanes beyond `count` repeat the last. */
function loadTile(plan: Plan, first: usize, count: usize): void {
  for (let d: usize = 0; d < plan.observationSize; d++) {
    for (let n: usize = 0; n < TILE; n++) {
      const start = plan.starts + (first + min(n, count - 1)) * plan.observationSize * F32;
      const centred = load<f32>(start + d * F32) - load<f32>(plan.shift + d * F32);
      store<f32>(plan.input + d * ROW + n * F32, centred * load<f32>(plan.scale + d * F32));
    }
  }
}

/** x = x̂ / scale + shift for the lanes whose walk ends at `time`: ⌊uniform · steps⌋ = time */
function storeFinished(plan: Plan, first: usize, count: usize, time: usize, steps: usize, lengths: usize): void {
  for (let n: usize = 0; n < count; n++) {
    if (<usize>(load<f32>(lengths + n * F32) * <f32>steps) != time) continue;
    const start = plan.starts + (first + n) * plan.observationSize * F32;
    for (let d: usize = 0; d < plan.observationSize; d++) {
      const scaled = load<f32>(plan.input + d * ROW + n * F32) / load<f32>(plan.scale + d * F32);
      store<f32>(start + d * F32, scaled + load<f32>(plan.shift + d * F32));
    }
  }
}
