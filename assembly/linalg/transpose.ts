/** out[i][j] = lane i of the vector at j, four of each, the vectors of `out` `step` bytes apart. @returns Σ_i out[i] */
// @ts-ignore: decorator
@inline
export function transpose(out: usize, step: usize, a: usize, b: usize, c: usize, d: usize): v128 {
  const va = v128.load(a), vb = v128.load(b), vc = v128.load(c), vd = v128.load(d);
  const abLow = v128.shuffle<f32>(va, vb, 0, 4, 1, 5), abHigh = v128.shuffle<f32>(va, vb, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(vc, vd, 0, 4, 1, 5), cdHigh = v128.shuffle<f32>(vc, vd, 2, 6, 3, 7);
  const first = v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5), second = v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7);
  const third = v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), fourth = v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7);
  v128.store(out, first);
  v128.store(out + step, second);
  v128.store(out + 2 * step, third);
  v128.store(out + 3 * step, fourth);
  return f32x4.add(f32x4.add(first, second), f32x4.add(third, fourth));
}
