import { F32, VEC } from "../memory";
import { NO_TILE, philox, philoxGroup, SCRATCH } from "./philox";

const TO_UNIT = memory.data<v128>([f32x4.splat(5.9604644775390625e-8)]); // 2⁻²⁴

/** [0, 1) in steps of 2⁻²⁴ from the words' upper 24 bits. */
// @ts-ignore: decorator
@inline
export function unitLanes(words: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), v128.load(TO_UNIT));
}

/**
 * Uniform numbers in [0, 1), in steps of 2⁻²⁴.
 *
 * out[i] depends on (seed, stream, tile, step, i) alone, so a longer draw begins with the shorter one.
 *
 * @param out [N] written; N is a multiple of 4
 */
export function uniform(
  out: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32, N: usize,
): void {
  philox(out, seedLow, seedHigh, stream, tile, step, 0, N);
  // out[i] = ⌊word[i] / 2⁸⌋ / 2²⁴
  for (const end = out + N * F32; out < end; out += VEC) v128.store(out, unitLanes(v128.load(out)));
}

/**
 * Uniform whole numbers in [0, population); a number's probability is off by less than 2⁻³².
 *
 * @param out [N] u32, written; N is a multiple of 4
 */
export function drawIndices(
  out: usize, population: u32, seedLow: u32, seedHigh: u32, stream: u32, step: u32, N: usize,
): void {
  philox(out, seedLow, seedHigh, stream, NO_TILE, step, 0, N);
  const size = i32x4.splat(population);
  // out[i] = ⌊population · word[i] / 2³²⌋
  for (const end = out + N * F32; out < end; out += VEC) {
    const words = v128.load(out);
    const low = i64x2.extmul_low_i32x4_u(words, size);
    const high = i64x2.extmul_high_i32x4_u(words, size);
    v128.store(out, v128.shuffle<i32>(low, high, 1, 3, 5, 7));
  }
}

/** [0, 1) in steps of 2⁻⁵³ from 64 bits. */
// @ts-ignore: decorator
@inline
export function unit64(first: u32, second: u32): f64 {
  return (<f64>(first >>> 5) * 67108864.0 + <f64>(second >>> 6)) * 1.1102230246251565e-16; // 2²⁶, 2⁻⁵³
}

/** The block of a lone draw: its four words at SCRATCH, SCRATCH + 16, + 32, + 48. */
export function loneBlock(seedLow: u32, seedHigh: u32, stream: u32, index: f64): void {
  const counter = <u64>index;
  philoxGroup(SCRATCH, seedLow, seedHigh, stream, NO_TILE, <u32>(counter >>> 32), <u32>counter);
}

/** The uniform number of [0, 1) at `index` ∈ {0, 1, …, 2⁵³ − 1}, in steps of 2⁻⁵³. */
export function uniform64(seedLow: u32, seedHigh: u32, stream: u32, index: f64): f64 {
  loneBlock(seedLow, seedHigh, stream, index);
  return unit64(load<u32>(SCRATCH), load<u32>(SCRATCH, VEC));
}
