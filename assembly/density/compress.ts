import { ROW, VEC } from "../memory";

/*
 * Numbers of ordinary size as they are, those far away compressed: a network can learn a reward of a million deviations
 * beside those of one, and errors about ordinary ones stay ordinary.
 *
 *   c(x) = x where |x| ≤ k,   sign(x) (k + slope (|x| − k)) beyond, with a slope for either sign;   k = 8
 */
const KNEE: f32 = 8; // deviations

/** sign(x) (k + slope (|x| − k)) where |x| > k; four lanes. */
// @ts-ignore: decorator
@inline
function bent(x: v128, low: f32, high: f32): v128 {
  const knee = f32x4.splat(KNEE), least = f32x4.splat(-KNEE);
  const above = f32x4.add(knee, f32x4.mul(f32x4.splat(high), f32x4.sub(x, knee)));
  const below = f32x4.add(least, f32x4.mul(f32x4.splat(low), f32x4.sub(x, least)));
  return v128.bitselect(above, v128.bitselect(below, x, f32x4.lt(x, least)), f32x4.gt(x, knee));
}

/**
 * One row of every tile ← min(most, max(least, c(row))).
 *
 * @param x     [tiles][rows][TILE]  in and out
 * @param low   slope below −k, in (0, 1]
 * @param high  slope above k, in (0, 1]
 * @param least,most  bounds of what comes of it
 * @param row   of a tile
 * @param rows  of a tile
 */
export function compressRow(
  x: usize, low: f32, high: f32, least: f32, most: f32, row: usize, rows: usize, tiles: usize,
): void {
  const bottom = f32x4.splat(least), top = f32x4.splat(most);
  for (let tile: usize = 0; tile < tiles; tile++) {
    const from = x + (tile * rows + row) * ROW;
    for (let n = from; n < from + ROW; n += VEC) v128.store(n, f32x4.min(top, f32x4.max(bottom, bent(v128.load(n), low, high))));
  }
}

/** c⁻¹ of four lanes. */
export function expandLanes(x: v128, low: f32, high: f32): v128 {
  return bent(x, 1 / low, 1 / high);
}
