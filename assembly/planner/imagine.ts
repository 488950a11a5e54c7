import { F32, ROW, TILE, VEC } from "../memory";
import { mlpPredict } from "../nn/mlp";
import { uniform } from "../random/uniform";
import { actionsAt, Plan, WALK } from "./plan";
import { drawFromHabit } from "./propose";
import { advance, loadActions } from "./rollout";

/**
 * Moves the starts to states that the habit visits: each follows the action prior for 0 … steps − 1 steps inside the
 * mean model of `firstMember`.
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
    // draws of a tile: the actions of times 0 … steps − 2, then the lengths
    const clock = <u32>(first / TILE * steps), ending = clock + <u32>(steps - 1);
    loadTile(p, first, count);
    uniform(lengths, p.seedLow, p.seedHigh, p.stream + WALK, ending, p.step, TILE);
    for (let time: usize = 0; time + 1 < steps; time++) {
      storeFinished(p, first, count, time, steps, lengths);
      mlpPredict(p.logits, p.input, p.hidden, p.habitParameters, p.habitShape, 1);
      uniform(p.noise, p.seedLow, p.seedHigh, p.stream + WALK, clock + <u32>time, p.step, 2 * p.actionSize * TILE);
      for (let n: usize = 0; n < ROW; n += VEC)
        drawFromHabit(p, actions + n, p.logits + n, p.noise + n, i32x4.splat(-1));
      loadActions(p, actions);
      mlpPredict(p.heads, p.input, p.hidden, parameters, p.modelShape, 1);
      advance(p, p.heads, <u32>time, 0);
    }
    storeFinished(p, first, count, steps - 1, steps, lengths);
  }
  p.usesNoise = noise;
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
