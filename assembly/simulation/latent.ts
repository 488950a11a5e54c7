import { softmaxLanes } from "../density/categoricalHead";
import { latentStd } from "../density/latentHead";
import { BERNOULLI, CATEGORICAL } from "../density/observationKind";
import { latentBytes, LatentModel, transitionOf, writeStateAction } from "../latent/model";
import { sigmoidShared } from "../math/sigmoid";
import { F32, ROW, VEC } from "../memory";
import { mlpPredict } from "../nn/mlp";
import { Model } from "./model";

/*
 * The learned model of `latent/model.ts`. A state is z and, in the row behind it, the member e that the particle follows.
 */

// @ts-ignore: decorator
@inline
function latentOf(model: Model): LatentModel {
  return changetype<LatentModel>(model.learned);
}

/** z' = z + ½ d_e + σ_e ε,  e' = e; ε = 0 without noise. Where members are mixed, sibling j follows member e + j mod E. */
export function nextState(
  model: Model, next: usize, state: usize, action: usize, noise: usize, sibling: usize,
): void {
  const l = latentOf(model), size = latentBytes(l);
  const shift = model.mixesMembers ? sibling % l.members : 0;
  writeStateAction(l.input, l, state, action);
  memory.copy(next, state, size + ROW);
  for (let e: usize = 0; e < l.members; e++) {
    const own = (e + l.members - shift) % l.members; // the lanes whose sibling follows e
    if (!isAnyOf(state + size, own)) continue;
    mlpPredict(l.output, l.input, l.hidden, transitionOf(l, e), l.transitionShape, 1);
    for (let i: usize = 0; i < size; i += VEC) {
      let change = f32x4.mul(f32x4.splat(0.5), v128.load(l.output + i));
      if (noise)
        change = f32x4.add(change, f32x4.mul(latentStd(v128.load(l.output + size + i)), v128.load(noise + i)));
      const isMember = f32x4.eq(v128.load(state + size + (i & (ROW - 1))), f32x4.splat(<f32>own));
      v128.store(next + i, f32x4.add(v128.load(next + i), v128.and(change, isMember)));
    }
  }
}

/** Whether a lane of the row holds e. */
function isAnyOf(row: usize, e: usize): bool {
  let found = i32x4.splat(0);
  for (let n: usize = 0; n < ROW; n += VEC) found = v128.or(found, f32x4.eq(v128.load(row + n), f32x4.splat(<f32>e)));
  return v128.any_true(found);
}

/** r = (1 − p_end) (mean + std m) + p_end (endingMean + endingStd g), clamped to the range; ending = p_end */
export function outcome(model: Model, reward: usize, ending: usize, action: usize, next: usize): void {
  const l = latentOf(model);
  writeStateAction(l.input, l, next, action);
  mlpPredict(l.output, l.input, l.hidden, l.outcomeParameters, l.outcomeShape, 1);
  const low = f32x4.splat(l.rewardLow), high = f32x4.splat(l.rewardHigh);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let expected = affine(l.rewardMean, l.rewardStd, v128.load(l.output + n));
    let p = f32x4.splat(0);
    if (l.hasEndings) {
      p = sigmoidShared(v128.load(l.output + n, ROW));
      const brought = affine(l.endingMean, l.endingStd, v128.load(l.output + n, 2 * ROW));
      expected = f32x4.add(expected, f32x4.mul(p, f32x4.sub(brought, expected)));
    }
    v128.store(reward + n, f32x4.min(high, f32x4.max(low, expected)));
    v128.store(ending + n, p);
  }
}

/** mean + std · x */
// @ts-ignore: decorator
@inline
function affine(mean: f32, std: f32, x: v128): v128 {
  return f32x4.add(f32x4.splat(mean), f32x4.mul(f32x4.splat(std), x));
}

/** Means and standard deviations of the scaled observation, logits, or log-probabilities of the symbols. */
export function observe(model: Model, head: usize, next: usize): void {
  const l = latentOf(model), X = l.observationSize;
  mlpPredict(head, next, l.hidden, l.observationParameters, l.observationShape, 1);
  if (l.observationKind == CATEGORICAL) {
    for (let n: usize = 0; n < ROW; n += VEC) {
      const normaliser = softmaxLanes(l.output + n, head + n, X);
      for (let i = n; i < X * ROW; i += ROW) v128.store(head + i, f32x4.sub(v128.load(head + i), normaliser));
    }
    return;
  }
  if (l.observationKind == BERNOULLI) return;
  for (let d: usize = 0; d < X; d++) {
    const std = v128.load32_splat(l.observationStd + d * F32);
    for (let n: usize = 0; n < ROW; n += VEC) v128.store(head + (X + d) * ROW + n, std);
  }
}
