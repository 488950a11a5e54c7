import { F32, VEC } from "../memory";
import { expLanes } from "../math/exp";
import { addLanes, shiftOf, total } from "../math/reduce";

/**
 * Logarithm of a sum of exponentials, in f64 from the sum on.
 *
 *   log Σ_n exp x[n] = m + log Σ_n exp(x[n] − m),   m = max_n x[n]
 *
 * −∞ when every x[n] is −∞, ∞ when one is ∞, NaN when one is NaN.
 *
 * @param x [N] −∞ allowed; N is a multiple of 4
 */
export function logSumExp(x: usize, N: usize): f32 {
  return <f32>logSum(x, N);
}

/**
 * Logarithm of the mean of exponentials, padding included.
 *
 *   log 1/N Σ_n exp x[n]
 *
 * @param x [N] −∞ allowed; N is a multiple of 4
 */
export function logMeanExp(x: usize, N: usize): f32 {
  return <f32>(logSum(x, N) - Math.log(<f64>N));
}

function logSum(x: usize, N: usize): f64 {
  const m = shiftOf(x, N);
  const shift = f32x4.splat(m);
  let sum = f64x2.splat(0);
  // Σ_n exp(x[n] − m)
  for (const end = x + N * F32; x < end; x += VEC)
    sum = addLanes(sum, expLanes(f32x4.sub(v128.load(x), shift)));
  return <f64>m + Math.log(total(sum));
}
