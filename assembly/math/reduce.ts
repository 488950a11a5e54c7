import { F32, VEC } from "../memory";

const MINUS_INFINITE = memory.data<v128>([i32x4.splat(0xff800000)]); // −∞

/**
 * What log-weights are shifted by before exp: max_n x[n], or 0 where that is −∞ or ∞, so that no shifted value
 * is ∞ − ∞. A NaN among the x[n] is passed over; it comes back through exp.
 *
 * @param x [N] N is a multiple of 4
 */
export function shiftOf(x: usize, N: usize): f32 {
  let max = v128.load(MINUS_INFINITE);
  // lane l: max of x[l], x[l + 4], …
  for (const end = x + N * F32; x < end; x += VEC) max = f32x4.pmax(max, v128.load(x));
  max = f32x4.pmax(max, v128.shuffle<i32>(max, max, 2, 3, 0, 1));
  max = f32x4.pmax(max, v128.shuffle<i32>(max, max, 1, 0, 3, 2));
  const shift = f32x4.extract_lane(max, 0);
  return isFinite(shift) ? shift : 0;
}

/** Σ_n x[n] in f64. x [N], N a multiple of 4. */
export function sum(x: usize, N: usize): f64 {
  let sum = f64x2.splat(0);
  // Σ_n x[n]
  for (const end = x + N * F32; x < end; x += VEC) sum = addLanes(sum, v128.load(x));
  return total(sum);
}

/** sum + x, two f64 lanes: (x[0] + x[2], x[1] + x[3]) added. */
// @ts-ignore: decorator
@inline
export function addLanes(sum: v128, x: v128): v128 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return f64x2.add(sum, f64x2.add(low, high));
}

/** The sum of two f64 lanes. */
// @ts-ignore: decorator
@inline
export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The sum of four f32 lanes, in f64. */
// @ts-ignore: decorator
@inline
export function sumOfLanes(x: v128): f64 {
  return <f64>f32x4.extract_lane(x, 0) + <f64>f32x4.extract_lane(x, 1) +
    <f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3);
}
