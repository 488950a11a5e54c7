// Log-likelihood ratios of one observation per particle against every particle of a weighted set: all pairs.
import { stdLanes } from "../density/gaussianRows";
import { logSumExp } from "../density/logSumExp";
import { F32, VEC } from "../memory";
import { logShared } from "../math/log";
import { leaveOneOut } from "../smc/leaveOneOut";
import { FRAME, LOG_ALL, LOG_OTHERS, OWN, OWN_TERM, storeRatios, TOP } from "./contrast";

const DEAD = memory.data<v128>([i32x4.splat(0xff800000)]); // −∞

/**
 * Ratios of N observations under diagonal Gaussian observation models.
 *
 *   lower[i] = ℓ(x_i | z_i) − log Σ_j w_j exp ℓ(x_i | z_j)
 *   upper[i] = ℓ(x_i | z_i) − log Σ_{j≠i} w_j exp ℓ(x_i | z_j) / Σ_{j≠i} w_j
 *
 * ℓ(x | z_j) = Σ_d −½ ((x[d] − μ[d,j]) / σ[d,j])² − log σ[d,j]. In expectation over particles drawn from a belief of
 * which the set is a sample, lower ≤ information ≤ upper (exactly so for equal weights).
 *
 * @param lower      [N]            written, in nats; says nothing where logWeights is −∞
 * @param upper      [N]            written, in nats; the same; ∞ where no other particle is alive
 * @param x          [D, N]         x_i, drawn from particle i's Gaussian
 * @param mean       [D, N]         μ
 * @param std        [D, N] or [D]  σ > 0
 * @param isShared   whether `std` is [D]
 * @param logWeights [N]            unnormalised, in nats; where −∞, mean, std and x may be anything
 * @param workspace  [2·D + 7][N]
 *
 * N is a multiple of 4.
 */
export function pairwiseGaussian(
  lower: usize, upper: usize, x: usize, mean: usize, std: usize, isShared: bool,
  logWeights: usize, workspace: usize, D: usize, N: usize,
): void {
  const row = N * F32;
  const logs = workspace, rests = logs + row, constants = rests + row;
  const packed = constants + row, terms = packed + 2 * D * row;
  normaliseLogs(logs, logWeights, N);
  leaveOneOut(rests, logs, N);
  prepare(packed, constants, mean, std, isShared, logs, D, N);
  for (let n: usize = 0; n < row; n += VEC) {
    // the observations' own four particles first: what is left of them joins the others
    fill(terms, x + n, packed, constants, n, n + VEC, v128.load(DEAD), D, row);
    const ownTerm = takeDiagonal(terms + n * 4);
    let top = v128.load(DEAD);
    for (let i: usize = 0; i < 4 * VEC; i += VEC) top = f32x4.pmax(top, v128.load(terms + n * 4 + i));
    top = fill(terms, x + n, packed, constants, 0, n, top, D, row);
    top = fill(terms, x + n, packed, constants, n + VEC, row, top, D, row);

    const rest = v128.load(rests + n);
    v128.store(FRAME, f32x4.sub(ownTerm, v128.load(logs + n)), OWN);
    v128.store(FRAME, ownTerm, OWN_TERM);
    v128.store(FRAME, top, TOP);
    v128.store(FRAME, rest, LOG_OTHERS);
    v128.store(FRAME, f32x4.splat(0), LOG_ALL);
    storeRatios(lower + n, upper + n, terms, N);
    const isAlone = f32x4.eq(rest, v128.load(DEAD));
    v128.store(upper + n, v128.bitselect(f32x4.neg(v128.load(DEAD)), v128.load(upper + n), isAlone));
  }
}

/**
 * Terms of four observations against particles from … to, in bytes: four particles at once, which share the loads of x.
 *
 *   t[j] = log w_j − Σ_d log σ[d,j] − ½ Σ_d ((x_i[d] − μ[d,j]) / σ[d,j])²
 *
 * @returns the maximum of `top` and the terms
 */
function fill(
  terms: usize, x: usize, packed: usize, constants: usize,
  from: usize, to: usize, top: v128, D: usize, row: usize,
): v128 {
  const end = x + D * row;
  let pair = packed + 2 * D * from;
  for (let j = from; j < to; j += VEC) {
    let t0 = v128.load32_splat(constants + j), t1 = v128.load32_splat(constants + j, F32);
    let t2 = v128.load32_splat(constants + j, 2 * F32), t3 = v128.load32_splat(constants + j, 3 * F32);
    for (let i = x; i < end; i += row, pair += 2 * VEC) {
      t0 = f32x4.add(t0, quadratic(i, pair));
      t1 = f32x4.add(t1, quadratic(i, pair + 4));
      t2 = f32x4.add(t2, quadratic(i, pair + 8));
      t3 = f32x4.add(t3, quadratic(i, pair + 12));
    }
    const out = terms + j * 4;
    v128.store(out, t0);
    v128.store(out, t1, VEC);
    v128.store(out, t2, 2 * VEC);
    v128.store(out, t3, 3 * VEC);
    top = f32x4.pmax(f32x4.pmax(top, f32x4.pmax(t0, t1)), f32x4.pmax(t2, t3));
  }
  return top;
}

/** −½ (x − μ)² / σ² of four observations and one particle. */
// @ts-ignore: decorator
@inline
function quadratic(x: usize, pair: usize): v128 {
  const error = f32x4.sub(v128.load(x), v128.load32_splat(pair));
  return f32x4.mul(f32x4.mul(error, error), v128.load32_splat(pair, VEC));
}

/** The terms that four observations have with their own particles, replaced by −∞. */
function takeDiagonal(terms: usize): v128 {
  let own = v128.load(terms);
  own = v128.shuffle<i32>(own, v128.load(terms + VEC), 0, 5, 2, 3);
  own = v128.shuffle<i32>(own, v128.load(terms + 2 * VEC), 0, 1, 6, 3);
  own = v128.shuffle<i32>(own, v128.load(terms + 3 * VEC), 0, 1, 2, 7);
  for (let l: usize = 0; l < 4; l++) store<f32>(terms + l * (VEC + F32), -Infinity);
  return own;
}

/** out[n] = logWeights[n] − log Σ_j exp logWeights[j] */
export function normaliseLogs(out: usize, logWeights: usize, N: usize): void {
  const total = f32x4.splat(logSumExp(logWeights, N));
  for (let n: usize = 0; n < N * F32; n += VEC)
    v128.store(out + n, f32x4.sub(v128.load(logWeights + n), total));
}

/**
 * packed [N/4][D][2][4] = μ and −½ / σ², which `fill` reads in one stream,  constants [N] = log w − Σ_d log σ[d];
 * 0, 0 and −∞ of particles without weight
 */
function prepare(
  packed: usize, constants: usize, mean: usize, std: usize, isShared: bool, logs: usize, D: usize, N: usize,
): void {
  const row = N * F32;
  for (let n: usize = 0; n < row; n += VEC) {
    const isAlive = f32x4.ne(v128.load(logs + n), v128.load(DEAD));
    let constant = v128.load(logs + n);
    for (let d: usize = 0; d < D; d++, packed += 2 * VEC) {
      const sigma = stdLanes(std, isShared, d, n, N);
      const precision = f32x4.div(f32x4.splat(-0.5), f32x4.mul(sigma, sigma));
      constant = f32x4.sub(constant, logShared(sigma));
      v128.store(packed, v128.and(v128.load(mean + d * row + n), isAlive));
      v128.store(packed, v128.and(precision, isAlive), VEC);
    }
    v128.store(constants + n, v128.bitselect(constant, v128.load(DEAD), isAlive));
  }
}
