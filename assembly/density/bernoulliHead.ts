import { sigmoidLanes } from "../math/sigmoid";
import { pad4, ROW, TILE, VEC } from "../memory";

/**
 * Gradient of the mean cross-entropy of a Bernoulli whose logit l is one row of a head.
 *
 *   ∂l = (σ(l) − t) / N,   N = tiles · TILE
 *
 * @param dHead   [tiles][rows][TILE]       its row `row` is written
 * @param head    [tiles][rows][TILE]
 * @param target  [tiles][pad4(1)][TILE]    t ∈ {0, 1}
 */
export function bernoulliHeadGradient(
  dHead: usize, head: usize, target: usize, row: usize, rows: usize, tiles: usize,
): void {
  const inverseN = f32x4.splat(<f32>1 / <f32>(tiles * TILE));
  for (let tile: usize = 0; tile < tiles; tile++) {
    const l = head + row * ROW, d = dHead + row * ROW;
    for (let n: usize = 0; n < ROW; n += VEC) {
      const error = f32x4.sub(sigmoidLanes(v128.load(l + n)), v128.load(target + n));
      v128.store(d + n, f32x4.mul(error, inverseN));
    }
    head += rows * ROW;
    dHead += rows * ROW;
    target += pad4(1) * ROW;
  }
}
