import { addToBins } from "../density/bins";
import { tanhLanes } from "../math/tanh";
import { F32, TILE, VEC } from "../memory";
import { restrictFirst } from "./mask";
import { modeWeights } from "./modes";
import { actionsAt, labelSize, Plan, sizeOf } from "./plan";

/**
 * Moves the plan to the weighted candidates.
 *
 *   continuous   μ = Σ_n w_n u_n,   σ = max(minimumStd, √ Σ_n w_n (u_n − μ)²)
 *   discrete     p[k] = (1 − uniformShare) Σ_n w_n a_n[k] + uniformShare / n
 *
 * with n the choices of k's group. With `followsMode` the weights w of a continuous plan are those of the heavier of two
 * modes, where there are two.
 *
 * @param plan  a `Plan`; its `mean` and, when continuous, its `std` are written
 */
export function refine(plan: usize): void {
  const p = changetype<Plan>(plan);
  let mean = p.mean, std = p.std;
  for (let s: usize = 0; s < p.plans; s++) {
    const weights = p.followsMode && !p.isDiscrete ? modeWeights(p, s) : p.weights + s * p.candidates * F32;
    for (let time: usize = 0; time < p.horizon; time++) {
      let group: usize = 0, end = p.isDiscrete ? sizeOf(p, 0) : 0;
      for (let a: usize = 0; a < p.actionSize; a++, mean += F32, std += F32) {
        const mu = weightedSum(p, weights, s, time, a, 0, 1);
        if (p.isDiscrete) {
          if (a == end) end += sizeOf(p, ++group);
          store<f32>(mean, (1 - p.uniformShare) * mu + p.uniformShare / <f32>sizeOf(p, group));
        } else {
          store<f32>(mean, mu);
          store<f32>(std, max(p.minimumStd, sqrt<f32>(weightedSum(p, weights, s, time, a, mu, 2))));
        }
      }
    }
  }
  restrictFirst(p);
}

/** u or one-hot entry a of a lane at one step. */
// @ts-ignore: decorator
@inline
function actionAt(plan: Plan, lane: usize, time: usize, a: usize): f32 {
  return load<f32>(actionsAt(plan, lane / TILE, time) + (a * TILE + lane % TILE) * F32);
}

/** Σ_n w_n (u_n − centre)^power over the candidates of plan s, power 1 or 2 */
function weightedSum(plan: Plan, weights: usize, s: usize, time: usize, a: usize, centre: f32, power: i32): f32 {
  const middle = f32x4.splat(centre);
  const first = s * plan.candidates, last = first + plan.candidates;
  let sum = f32x4.splat(0);
  for (let n = first; n < last; n += 4, weights += VEC) {
    const u = actionsAt(plan, n / TILE, time) + (a * TILE + n % TILE) * F32;
    const deviation = f32x4.sub(v128.load(u), middle);
    let term = f32x4.mul(v128.load(weights), deviation);
    if (power == 2) term = f32x4.mul(term, deviation);
    sum = f32x4.add(sum, term);
  }
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}

/**
 * The posterior over the first action as a histogram, what the action prior is distilled from.
 *
 *   label[s, a, ·] = Σ_n w_n · hat(tanh u_n),   or label[s, ·] = Σ_n w_n a_n for discrete actions
 *
 * @param plan  a `Plan`; its `label` is written
 */
export function labelFirstAction(plan: usize): void {
  const p = changetype<Plan>(plan);
  const stride = labelSize(p) * F32;
  memory.fill(p.label, 0, p.plans * stride);
  for (let n: usize = 0; n < p.plans * p.candidates; n++) {
    const w = load<f32>(p.weights + n * F32);
    let label = p.label + n / p.candidates * stride;
    for (let a: usize = 0; a < p.actionSize; a++) {
      const value = actionAt(p, n, 0, a);
      if (p.isDiscrete) {
        store<f32>(label, load<f32>(label) + w * value);
        label += F32;
      } else {
        addToBins(label, f32x4.extract_lane(tanhLanes(f32x4.splat(value)), 0), w, sizeOf(p, a));
        label += sizeOf(p, a) * F32;
      }
    }
  }
}
