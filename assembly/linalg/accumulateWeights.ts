import { multiplyAdd } from "../math/multiplyAdd";
import { F32, ROW, TILE, VEC } from "../memory";
import { PAIRS } from "./pairs";

/** Two blocks of four rows of a tile, transposed: [2][TILE][4]; or [TILE][2][4] where vectors are paired, and sums [8][2][4]. */
export const BLOCKS = memory.data(1280, 16);
const SUMS = BLOCKS + 1024;
/** Bytes from a particle to the next, and from a block to the other. */
export const PARTICLE_STEP: usize = PAIRS ? 2 * VEC : VEC;
export const BLOCK_STEP: usize = PAIRS ? VEC : TILE * VEC;

/**
 * dW[o,k] += Σ_n dy[o,n] x[k,n] for the outputs at BLOCKS.
 *
 * @param dWeight [inputs][4]                of the first block
 * @param next    bytes to the second block  0 where there is none
 * @param x       [pad4(inputs)][TILE]
 */
// @ts-ignore: decorator
@inline
export function accumulateWeights(dWeight: usize, next: usize, x: usize, inputs: usize): void {
  let k: usize = 0;
  if (PAIRS)
    for (; k + 8 <= inputs; k += 8, x += 8 * ROW) {
      sumEight(x);
      // dW[o,k] += SUMS[k,o]
      for (let i: usize = 0; i < 8; i++, dWeight += VEC)
        addTwo(dWeight, next, v128.load(SUMS + i * 2 * VEC), v128.load(SUMS + i * 2 * VEC, VEC));
    }
  for (; k < inputs; k += 4, x += 4 * ROW, dWeight += 4 * VEC) accumulateFour(dWeight, next, x, inputs - k);
}

/** The same for min(count, 4) inputs. */
// @ts-ignore: decorator
@inline
function accumulateFour(dWeight: usize, next: usize, x: usize, count: usize): void {
  // a_k += dy[o,n] x[k,n] for the outputs of the first block, b_k for those of the second
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  for (let y = BLOCKS, end = x + ROW; x < end; y += PARTICLE_STEP, x += F32) {
    const y0 = v128.load(y), y1 = v128.load(y + BLOCK_STEP);
    const x0 = v128.load32_splat(x);
    a0 = multiplyAdd(a0, y0, x0);
    b0 = multiplyAdd(b0, y1, x0);
    const x1 = v128.load32_splat(x, ROW);
    a1 = multiplyAdd(a1, y0, x1);
    b1 = multiplyAdd(b1, y1, x1);
    const x2 = v128.load32_splat(x, 2 * ROW);
    a2 = multiplyAdd(a2, y0, x2);
    b2 = multiplyAdd(b2, y1, x2);
    const x3 = v128.load32_splat(x, 3 * ROW);
    a3 = multiplyAdd(a3, y0, x3);
    b3 = multiplyAdd(b3, y1, x3);
  }
  addTwo(dWeight, next, a0, b0);
  if (count > 1) addTwo(dWeight + VEC, next, a1, b1);
  if (count > 2) addTwo(dWeight + 2 * VEC, next, a2, b2);
  if (count > 3) addTwo(dWeight + 3 * VEC, next, a3, b3);
}

/** SUMS[k,o] = Σ_n dy[o,n] x[k,n] for eight inputs: sixteen accumulators, which are eight where vectors are paired. */
function sumEight(x: usize): void {
  // as above
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0, b6 = a0, b7 = a0;
  let y = BLOCKS;
  for (const end = SUMS; y < end; y += 2 * VEC, x += F32) {
    const y0 = v128.load(y), y1 = v128.load(y, VEC);
    const x0 = v128.load32_splat(x);
    a0 = multiplyAdd(a0, y0, x0);
    b0 = multiplyAdd(b0, y1, x0);
    const x1 = v128.load32_splat(x, ROW);
    a1 = multiplyAdd(a1, y0, x1);
    b1 = multiplyAdd(b1, y1, x1);
    const x2 = v128.load32_splat(x, 2 * ROW);
    a2 = multiplyAdd(a2, y0, x2);
    b2 = multiplyAdd(b2, y1, x2);
    const x3 = v128.load32_splat(x, 3 * ROW);
    a3 = multiplyAdd(a3, y0, x3);
    b3 = multiplyAdd(b3, y1, x3);
    const x4 = v128.load32_splat(x, 4 * ROW);
    a4 = multiplyAdd(a4, y0, x4);
    b4 = multiplyAdd(b4, y1, x4);
    const x5 = v128.load32_splat(x, 5 * ROW);
    a5 = multiplyAdd(a5, y0, x5);
    b5 = multiplyAdd(b5, y1, x5);
    const x6 = v128.load32_splat(x, 6 * ROW);
    a6 = multiplyAdd(a6, y0, x6);
    b6 = multiplyAdd(b6, y1, x6);
    const x7 = v128.load32_splat(x, 7 * ROW);
    a7 = multiplyAdd(a7, y0, x7);
    b7 = multiplyAdd(b7, y1, x7);
  }
  // y is SUMS now; V8 pairs no stores at a constant address
  v128.store(y, a0);
  v128.store(y, b0, VEC);
  v128.store(y, a1, 2 * VEC);
  v128.store(y, b1, 3 * VEC);
  v128.store(y, a2, 4 * VEC);
  v128.store(y, b2, 5 * VEC);
  v128.store(y, a3, 6 * VEC);
  v128.store(y, b3, 7 * VEC);
  v128.store(y, a4, 8 * VEC);
  v128.store(y, b4, 9 * VEC);
  v128.store(y, a5, 10 * VEC);
  v128.store(y, b5, 11 * VEC);
  v128.store(y, a6, 12 * VEC);
  v128.store(y, b6, 13 * VEC);
  v128.store(y, a7, 14 * VEC);
  v128.store(y, b7, 15 * VEC);
}

/** Adds to two vectors, `next` bytes apart; where that is 0, a = b is added once. */
// @ts-ignore: decorator
@inline
export function addTwo(out: usize, next: usize, a: v128, b: v128): void {
  const first = f32x4.add(v128.load(out), a), second = f32x4.add(v128.load(out + next), b);
  v128.store(out, first);
  v128.store(out + next, second);
}
