import { F32, pad4, ROW, TILE } from "../memory";

/**
 * Rows of a table as tiles, shifted and scaled.
 *
 *   out[d,n] = (table[indices[n], offset + d] − shift[d]) · scale[d]
 *
 * @param out      [tiles][pad4(width)][TILE]  written; padding rows are zero
 * @param table    [rows][stride]
 * @param indices  [tiles · TILE]  u32, below `rows`
 * @param shift    [width]
 * @param scale    [width]
 */
export function gatherTiles(
  out: usize, table: usize, indices: usize, shift: usize, scale: usize,
  stride: usize, offset: usize, width: usize, tiles: usize,
): void {
  const padding = (pad4(width) - width) * ROW;
  for (let tile: usize = 0; tile < tiles; tile++, indices += TILE * 4) {
    for (let d: usize = 0; d < width; d++, out += ROW) {
      const column = table + (offset + d) * F32;
      const from = load<f32>(shift + d * F32), factor = load<f32>(scale + d * F32);
      for (let n: usize = 0; n < TILE; n++) {
        const row = <usize>load<u32>(indices + n * 4) * stride * F32;
        store<f32>(out + n * F32, (load<f32>(column + row) - from) * factor);
      }
    }
    memory.fill(out, 0, padding);
    out += padding;
  }
}

/**
 * Picks from a list: out[n] = list[positions[n]].
 *
 * @param out        [N]  u32, written; may be `positions` itself
 * @param list       [any]  u32
 * @param positions  [N]  u32
 */
export function pick(out: usize, list: usize, positions: usize, N: usize): void {
  for (let n: usize = 0; n < N * 4; n += 4) store<u32>(out + n, load<u32>(list + <usize>load<u32>(positions + n) * 4));
}

/**
 * Mean and standard deviation of the columns of a table, in f64; values that are NaN are left out.
 *
 *   mean[d] = Σ_i x[i,d] / N,   std[d] = √( Σ_i (x[i,d] − mean[d])² / N )
 *
 * @param mean   [width]  written
 * @param std    [width]  written; both 0 where a column has no value
 * @param table  [N][stride]
 */
export function columnMoments(
  mean: usize, std: usize, table: usize, stride: usize, offset: usize, width: usize, N: usize,
): void {
  for (let d: usize = 0; d < width; d++) {
    const column = table + (offset + d) * F32;
    let sum: f64 = 0, count: f64 = 0;
    for (let i: usize = 0; i < N; i++) {
      const value = <f64>load<f32>(column + i * stride * F32);
      if (isNaN(value)) continue;
      sum += value;
      count++;
    }
    const centre = count > 0 ? sum / count : 0;
    let squares: f64 = 0;
    for (let i: usize = 0; i < N; i++) {
      const deviation = <f64>load<f32>(column + i * stride * F32) - centre;
      if (!isNaN(deviation)) squares += deviation * deviation;
    }
    store<f32>(mean + d * F32, <f32>centre);
    store<f32>(std + d * F32, count > 0 ? <f32>sqrt<f64>(squares / count) : 0);
  }
}

/**
 * Root mean square of the changes from row to row, in f64, where neither value is NaN.
 *
 *   out[d] = √( Σ_i (x[i,d] − x[i−1,d])² / count ),   over the rows i ≥ 1 with ages[i] > 0
 *
 * @param out    [width]  written
 * @param table  [N][stride]
 * @param ages   [N]      u32: 0 where a row does not follow the one before it
 */
export function columnChanges(
  out: usize, table: usize, ages: usize, stride: usize, offset: usize, width: usize, N: usize,
): void {
  for (let d: usize = 0; d < width; d++) {
    const column = table + (offset + d) * F32;
    let squares: f64 = 0, count: f64 = 0;
    for (let i: usize = 1; i < N; i++) {
      if (load<u32>(ages + i * 4) == 0) continue;
      const change = <f64>load<f32>(column + i * stride * F32) - <f64>load<f32>(column + (i - 1) * stride * F32);
      if (isNaN(change)) continue;
      squares += change * change;
      count++;
    }
    store<f32>(out + d * F32, count > 0 ? <f32>sqrt<f64>(squares / count) : 0);
  }
}
