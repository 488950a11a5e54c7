import { F32, VEC } from "../memory";
import { expLanes, ONE } from "./exp";
import { logOnePlus } from "./log";

const HALF = memory.data<v128>([f32x4.splat(0.5)]);
const SPLIT = memory.data<v128>([f32x4.splat(0.414213562)]); // √2 − 1

/**
 * log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|)
 *
 * domain     every float
 * max error  1.7 ulp
 * special    −∞ → 0, ∞ → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function softplusLanes(x: v128): v128 {
  const e = expLanes(f32x4.neg(f32x4.abs(x)));
  // 1 + e = 2ᵏ (1 + f): k = 0, f = e below √2 − 1, else k = 1, f = (e − 1) / 2
  const upper = f32x4.gt(e, v128.load(SPLIT));
  const f = v128.bitselect(f32x4.mul(f32x4.sub(e, v128.load(ONE)), v128.load(HALF)), e, upper);
  const k = v128.and(upper, v128.load(ONE));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), logOnePlus(f, k));
}

/** out[n] = log(1 + exp x[n]); N is a multiple of 4. */
export function softplus(out: usize, x: usize, N: usize): void {
  // out[n] = log(1 + exp x[n])
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, softplusLanes(v128.load(x)));
}
