import { F32, VEC } from "../memory";
import { logPositive } from "../math/log";
import { cosReduced, sinReduced } from "../math/trig";
import { GROUP, LANES, philoxGroup, SCRATCH } from "./philox";
import { loneBlock, unit64, unitLanes } from "./uniform";

const ONE = memory.data<v128>([f32x4.splat(1.0)]);
const MINUS_TWO = memory.data<v128>([f32x4.splat(-2.0)]);
const TO_ANGLE = memory.data<v128>([f32x4.splat(3.6572951981e-10)]); // ¼π / 2³¹
const SIGN = memory.data<v128>([i32x4.splat(0x80000000)]);
const TWO_PI: f64 = 6.283185307179586; // 2π

/**
 * Turns two vectors of words into two of normals (Box & Muller 1958, https://doi.org/10.1214/aoms/1177706645).
 *
 *   out = √(−2 log u) (cos θ, sin θ),   u ∈ (0, 1] from the first words, θ from the second
 *
 * θ's quadrant comes from the words' upper two bits, its place in [−¼π, ¼π) from the other thirty.
 */
// @ts-ignore: decorator
@inline
function boxMuller(out: usize): void {
  const u = f32x4.sub(v128.load(ONE), unitLanes(v128.load(out)));
  const radius = f32x4.sqrt(f32x4.mul(v128.load(MINUS_TWO), logPositive(u)));
  const turn = v128.load(out, VEC);
  const angle = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(turn, 2)), v128.load(TO_ANGLE));
  // bit 30 mirrors the quadrant around 0 to the one around π; bit 31 exchanges the axes
  const cos = v128.xor(cosReduced(angle), v128.and(i32x4.shl(turn, 1), v128.load(SIGN)));
  const sin = sinReduced(angle);
  const exchange = i32x4.shr_s(turn, 31);
  v128.store(out, f32x4.mul(radius, v128.bitselect(sin, cos, exchange)));
  v128.store(out, f32x4.mul(radius, v128.bitselect(cos, sin, exchange)), VEC);
}

/**
 * Standard normal numbers, |out[i]| ≤ √(48 log 2) = 5.77.
 *
 * out[i] depends on (seed, stream, tile, step, i) alone, so a longer draw begins with the shorter one.
 *
 * @param out [N] written; N is a multiple of 4
 */
export function normal(
  out: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32, N: usize,
): void {
  const end = out + N * F32;
  // full groups of sixteen, then the rest of one
  for (let block: u32 = 0; out < end; out += GROUP, block += LANES) {
    const isFull = out + GROUP <= end;
    const target = isFull ? out : SCRATCH;
    philoxGroup(target, seedLow, seedHigh, stream, tile, step, block);
    boxMuller(target);
    boxMuller(target + 2 * VEC);
    if (!isFull) memory.copy(out, SCRATCH, end - out);
  }
}

/** The standard normal number at `index` ∈ {0, 1, …, 2⁵³ − 1}: √(−2 log(1 − u)) cos 2πv, in f64. */
export function normal64(seedLow: u32, seedHigh: u32, stream: u32, index: f64): f64 {
  loneBlock(seedLow, seedHigh, stream, index);
  const u = unit64(load<u32>(SCRATCH), load<u32>(SCRATCH, VEC));
  const v = unit64(load<u32>(SCRATCH, 2 * VEC), load<u32>(SCRATCH, 3 * VEC));
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(TWO_PI * v);
}
