import { expLanes } from "../math/exp";
import { logShared } from "../math/log";
import { ROW, VEC } from "../memory";

/**
 * Log-likelihood ratio of an observation against a belief, and the belief after the observation.
 *
 *   ratio = ℓ_own − log Σ_j w_j exp ℓ_j,   log w_j ← log w_j + ℓ_j − log Σ_j w_j exp ℓ_j,   ℓ_j = log p(x | z_j)
 *
 * x was simulated from particle `own`. As the weights include what x revealed, the ratios of successive observations add
 * up to the ratio of them all, log p(x_1 … x_H | z_own) − log Σ_j w_j p(x_1 … x_H | z_j): nothing counts twice. In
 * expectation a lower bound of the mutual information, for the particle that x came from is in the mixture.
 *
 * @param ratio         [TILE]         written, in nats
 * @param logWeights    [count][TILE]  changed; Σ_j w_j = 1
 * @param logDensities  [count][TILE]  ℓ
 */
export function beliefRatio(ratio: usize, logWeights: usize, logDensities: usize, own: usize, count: usize): void {
  const size = count * ROW;
  for (let n: usize = 0; n < ROW; n += VEC) {
    let top = f32x4.splat(-Infinity);
    for (let j = n; j < size; j += ROW) {
      const joint = f32x4.add(v128.load(logWeights + j), v128.load(logDensities + j));
      v128.store(logWeights + j, joint);
      top = f32x4.max(top, joint);
    }
    // log Σ_j exp joint[j]
    let sum = f32x4.splat(0);
    for (let j = n; j < size; j += ROW)
      sum = f32x4.add(sum, expLanes(f32x4.sub(v128.load(logWeights + j), top)));
    const evidence = f32x4.add(top, logShared(sum));
    for (let j = n; j < size; j += ROW) v128.store(logWeights + j, f32x4.sub(v128.load(logWeights + j), evidence));
    v128.store(ratio + n, f32x4.sub(v128.load(logDensities + own * ROW + n), evidence));
  }
}

/**
 * Log-likelihood ratio of an observation against fresh states of one parent, prior contrastive.
 *
 *   ratio = ℓ_0 − log 1/count Σ_{j ≥ 0} exp ℓ_j
 *
 * x was simulated from state 0. Exactly 0 where all predict alike, and at most log count. In expectation a lower bound.
 *
 * @param ratio         [TILE]         written, in nats
 * @param logDensities  [count][TILE]  ℓ
 */
export function contrastiveRatio(ratio: usize, logDensities: usize, count: usize): void {
  const size = count * ROW, number = f32x4.splat(<f32>count);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let top = v128.load(logDensities + n);
    for (let j = n + ROW; j < size; j += ROW) top = f32x4.max(top, v128.load(logDensities + j));
    let sum = f32x4.splat(0);
    for (let j = n; j < size; j += ROW)
      sum = f32x4.add(sum, expLanes(f32x4.sub(v128.load(logDensities + j), top)));
    const evidence = f32x4.add(top, logShared(f32x4.div(sum, number)));
    v128.store(ratio + n, f32x4.sub(v128.load(logDensities + n), evidence));
  }
}
