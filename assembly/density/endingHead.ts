import { sigmoidShared } from "../math/sigmoid";
import { pad4, ROW, TILE, VEC } from "../memory";

/**
 * Gradient of the part of a head that speaks of the end of the world: the logit l of ending, and below it the reward v
 * that ending brings. A goal is rare and its reward far from all others, so it has an output of its own.
 *
 *   ∂l = (σ(l + offset) − t) / N,   ∂v = t · clip(v − g, −1, 1) / N,   N = tiles · TILE
 *
 * Where endings are drawn more often than they happen, offset = log-odds of an ending in the batch minus log-odds in the
 * experience leaves σ(l) calibrated to the experience (King & Zeng 2001, https://doi.org/10.1093/oxfordjournals.pan.a004868).
 *
 * @param dHead   [tiles][rows][TILE]     its rows `row` and `row + 1` are written
 * @param head    [tiles][rows][TILE]
 * @param ended   [tiles][pad4(1)][TILE]  t ∈ {0, 1}
 * @param reward  [tiles][pad4(1)][TILE]  g, read where t = 1
 */
export function endingHeadGradient(
  dHead: usize, head: usize, ended: usize, reward: usize, offset: f32, row: usize, rows: usize, tiles: usize,
): void {
  const inverseN = f32x4.splat(<f32>1 / <f32>(tiles * TILE));
  const low = f32x4.splat(-1), high = f32x4.splat(1), shift = f32x4.splat(offset);
  for (let tile: usize = 0; tile < tiles; tile++) {
    const from = head + row * ROW, to = dHead + row * ROW;
    for (let n: usize = 0; n < ROW; n += VEC) {
      const t = v128.load(ended + n);
      const error = f32x4.sub(sigmoidShared(f32x4.add(v128.load(from + n), shift)), t);
      v128.store(to + n, f32x4.mul(error, inverseN));
      const miss = f32x4.sub(v128.load(from + n, ROW), v128.load(reward + n));
      const pull = f32x4.mul(t, f32x4.min(high, f32x4.max(low, miss)));
      v128.store(to + n, f32x4.mul(pull, inverseN), ROW);
    }
    head += rows * ROW;
    dHead += rows * ROW;
    ended += pad4(1) * ROW;
    reward += pad4(1) * ROW;
  }
}
