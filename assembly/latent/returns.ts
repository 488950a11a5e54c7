import { pad4, ROW, VEC } from "../memory";
import { Guide } from "../nn/guide";
import { Chunk, modelOf, rowAt } from "./chunk";

/**
 * λ-returns along the chunks, in units of the value networks, and where they are known: not at a chunk's last step.
 *
 *   G_t = r_{t+1} + β ratio_{t+1} + γ (1 − ended_{t+1}) ((1 − λ) V_{t+1} + λ G_{t+1}),   G_T = V_T;   target = (G − valueMean) / valueStd
 *
 * @param target  [T][pad4(1)][TILE]  written
 * @param known   [T][pad4(1)][TILE]  written: 1 where the target is known, else 0
 * @param values  [T][pad4(1)][TILE]  outputs of the slow value at z
 * @param guide   a `Guide`, with the units of the value
 * @param chunk   after a pass of `chunkBound`, which leaves the ratios of its steps
 * @param decay   λ
 * @param informationWeight  β
 */
export function lambdaReturns(
  target: usize, known: usize, values: usize, guide: usize, chunk: usize,
  discount: f32, decay: f32, informationWeight: f32,
): void {
  const c = changetype<Chunk>(chunk), g = changetype<Guide>(guide);
  const mean = f32x4.splat(g.valueMean), std = f32x4.splat(g.valueStd), inverse = f32x4.splat(1 / g.valueStd);
  const one = f32x4.splat(1), gamma = f32x4.splat(discount), lambda = f32x4.splat(decay), beta = f32x4.splat(informationWeight);
  for (let n: usize = 0; n < ROW; n += VEC) {
    let future = f32x4.splat(0);
    for (let t = c.steps; t-- > 0; ) {
      const row = rowAt(t) + n, after = row + pad4(1) * ROW;
      const value = f32x4.add(mean, f32x4.mul(std, v128.load(values + row)));
      const hasNext = t + 1 < c.steps ? v128.load(c.valid + (t + 1) * ROW + n) : f32x4.splat(0);
      let result = value;
      if (t + 1 < c.steps) {
        const ended = v128.load(c.ended + after);
        const later = f32x4.add(mean, f32x4.mul(std, v128.load(values + after)));
        const mixed = f32x4.add(later, f32x4.mul(lambda, f32x4.sub(future, later)));
        const goesOn = f32x4.mul(gamma, f32x4.mul(f32x4.sub(one, ended), mixed));
        const information = f32x4.mul(beta, v128.load(c.ratios + (t + 1) * ROW + n));
        const gain = f32x4.add(rewardAt(c, after, ended), information);
        result = v128.bitselect(f32x4.add(gain, goesOn), value, f32x4.gt(hasNext, f32x4.splat(0)));
      }
      v128.store(target + row, f32x4.mul(f32x4.sub(result, mean), inverse));
      v128.store(known + row, hasNext);
      future = result;
    }
  }
}

/** The reward in its own units. */
// @ts-ignore: decorator
@inline
function rewardAt(chunk: Chunk, row: usize, ended: v128): v128 {
  const model = modelOf(chunk);
  const going = f32x4.add(
    f32x4.splat(model.rewardMean), f32x4.mul(f32x4.splat(model.rewardStd), v128.load(chunk.rewards + row)),
  );
  const final = f32x4.add(
    f32x4.splat(model.endingMean), f32x4.mul(f32x4.splat(model.endingStd), v128.load(chunk.endingRewards + row)),
  );
  return v128.bitselect(final, going, f32x4.gt(ended, f32x4.splat(0)));
}

/** d[tile, row, n] ← mask[tile, n] d[tile, row, n]; mask [tiles][pad4(1)][TILE] */
export function maskTiles(d: usize, mask: usize, rows: usize, tiles: usize): void {
  for (let tile: usize = 0; tile < tiles; tile++, mask += pad4(1) * ROW) {
    for (let i: usize = 0; i < rows * ROW; i += VEC, d += VEC)
      v128.store(d, f32x4.mul(v128.load(d), v128.load(mask + (i & (ROW - 1)))));
  }
}

/**
 * Separates what was seen from what was not: seen = 1 and x as it is, or seen = 0 and x = 0 where x is NaN or no step is.
 *
 * @param observations  [tiles][rows][TILE]  overwritten
 * @param seen          [tiles][rows][TILE]  written
 * @param complete      [tiles][TILE]        written: 1 where every dimension of the observation was seen, else 0
 * @param valid         [tiles][TILE]        1 where the chunk has a step, else 0
 */
export function separateSeen(
  observations: usize, seen: usize, complete: usize, valid: usize, rows: usize, tiles: usize,
): void {
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  memory.copy(complete, valid, tiles * ROW);
  for (let tile: usize = 0; tile < tiles; tile++, valid += ROW, complete += ROW) {
    for (let i: usize = 0; i < rows * ROW; i += VEC, observations += VEC, seen += VEC) {
      const row = i & (ROW - 1), x = v128.load(observations);
      const isSeen = v128.and(f32x4.eq(x, x), f32x4.gt(v128.load(valid + row), zero));
      v128.store(observations, v128.and(x, isSeen));
      v128.store(seen, v128.and(one, isSeen));
      v128.store(complete + row, v128.and(v128.load(complete + row), isSeen));
    }
  }
}
