// Resampling: N ancestors from N weights, E[count of n] = N w[n] for each scheme (Douc, Cappé & Moulines 2005,
// https://doi.org/10.1109/ISPA.2005.195385). The systematic scheme scatters; the others write N ascending positions in
// [0, 1), as fractions of 2³², into `ancestors`, where a sweep replaces each by the particle that covers it.
import { F32, VEC } from "../memory";
import { logPositive } from "../math/log";
import { sum } from "../math/reduce";
import { NO_TILE, philox, philoxGroup, SCRATCH } from "../random/philox";
import { unitLanes } from "../random/uniform";

const ONE = memory.data<v128>([f32x4.splat(1.0)]);
const TO_U32: f64 = 4294967296; // 2³²
/** A weight this close to a whole number of copies counts as one: several roundings of an f32. */
const SLACK: f64 = 1e-6;

/**
 * Systematic resampling: position[n] = (n + u) / N with one uniform u. |count of n − N w[n]| ≤ 1.
 *
 * @param ancestors [N] u32, written, ascending
 * @param weights   [N] ≥ 0; their sum need not be 1
 * @returns Σ_n weights[n]; unless it is positive and finite, `ancestors` says nothing
 *
 * N is a multiple of 4. Sums are in f64.
 */
export function resampleSystematic(
  ancestors: usize, weights: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize,
): f64 {
  const total = sum(weights, N);
  if (!(total > 0 && total < Infinity)) return total;
  philoxGroup(SCRATCH, seedLow, seedHigh, stream, NO_TILE, step, 0);
  const u = <f64>load<u32>(SCRATCH) / TO_U32;
  const scale = <f64>N / total;
  memory.fill(ancestors, 0, N * F32);

  let before: f64 = 0;
  // at the first place n + u ≥ N Σ_{k<i} w[k]: i; of several i the last, the others cover no place
  for (let i: usize = 0; i < N; i++) {
    const place = <usize>ceil(before * scale - u);
    store<u32>(place < N ? ancestors + place * F32 : SCRATCH, <u32>i);
    before += <f64>load<f32>(weights + i * F32);
  }
  let ancestor: u32 = 0;
  // A[n] = the largest i at a place ≤ n
  for (const end = ancestors + N * F32; ancestors < end; ancestors += F32) {
    ancestor = max(ancestor, load<u32>(ancestors));
    store<u32>(ancestors, ancestor);
  }
  return total;
}

/** Stratified resampling: position[n] = (n + u[n]) / N with N uniforms; else as `resampleSystematic`. */
export function resampleStratified(
  ancestors: usize, weights: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize,
): f64 {
  philox(ancestors, seedLow, seedHigh, stream, NO_TILE, step, 0, N);
  const stratum = 1 / <f64>N;
  // position[n] = (n + u[n]) / N
  for (let n: usize = 0; n < N; n++) {
    const u = <f64>load<u32>(ancestors + n * F32);
    store<u32>(ancestors + n * F32, <u32>((<f64>n * TO_U32 + u) * stratum));
  }
  return sweep(ancestors, N, weights, N, 1, false);
}

/** Multinomial resampling: the positions are N sorted uniforms; else as `resampleSystematic`. */
export function resampleMultinomial(
  ancestors: usize, weights: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize,
): f64 {
  exponentials(ancestors, seedLow, seedHigh, stream, step, N);
  sortedUniforms(ancestors, N);
  return sweep(ancestors, N, weights, N, 1, false);
}

/**
 * Residual resampling (Liu & Chen 1998): ⌊N w[n]⌋ copies of n, then the R places left multinomially from what
 * the weights have left. Ancestors are ascending within each of the two parts; else as `resampleSystematic`.
 */
export function resampleResidual(
  ancestors: usize, weights: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize,
): f64 {
  const total = sum(weights, N);
  if (!(total > 0 && total < Infinity)) return total;
  const scale = <f64>N / total;
  exponentials(ancestors, seedLow, seedHigh, stream, step, N);

  const end = ancestors + N * F32;
  let place = ancestors;
  // ⌊N w[n]⌋ copies of n
  for (let n: usize = 0; n < N; n++) {
    const copies = <usize>wholeCopies(scale * <f64>load<f32>(weights + n * F32));
    for (let stop = min(place + copies * F32, end); place < stop; place += F32) store<u32>(place, <u32>n);
  }
  const left = (end - place) / F32;
  sortedUniforms(place, left);
  sweep(place, left, weights, N, scale, true);
  return total;
}

/** out[n] ∼ Exp(1) as f32, and one more at SCRATCH. */
function exponentials(out: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize): void {
  philox(out, seedLow, seedHigh, stream, NO_TILE, step, 0, N);
  // out[n] = −log(1 − u[n])
  for (let o = out, end = out + N * F32; o < end; o += VEC) v128.store(o, exponentialLanes(v128.load(o)));
  // block N lies beyond the N / 4 blocks above
  philoxGroup(SCRATCH, seedLow, seedHigh, stream, NO_TILE, step, <u32>N);
  v128.store(SCRATCH, exponentialLanes(v128.load(SCRATCH)));
}

// @ts-ignore: decorator
@inline
function exponentialLanes(words: v128): v128 {
  return f32x4.neg(logPositive(f32x4.sub(v128.load(ONE), unitLanes(words))));
}

/** Sorted uniforms from N + 1 exponentials (Devroye 1986, V.3.1): Σ_{k≤n} E[k] / Σ_{k≤N} E[k], fractions of 2³². */
function sortedUniforms(out: usize, N: usize): void {
  let total = <f64>load<f32>(SCRATCH);
  // Σ_{k≤N} E[k]
  for (let n: usize = 0; n < N; n++) total += <f64>load<f32>(out + n * F32);
  const scale = TO_U32 / total;
  let part: f64 = 0;
  // out[n] = Σ_{k≤n} E[k] / Σ_{k≤N} E[k]
  for (let n: usize = 0; n < N; n++) {
    part += <f64>load<f32>(out + n * F32);
    store<u32>(out + n * F32, <u32>(scale * part));
  }
}

/** The whole number of copies in a particle's share. */
// @ts-ignore: decorator
@inline
function wholeCopies(share: f64): f64 {
  return Math.floor(share + SLACK);
}

/** A particle's share: scale · weight, of which a residual keeps what full copies leave. */
// @ts-ignore: decorator
@inline
function shareOf(weight: usize, scale: f64, residual: bool): f64 {
  const share = scale * <f64>load<f32>(weight);
  return residual ? max(share - wholeCopies(share), 0) : share;
}

/** Σ_n share[n] */
function sumOf(weights: usize, N: usize, scale: f64, residual: bool): f64 {
  if (!residual) return scale * sum(weights, N);
  let total: f64 = 0;
  for (let n: usize = 0; n < N; n++) total += shareOf(weights + n * F32, scale, residual);
  return total;
}

/** Replaces `count` ascending positions by the particles that cover them. @returns Σ_n share[n] */
function sweep(places: usize, count: usize, weights: usize, N: usize, scale: f64, residual: bool): f64 {
  const total = sumOf(weights, N, scale, residual);
  if (!(total > 0 && total < Infinity)) return total;
  let last = N - 1;
  while (shareOf(weights + last * F32, scale, residual) == 0) last--;
  const unit = total / TO_U32;

  let n: usize = 0;
  let covered = shareOf(weights, scale, residual);
  // place ← the least n whose Σ_{k≤n} share[k] exceeds its position
  for (const end = places + count * F32; places < end; places += F32) {
    const position = unit * <f64>load<u32>(places);
    while (covered <= position && n < last) covered += shareOf(weights + ++n * F32, scale, residual);
    store<u32>(places, <u32>n);
  }
  return total;
}
