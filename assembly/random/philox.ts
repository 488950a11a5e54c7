// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, https://doi.org/10.1145/2063384.2063405): a keyed bijection of
// 128-bit counters. Counter (block, step, tile, stream), key (seedLow, seedHigh); a value depends on nothing else.
import { F32, VEC } from "../memory";

const M0 = memory.data<v128>([i32x4.splat(0xd2511f53)]); // the paper's multipliers …
const M1 = memory.data<v128>([i32x4.splat(0xcd9e8d57)]);
const GOLDEN = memory.data<v128>([i32x4.splat(0x9e3779b9)]); // … and key increments: the golden ratio
const ROOT3 = memory.data<v128>([i32x4.splat(0xbb67ae85)]); // √3 − 1
const LANE = memory.data<v128>([i32x4(0, 1, 2, 3)]);
const ROUNDS = 10;

/** The tile of draws that belong to no tile. */
export const NO_TILE: u32 = 0xffffffff;
/** Blocks computed at once, one per lane. */
export const LANES: u32 = 4;
/** Bytes and words of one group: four blocks of four words, word j of the group's block b at [j, b]. */
export const GROUP: usize = 4 * VEC;
/** Room for one group. */
export const SCRATCH = memory.data(64, 16);

/** High words of the four products a · b. */
// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** Words of the four blocks from `block` on; out [4, 4], written. */
export function philoxGroup(
  out: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32, block: u32,
): void {
  let c0 = i32x4.add(i32x4.splat(block), v128.load(LANE));
  let c1 = i32x4.splat(step);
  let c2 = i32x4.splat(tile);
  let c3 = i32x4.splat(stream);
  let k0 = i32x4.splat(seedLow);
  let k1 = i32x4.splat(seedHigh);

  // c ← (hi(M1 c2) ⊕ c1 ⊕ k0, lo(M1 c2), hi(M0 c0) ⊕ c3 ⊕ k1, lo(M0 c0)), k ← k + (golden, √3)
  for (let round = 0; round < ROUNDS; round++) {
    const m0 = v128.load(M0);
    const m1 = v128.load(M1);
    const first = v128.xor(v128.xor(high(c2, m1), c1), k0);
    const third = v128.xor(v128.xor(high(c0, m0), c3), k1);
    c1 = i32x4.mul(c2, m1);
    c3 = i32x4.mul(c0, m0);
    c0 = first;
    c2 = third;
    k0 = i32x4.add(k0, v128.load(GOLDEN));
    k1 = i32x4.add(k1, v128.load(ROOT3));
  }
  v128.store(out, c0);
  v128.store(out, c1, VEC);
  v128.store(out, c2, 2 * VEC);
  v128.store(out, c3, 3 * VEC);
}

/**
 * Random words: out[16 g + 4 j + b] is word j of block `block` + 4 g + b.
 *
 * @param out [N] u32, written; N is a multiple of 4
 */
export function philox(
  out: usize, seedLow: u32, seedHigh: u32, stream: u32, tile: u32, step: u32, block: u32, N: usize,
): void {
  const end = out + N * F32;
  // full groups, then what remains of one
  for (; out + GROUP <= end; out += GROUP, block += LANES)
    philoxGroup(out, seedLow, seedHigh, stream, tile, step, block);
  if (out < end) {
    philoxGroup(SCRATCH, seedLow, seedHigh, stream, tile, step, block);
    memory.copy(out, SCRATCH, end - out);
  }
}
