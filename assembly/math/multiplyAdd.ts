/**
 * Lane-wise `sum + factor · x`: rounded twice, or once in the build with relaxed SIMD where the machine fuses the two.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd(sum: v128, factor: v128, x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(factor, x, sum);
  return f32x4.add(sum, f32x4.mul(factor, x));
}
