import { expShared } from "../math/exp";
import { sigmoidLanes, sigmoidShared } from "../math/sigmoid";
import { pad4, ROW, TILE, VEC } from "../memory";

/*
 * A diagonal Gaussian as the output of a network: the first `width` rows are means m, the next `width` rows y
 * give bounded variances, log s² = LOWEST + RANGE · σ(y + 1).
 */
const LOWEST: f32 = -9; // s ≥ .011 standard deviations of the target
const RANGE: f32 = 10; // s ≤ 1.65
const MOST_ERROR: f32 = 8; // deviations of the target: one row pulls no harder

/** log s² of four lanes of y. */
// @ts-ignore: decorator
@inline
export function logVarianceLanes(y: v128): v128 {
  const s = sigmoidLanes(f32x4.add(y, f32x4.splat(1)));
  return f32x4.add(f32x4.splat(LOWEST), f32x4.mul(f32x4.splat(RANGE), s));
}

/** log s² of one y. */
export function logVariance(y: f32): f32 {
  return f32x4.extract_lane(logVarianceLanes(f32x4.splat(y)), 0);
}

/**
 * Gradient of the mean negative log-likelihood of a Gaussian head, each coordinate weighted by its own standard
 * deviation as a constant (β-NLL with β = ½; Seitzer et al. 2022, https://arxiv.org/abs/2203.09168).
 *
 *   ℓ = ½ e² / s² + ½ log s²,   e = clip(m − t, ±8)
 *   ∂m = s · e / s² / N,   ∂y = s · ½ (1 − e² / s²) · RANGE σ'(y + 1) / N,   N = tiles · TILE
 *
 * @param dHead   [tiles][rows][TILE]          its first 2·width rows are written
 * @param head    [tiles][rows][TILE]          m, then y
 * @param target  [tiles][pad4(width)][TILE]   t
 * @param ended   [tiles][pad4(1)][TILE]       1 where the last coordinate (the reward) is left out, or 0 elsewhere
 * @param rows    rows of a tile of the head
 * @returns mean over particles and coordinates of e², what is left out counted as 0
 */
export function gaussianHeadGradient(
  dHead: usize, head: usize, target: usize, ended: usize, width: usize, rows: usize, tiles: usize,
): f32 {
  const inverseN = f32x4.splat(<f32>1 / <f32>(tiles * TILE));
  const half = f32x4.splat(0.5), one = f32x4.splat(1);
  const zero = f32x4.splat(0), most = f32x4.splat(MOST_ERROR), least = f32x4.splat(-MOST_ERROR);
  const yOffset = width * ROW, last = (width - 1) * ROW;
  let squares = f32x4.splat(0);
  for (let tile: usize = 0; tile < tiles; tile++) {
    for (let i: usize = 0; i < width * ROW; i += VEC) {
      const m = head + i, y = m + yOffset, d = dHead + i;
      const gate = sigmoidShared(f32x4.add(v128.load(y), one));
      const logVariance = f32x4.add(f32x4.splat(LOWEST), f32x4.mul(f32x4.splat(RANGE), gate));
      const std = expShared(f32x4.mul(half, logVariance));
      let weight = inverseN;
      let error = f32x4.sub(v128.load(m), v128.load(target + i));
      error = f32x4.min(most, f32x4.max(least, error));
      if (i >= last) {
        const isKept = f32x4.eq(v128.load(ended + i - last), zero);
        weight = v128.and(weight, isKept);
        error = v128.and(error, isKept);
      }
      const scaled = f32x4.div(error, std);
      // ∂m = e / s / N
      v128.store(d, f32x4.mul(scaled, weight));
      // ∂y = s · ½ (1 − e² / s²) · RANGE · g (1 − g) / N
      const slope = f32x4.mul(f32x4.splat(RANGE), f32x4.mul(gate, f32x4.sub(one, gate)));
      const pull = f32x4.mul(f32x4.mul(half, std), f32x4.sub(one, f32x4.mul(scaled, scaled)));
      v128.store(d + yOffset, f32x4.mul(f32x4.mul(pull, slope), weight));
      squares = f32x4.add(squares, f32x4.mul(error, error));
    }
    head += rows * ROW;
    dHead += rows * ROW;
    target += pad4(width) * ROW;
    ended += pad4(1) * ROW;
  }
  const sum = f32x4.extract_lane(squares, 0) + f32x4.extract_lane(squares, 1) +
    f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3);
  return sum / <f32>(tiles * TILE * width);
}
