import { multiplyAdd } from "../math/multiplyAdd";
import { F32, ROW, VEC } from "../memory";
import { PAIRS } from "./pairs";

/** Particles of one pass of the micro-kernel: columns are computed so many at a time. */
export const PARTICLES: usize = PAIRS ? 16 : 8;

/** Bytes of the columns that hold so many particles, as `fourRows` takes them. */
// @ts-ignore: decorator
@inline
export function columnsFor(particles: usize): usize {
  return (particles + PARTICLES - 1) / PARTICLES * PARTICLES * F32;
}

/**
 * Four rows of a tile, or of some of its columns.
 *
 *   y[o,n] = start[o,n] + Σ_k W[o,k] x[k,n]
 *
 * @param y         [4][TILE]  written in the columns; may be `start`
 * @param x         [K][TILE]
 * @param columns   bytes of a row that are computed, a multiple of those of PARTICLES
 * @param weight    [K][4]
 * @param end       its end
 * @param start     four rows, `startRow` bytes apart
 * @param startStep bytes from vector to vector of a row of `start`: 16, or 0 where it is one vector
 */
// @ts-ignore: decorator
@inline
export function fourRows(
  y: usize, x: usize, weight: usize, end: usize, start: usize, startRow: usize, startStep: usize, columns: usize,
): void {
  if (PAIRS) {
    for (const last = y + columns; y < last; y += 4 * VEC, x += 4 * VEC, start += 4 * startStep)
      fourBySixteen(y, x, weight, end, start, startRow, startStep);
    return;
  }
  for (const last = y + columns; y < last; y += 2 * VEC, x += 2 * VEC) {
    let s = start;
    let y00 = v128.load(s), y01 = v128.load(s + startStep);
    s += startRow;
    let y10 = v128.load(s), y11 = v128.load(s + startStep);
    s += startRow;
    let y20 = v128.load(s), y21 = v128.load(s + startStep);
    s += startRow;
    let y30 = v128.load(s), y31 = v128.load(s + startStep);
    start += 2 * startStep;
    // y[o,n] += W[o,k] x[k,n] for four o and eight n
    for (let w = weight, row = x; w < end; w += VEC, row += ROW) {
      const x0 = v128.load(row), x1 = v128.load(row, VEC);
      const w0 = v128.load32_splat(w);
      y00 = multiplyAdd(y00, w0, x0);
      y01 = multiplyAdd(y01, w0, x1);
      const w1 = v128.load32_splat(w, F32);
      y10 = multiplyAdd(y10, w1, x0);
      y11 = multiplyAdd(y11, w1, x1);
      const w2 = v128.load32_splat(w, 2 * F32);
      y20 = multiplyAdd(y20, w2, x0);
      y21 = multiplyAdd(y21, w2, x1);
      const w3 = v128.load32_splat(w, 3 * F32);
      y30 = multiplyAdd(y30, w3, x0);
      y31 = multiplyAdd(y31, w3, x1);
    }
    v128.store(y, y00);
    v128.store(y, y01, VEC);
    v128.store(y, y10, ROW);
    v128.store(y, y11, ROW + VEC);
    v128.store(y, y20, 2 * ROW);
    v128.store(y, y21, 2 * ROW + VEC);
    v128.store(y, y30, 3 * ROW);
    v128.store(y, y31, 3 * ROW + VEC);
  }
}

/**
 * Sixteen particles of four rows, for engines that run two neighbouring operations of 128 bits as one of 256: sixteen
 * accumulators are eight there. By itself, since V8 pairs nothing that an outer loop carries on (docs/decisions/0014-paired-vectors.md).
 */
function fourBySixteen(
  y: usize, x: usize, weight: usize, end: usize, start: usize, startRow: usize, startStep: usize,
): void {
  let y00 = v128.load(start), y01 = v128.load(start + startStep),
    y02 = v128.load(start + 2 * startStep), y03 = v128.load(start + 3 * startStep);
  start += startRow;
  let y10 = v128.load(start), y11 = v128.load(start + startStep),
    y12 = v128.load(start + 2 * startStep), y13 = v128.load(start + 3 * startStep);
  start += startRow;
  let y20 = v128.load(start), y21 = v128.load(start + startStep),
    y22 = v128.load(start + 2 * startStep), y23 = v128.load(start + 3 * startStep);
  start += startRow;
  let y30 = v128.load(start), y31 = v128.load(start + startStep),
    y32 = v128.load(start + 2 * startStep), y33 = v128.load(start + 3 * startStep);
  // y[o,n] += W[o,k] x[k,n] for four o and sixteen n
  for (; weight < end; weight += VEC, x += ROW) {
    const x0 = v128.load(x), x1 = v128.load(x, VEC), x2 = v128.load(x, 2 * VEC), x3 = v128.load(x, 3 * VEC);
    const w0 = v128.load32_splat(weight);
    y00 = multiplyAdd(y00, w0, x0);
    y01 = multiplyAdd(y01, w0, x1);
    y02 = multiplyAdd(y02, w0, x2);
    y03 = multiplyAdd(y03, w0, x3);
    const w1 = v128.load32_splat(weight, F32);
    y10 = multiplyAdd(y10, w1, x0);
    y11 = multiplyAdd(y11, w1, x1);
    y12 = multiplyAdd(y12, w1, x2);
    y13 = multiplyAdd(y13, w1, x3);
    const w2 = v128.load32_splat(weight, 2 * F32);
    y20 = multiplyAdd(y20, w2, x0);
    y21 = multiplyAdd(y21, w2, x1);
    y22 = multiplyAdd(y22, w2, x2);
    y23 = multiplyAdd(y23, w2, x3);
    const w3 = v128.load32_splat(weight, 3 * F32);
    y30 = multiplyAdd(y30, w3, x0);
    y31 = multiplyAdd(y31, w3, x1);
    y32 = multiplyAdd(y32, w3, x2);
    y33 = multiplyAdd(y33, w3, x3);
  }
  v128.store(y, y00);
  v128.store(y, y01, VEC);
  v128.store(y, y02, 2 * VEC);
  v128.store(y, y03, 3 * VEC);
  v128.store(y, y10, ROW);
  v128.store(y, y11, ROW + VEC);
  v128.store(y, y12, ROW + 2 * VEC);
  v128.store(y, y13, ROW + 3 * VEC);
  v128.store(y, y20, 2 * ROW);
  v128.store(y, y21, 2 * ROW + VEC);
  v128.store(y, y22, 2 * ROW + 2 * VEC);
  v128.store(y, y23, 2 * ROW + 3 * VEC);
  v128.store(y, y30, 3 * ROW);
  v128.store(y, y31, 3 * ROW + VEC);
  v128.store(y, y32, 3 * ROW + 2 * VEC);
  v128.store(y, y33, 3 * ROW + 3 * VEC);
}
