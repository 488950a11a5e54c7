import { BERNOULLI, CATEGORICAL } from "../density/observationKind";
import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { sigmoidShared } from "../math/sigmoid";
import { softplusShared } from "../math/softplus";
import { F32, ROW, VEC } from "../memory";

/*
 * Observations of one tile and their densities under several predictions. A head predicts one observation: D rows of
 * means and D rows of standard deviations (Gaussian), D rows of logits (Bernoulli), or O rows of log-probabilities
 * (categorical). An observation is D rows, or the one row of its index.
 */

/** Rows of an observation. */
// @ts-ignore: decorator
@inline
export function widthOf(size: usize, kind: u32): usize {
  return kind == CATEGORICAL ? 1 : size;
}

/**
 * One observation from a head, by random numbers that it replaces.
 *
 *   x[d] = m[d] + s[d] ε[d],   [uniform[d] < σ(l[d])],   or the first index with p[0] + … + p[index] > uniform
 *
 * @param x     [D][TILE] ε ∼ N(0, 1) or uniform, or [1][TILE] uniform; overwritten
 * @param head  [rows][TILE]
 * @param kind  of `density/observationKind.ts`
 */
export function drawObservation(x: usize, head: usize, size: usize, kind: u32): void {
  if (kind == CATEGORICAL) {
    for (let n: usize = 0; n < ROW; n += VEC) v128.store(x + n, drawIndex(head + n, v128.load(x + n), size));
    return;
  }
  if (kind == BERNOULLI) {
    const one = f32x4.splat(1);
    for (let i: usize = 0; i < size * ROW; i += VEC)
      v128.store(x + i, v128.and(one, f32x4.lt(v128.load(x + i), sigmoidShared(v128.load(head + i)))));
    return;
  }
  const stds = head + size * ROW;
  for (let i: usize = 0; i < size * ROW; i += VEC) {
    const deviation = f32x4.mul(v128.load(stds + i), v128.load(x + i));
    v128.store(x + i, f32x4.add(v128.load(head + i), deviation));
  }
}

/** #{ k < O − 1 : p[0] + … + p[k] ≤ draw }, never beyond the last index of positive probability */
// @ts-ignore: decorator
@inline
function drawIndex(logProbabilities: usize, draw: v128, size: usize): v128 {
  let index = f32x4.splat(0), cumulative = f32x4.splat(0);
  for (let k: usize = 0; k < size; k++) {
    const p = expShared(v128.load(logProbabilities + k * ROW));
    // the index moves on while the draw lies at or above what is covered, to where probability is left
    const isHere = v128.and(f32x4.le(cumulative, draw), f32x4.gt(p, f32x4.splat(0)));
    index = v128.bitselect(f32x4.splat(<f32>k), index, isHere);
    cumulative = f32x4.add(cumulative, p);
  }
  return index;
}

/**
 * Makes heads ready for densities: the standard deviations of Gaussian ones become 1/s.
 *
 *   normalisers[j] = Σ_d log s_j[d],   Σ_d log(1 + exp l_j[d]),   or nothing where heads are log-probabilities
 *
 * @param normalisers  [count][TILE]        written
 * @param heads        [count][rows][TILE]  changed
 */
export function prepareHeads(
  normalisers: usize, heads: usize, size: usize, kind: u32, rows: usize, count: usize,
): void {
  if (kind == CATEGORICAL) return;
  const one = f32x4.splat(1);
  for (let j: usize = 0; j < count; j++, normalisers += ROW, heads += rows * ROW) {
    memory.fill(normalisers, 0, ROW);
    const stds = heads + size * ROW;
    for (let i: usize = 0; i < size * ROW; i += VEC) {
      const sum = normalisers + (i & (ROW - 1));
      if (kind == BERNOULLI) {
        v128.store(sum, f32x4.add(v128.load(sum), softplusShared(v128.load(heads + i))));
        continue;
      }
      const s = v128.load(stds + i);
      v128.store(sum, f32x4.add(v128.load(sum), logShared(s)));
      v128.store(stds + i, f32x4.div(one, s));
    }
  }
}

/**
 * Log-densities of one observation under `count` heads, up to a constant that all share.
 *
 *   ℓ_j = −½ Σ_d ((x[d] − m_j[d]) / s_j[d])² − Σ_d log s_j[d],   Σ_d x[d] l_j[d] − log(1 + exp l_j[d]),   or log p_j[x]
 *
 * @param logDensities  [count][TILE]        written
 * @param x             an observation
 * @param heads         [count][rows][TILE]  of `prepareHeads`, or log-probabilities
 * @param normalisers   [count][TILE]        of `prepareHeads`
 */
export function observationLogDensities(
  logDensities: usize, x: usize, heads: usize, normalisers: usize,
  size: usize, kind: u32, rows: usize, count: usize,
): void {
  for (let j: usize = 0; j < count; j++, logDensities += ROW, heads += rows * ROW, normalisers += ROW) {
    if (kind == CATEGORICAL) {
      for (let n: usize = 0; n < ROW; n += F32)
        store<f32>(logDensities + n, load<f32>(heads + <usize>load<f32>(x + n) * ROW + n));
      continue;
    }
    for (let n: usize = 0; n < ROW; n += VEC) {
      if (kind == BERNOULLI) {
        let sum = f32x4.neg(v128.load(normalisers + n));
        for (let d = n; d < size * ROW; d += ROW)
          sum = f32x4.add(sum, f32x4.mul(v128.load(x + d), v128.load(heads + d)));
        v128.store(logDensities + n, sum);
        continue;
      }
      let squares = f32x4.splat(0);
      for (let d = n; d < size * ROW; d += ROW) {
        const error = f32x4.sub(v128.load(x + d), v128.load(heads + d));
        const scaled = f32x4.mul(error, v128.load(heads + size * ROW + d));
        squares = f32x4.add(squares, f32x4.mul(scaled, scaled));
      }
      const half = f32x4.mul(f32x4.splat(0.5), squares);
      v128.store(logDensities + n, f32x4.neg(f32x4.add(half, v128.load(normalisers + n))));
    }
  }
}

/**
 * Adds the log-density of a reward that was simulated too: ℓ_j −= ½ ((r − r_j) · inverseStd)²
 *
 * @param logDensities  [count][TILE]  accumulated into
 * @param reward        [TILE]
 * @param rewards       [count][TILE]  expected under each prediction
 */
export function addRewardLogDensities(
  logDensities: usize, reward: usize, rewards: usize, inverseStd: f32, count: usize,
): void {
  const scale = f32x4.splat(inverseStd), half = f32x4.splat(0.5);
  for (let i: usize = 0; i < count * ROW; i += VEC) {
    const error = f32x4.mul(scale, f32x4.sub(v128.load(reward + (i & (ROW - 1))), v128.load(rewards + i)));
    const loss = f32x4.mul(half, f32x4.mul(error, error));
    v128.store(logDensities + i, f32x4.sub(v128.load(logDensities + i), loss));
  }
}
