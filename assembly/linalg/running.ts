import { F32, ROW, VEC, pad4 } from "../memory";

const FEW: f64 = 5; // rows whose deviation says little: eight of four rows are passed by chance once in 250 times

/**
 * Takes one row into running means and standard deviations. A value further than `bound` deviations from the mean counts as
 * one that lies there: one reading moves a deviation by a factor of at most √(1 + bound² / n), but what goes on moves it on.
 *
 *   δ = clip(x − mean, ±bound std), or x − mean while std = 0 or n ≤ 5
 *   mean ← mean + δ / n,   std² ← (1 − 1/n) (std² + δ² / n)                                          (Welford 1962)
 *
 * @param mean  [width]  in and out
 * @param std   [width]  in and out
 * @param row   [width]  x
 * @param n     rows by now, this one among them
 */
export function followMoments(mean: usize, std: usize, row: usize, bound: f32, n: f64, width: usize): void {
  for (let d: usize = 0; d < width * F32; d += F32) {
    const centre = <f64>load<f32>(mean + d), deviation = <f64>load<f32>(std + d);
    const limit = deviation > 0 && n > FEW ? <f64>bound * deviation : Infinity;
    const delta = max(-limit, min(limit, <f64>load<f32>(row + d) - centre));
    store<f32>(mean + d, <f32>(centre + delta / n));
    store<f32>(std + d, <f32>sqrt<f64>((1 - 1 / n) * (deviation * deviation + delta * delta / n)));
  }
}

/**
 * Keeps rows of tiles within bounds.
 *
 *   |x[d,n]| ≤ bound / unit[d],   no bound where unit[d] = 0
 *
 * @param x     [tiles][pad4(rows)][TILE]  in and out, its first `width` rows
 * @param unit  [width]  ≥ 0
 */
export function clipRows(x: usize, unit: usize, bound: f32, width: usize, rows: usize, tiles: usize): void {
  for (let tile: usize = 0; tile < tiles; tile++, x += pad4(rows) * ROW)
    for (let d: usize = 0; d < width; d++) {
      const most = f32x4.splat(bound / load<f32>(unit + d * F32)), least = f32x4.neg(most);
      for (let i = x + d * ROW; i < x + (d + 1) * ROW; i += VEC)
        v128.store(i, f32x4.min(most, f32x4.max(least, v128.load(i))));
    }
}
