import { pad4, ROW, TILE, VEC } from "../memory";

/**
 * Gradient of the mean Huber loss of a network with one output.
 *
 *   ∂v = clip(v − t, −delta, delta) / N,   N = tiles · TILE
 *
 * @param dV      [tiles][pad4(1)][TILE]  first row of each tile written
 * @param v       [tiles][pad4(1)][TILE]
 * @param target  [tiles][pad4(1)][TILE]  t
 * @returns mean of (v − t)²
 */
export function huberGradient(dV: usize, v: usize, target: usize, delta: f32, tiles: usize): f32 {
  const inverseN = f32x4.splat(<f32>1 / <f32>(tiles * TILE));
  const high = f32x4.splat(delta), low = f32x4.splat(-delta);
  let squares = f32x4.splat(0);
  for (let tile: usize = 0; tile < tiles; tile++) {
    for (let n: usize = 0; n < ROW; n += VEC) {
      const error = f32x4.sub(v128.load(v + n), v128.load(target + n));
      v128.store(dV + n, f32x4.mul(f32x4.min(high, f32x4.max(low, error)), inverseN));
      squares = f32x4.add(squares, f32x4.mul(error, error));
    }
    dV += pad4(1) * ROW;
    v += pad4(1) * ROW;
    target += pad4(1) * ROW;
  }
  const sum = f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1) +
    f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3);
  return sum / <f32>(tiles * TILE);
}
