import { F32, ROW, VEC } from "../memory";

/** States stay within so many standard deviations of the experience. */
export const STATE_BOUND: f32 = 8;

/**
 * Makes the largest number of each one-hot its choice: (1 − 1 / n) and the others (0 − 1 / n), over √((1 / n) (1 − 1 / n)).
 *
 * @param states  [D][TILE]
 * @param choices [D]       n at the first of n choices, 0 elsewhere
 * @param D       numbers of a state
 */
export function choose(states: usize, choices: usize, D: usize): void {
  for (let d: usize = 0, n: u32 = 0; d < D; d += max(1, n)) {
    n = load<u32>(choices + d * F32);
    if (n < 2) continue;
    const root = sqrt(<f32>(n - 1));
    const chosen = f32x4.splat(min(STATE_BOUND, root)), other = f32x4.splat(-1 / root);
    for (let lane: usize = 0; lane < ROW; lane += VEC) {
      const first = states + d * ROW + lane;
      let largest = v128.load(first);
      for (let k: usize = 1; k < n; k++) largest = f32x4.max(largest, v128.load(first + k * ROW));
      let isOpen = i32x4.splat(-1);
      for (let k: usize = 0; k < n; k++) {
        const place = first + k * ROW;
        const isLargest = v128.and(isOpen, f32x4.eq(v128.load(place), largest));
        isOpen = v128.andnot(isOpen, isLargest);
        v128.store(place, v128.bitselect(chosen, other, isLargest));
      }
    }
  }
}
