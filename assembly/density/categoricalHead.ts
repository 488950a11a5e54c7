import { expShared } from "../math/exp";
import { logShared } from "../math/log";
import { pad4, ROW, TILE, VEC } from "../memory";

/*
 * Independent categorical distributions as the output of a network: `groups` of `bins` logits, one below the other.
 */

/**
 * Normalises the logits of one group for four particles in place: logits → probabilities.
 *
 *   p[k] = exp(l[k] − max l) / Σ_j exp(l[j] − max l)
 *
 * @returns log Σ_j exp l[j]
 */
// @ts-ignore: decorator
@inline
export function softmaxLanes(out: usize, logits: usize, bins: usize): v128 {
  const size = bins * ROW;
  let top = v128.load(logits);
  for (let k: usize = ROW; k < size; k += ROW) top = f32x4.max(top, v128.load(logits + k));
  let total = f32x4.splat(0);
  for (let k: usize = 0; k < size; k += ROW) {
    const p = expShared(f32x4.sub(v128.load(logits + k), top));
    total = f32x4.add(total, p);
    v128.store(out + k, p);
  }
  const inverse = f32x4.div(f32x4.splat(1), total);
  for (let k: usize = 0; k < size; k += ROW) v128.store(out + k, f32x4.mul(v128.load(out + k), inverse));
  return f32x4.add(top, logShared(total));
}

/**
 * Probabilities of the groups of a head.
 *
 * @param out   [tiles][rows][TILE]  written, groups · bins rows of each tile; may be the head itself
 * @param head  [tiles][rows][TILE]  logits
 */
export function softmaxHead(
  out: usize, head: usize, groups: usize, bins: usize, rows: usize, tiles: usize,
): void {
  for (let tile: usize = 0; tile < tiles; tile++, out += rows * ROW, head += rows * ROW) {
    for (let group: usize = 0; group < groups; group++) {
      const offset = group * bins * ROW;
      for (let n: usize = 0; n < ROW; n += VEC) softmaxLanes(out + offset + n, head + offset + n, bins);
    }
  }
}

/**
 * Gradient of the mean cross-entropy of a categorical head against soft labels.
 *
 *   ℓ = −Σ_k t[k] log p[k],   ∂l[k] = (p[k] − t[k]) / N,   Σ_k t[k] = 1 in every group,  N = tiles · TILE
 *
 * @param dHead   [tiles][rows][TILE]  written
 * @param head    [tiles][rows][TILE]  logits
 * @param target  [tiles][rows][TILE]  t
 * @param rows    pad4(groups · bins)
 * @returns mean over particles of ℓ, summed over the groups
 */
export function categoricalHeadGradient(
  dHead: usize, head: usize, target: usize, groups: usize, bins: usize, rows: usize, tiles: usize,
): f32 {
  const inverseN = f32x4.splat(<f32>1 / <f32>(tiles * TILE));
  let loss = f32x4.splat(0);
  for (let tile: usize = 0; tile < tiles; tile++) {
    for (let group: usize = 0; group < groups; group++) {
      const offset = group * bins * ROW;
      for (let n = offset; n < offset + ROW; n += VEC) {
        const normaliser = softmaxLanes(dHead + n, head + n, bins);
        for (let k: usize = 0; k < bins * ROW; k += ROW) {
          const t = v128.load(target + n + k), p = v128.load(dHead + n + k);
          v128.store(dHead + n + k, f32x4.mul(f32x4.sub(p, t), inverseN));
          // ℓ += t (log Σ exp l − l)
          loss = f32x4.add(loss, f32x4.mul(t, f32x4.sub(normaliser, v128.load(head + n + k))));
        }
      }
    }
    dHead += rows * ROW;
    head += rows * ROW;
    target += rows * ROW;
  }
  const sum = f32x4.extract_lane(loss, 0) + f32x4.extract_lane(loss, 1) +
    f32x4.extract_lane(loss, 2) + f32x4.extract_lane(loss, 3);
  return sum / <f32>(tiles * TILE);
}
