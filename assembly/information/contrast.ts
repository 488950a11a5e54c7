// Log-likelihood ratios of outer samples from contrasting draws: log p(x | z_0) − log p(x), where p(x) is estimated from
// log-densities ℓ. Without the draw z_0 that made x the ratio is too high on average (nested Monte Carlo), with it too
// low (prior contrastive; Foster et al. 2020, https://proceedings.mlr.press/v108/foster20a.html): one pass gives both.
import { F32, VEC } from "../memory";
import { expBounded, expShared } from "../math/exp";
import { logShared } from "../math/log";

/** Below, e^x counts as nothing beside 1. */
const LOWEST = memory.data<v128>([f32x4.splat(-87.0)]);
/** Terms added up in one f32 before they join the sum: rounding stays below 2⁻²⁴ (BLOCK + count / BLOCK). */
const BLOCK: usize = 256;
const SCRATCH = memory.data(32, 16);
/** What `storeRatios` takes of four outer samples besides the terms: five vectors, at the offsets below. */
export const FRAME = memory.data(80, 16);
/** ℓ of the draw that made x. */
export const OWN: usize = 0;
/** t_0, its term in the denominator. */
export const OWN_TERM: usize = 16;
/** max_k t[k] */
export const TOP: usize = 32;
/** Log of the terms' total weight. */
export const LOG_OTHERS: usize = 48;
/** The same with the own term's. */
export const LOG_ALL: usize = 64;

/**
 * Ratios of N outer samples, each against K draws of its own.
 *
 *   upper[n] = ℓ_0 − log 1/K     Σ_{k=1…K} exp(ℓ_k + c_k)      nested Monte Carlo; importance weighted where c ≠ 0
 *   lower[n] = ℓ_0 − log 1/(K+1) Σ_{k=0…K} exp(ℓ_k + c_k)      prior contrastive, at most log(K+1) − c_0
 *
 * In expectation lower ≤ E log p(x | z_0) / p(x) ≤ upper. Both are 0 to the last bit where every ℓ_k is ℓ_0 and c = 0.
 *
 * @param lower      [N]       written, in nats
 * @param upper      [N]       written, in nats; ∞ where every draw's density is 0
 * @param own        [N]       ℓ_0 = log p(x | z_0), where z_0 made x
 * @param others     [K][N]    ℓ_k = log p(x | z_k), −∞ allowed
 * @param correction [K+1][N]  c_k = log p(z_k) − log q(z_k) where z_1 … z_K ∼ q; 0, no pointer, where q = p
 * @param workspace  [K][4]
 *
 * N is a multiple of 4.
 */
export function contrast(
  lower: usize, upper: usize, own: usize, others: usize, correction: usize, workspace: usize, K: usize, N: usize,
): void {
  const row = N * F32;
  countDraws(K);
  for (let n: usize = 0; n < row; n += VEC) {
    const density = v128.load(own + n);
    v128.store(FRAME, density, OWN);
    v128.store(FRAME, correction ? f32x4.add(density, v128.load(correction + n)) : density, OWN_TERM);
    gather(workspace, others + n, correction ? correction + row + n : 0, row, K);
    storeRatios(lower + n, upper + n, workspace, K);
  }
}

/**
 * As `contrast` for X outcomes of a categorical observation, averaged over the outcomes exactly.
 *
 *   ratio[n] = Σ_x p(x | z_0) ratio of x,   0 · ∞ = 0
 *
 * @param own    [X][N]     log p(x | z_0), each lane's sum over x of exp is 1; −∞ allowed
 * @param others [K][X][N]  log p(x | z_k)
 */
export function contrastOutcomes(
  lower: usize, upper: usize, own: usize, others: usize, workspace: usize, X: usize, K: usize, N: usize,
): void {
  const row = N * F32;
  countDraws(K);
  memory.fill(lower, 0, row);
  memory.fill(upper, 0, row);
  for (let x: usize = 0; x < X; x++, own += row, others += row)
    for (let n: usize = 0; n < row; n += VEC) {
      const density = v128.load(own + n);
      v128.store(FRAME, density, OWN);
      v128.store(FRAME, density, OWN_TERM);
      gather(workspace, others + n, 0, X * row, K);
      storeRatios(SCRATCH, SCRATCH + VEC, workspace, K);
      addExpectation(lower + n, density, v128.load(SCRATCH));
      addExpectation(upper + n, density, v128.load(SCRATCH, VEC));
    }
}

/** sum += p · ratio,  p = exp logProbability;  nothing where p = 0 */
// @ts-ignore: decorator
@inline
export function addExpectation(sum: usize, logProbability: v128, ratio: v128): void {
  const p = expShared(logProbability);
  const term = v128.and(f32x4.mul(p, ratio), f32x4.ne(p, f32x4.splat(0)));
  v128.store(sum, f32x4.add(v128.load(sum), term));
}

/** K draws of weight one, and the own. */
function countDraws(K: usize): void {
  v128.store(FRAME, logShared(f32x4.splat(<f32>K)), LOG_OTHERS);
  v128.store(FRAME, logShared(f32x4.splat(<f32>(K + 1))), LOG_ALL);
}

/** workspace[k] = ℓ_k + c_k of four lanes, and their maximum. */
function gather(workspace: usize, others: usize, correction: usize, stride: usize, K: usize): void {
  let top = f32x4.splat(-Infinity);
  for (let k: usize = 0; k < K; k++, others += stride, workspace += VEC) {
    let term = v128.load(others);
    if (correction) term = f32x4.add(term, v128.load(correction + k * stride));
    v128.store(workspace, term);
    top = f32x4.pmax(top, term);
  }
  v128.store(FRAME, top, TOP);
}

/**
 * The two ratios of four outer samples, from the terms t of their denominators.
 *
 *   upper = ℓ − log Σ_k exp t[k] + logOthers,   lower = ℓ − log(exp t_0 + Σ_k exp t[k]) + logAll
 *
 * @param lower  [4]         written
 * @param upper  [4]         written
 * @param terms  [count][4]  t[k], −∞ allowed; the rest in FRAME
 */
export function storeRatios(lower: usize, upper: usize, terms: usize, count: usize): void {
  const own = v128.load(FRAME, OWN), ownTerm = v128.load(FRAME, OWN_TERM), top = v128.load(FRAME, TOP);
  const isEmpty = f32x4.eq(top, f32x4.splat(-Infinity));
  // S = Σ_k exp(t[k] − top)
  let S = f32x4.splat(0);
  for (let left = count; left > 0; ) {
    let part = f32x4.splat(0);
    const block = min(left, BLOCK);
    for (const end = terms + block * VEC; terms < end; terms += VEC)
      part = f32x4.add(part, expBounded(f32x4.pmax(f32x4.sub(v128.load(terms), top), v128.load(LOWEST))));
    S = f32x4.add(S, part);
    left -= block;
  }
  S = v128.andnot(S, isEmpty);
  v128.store(upper, f32x4.sub(f32x4.sub(own, top), f32x4.sub(logShared(S), v128.load(FRAME, LOG_OTHERS))));

  // exp t_0 + Σ_k exp t[k] = exp(m) (exp(t_0 − m) + S exp(top − m)),  m = max(top, t_0)
  const m = f32x4.pmax(top, ownTerm);
  const all = f32x4.add(expShared(f32x4.sub(ownTerm, m)), f32x4.mul(S, expShared(f32x4.sub(top, m))));
  v128.store(lower, f32x4.sub(f32x4.sub(own, m), f32x4.sub(logShared(all), v128.load(FRAME, LOG_ALL))));
}
