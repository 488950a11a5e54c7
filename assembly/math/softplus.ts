import { F32, VEC } from "../memory";
import { expMinusOne, LN2_HIGH, LOWEST, ONE, powerOfTwo, reduced, rounded, scaled } from "./exp";
import { logOnePlus } from "./log";

const SIGN = memory.data<v128>([i32x4.splat(0x80000000)]);
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
  // e = e^−|x| = 2ⁿ (1 + q)
  const y = f32x4.pmax(v128.or(x, v128.load(SIGN)), v128.load(LOWEST));
  const t = rounded(y);
  const q = expMinusOne(reduced(y, t));
  const e = scaled(f32x4.add(q, v128.load(ONE)), t);
  // 1 + e = 2ᵏ (1 + f): k = 0, f = e below √2 − 1, else k = 1, f = ½ (2ⁿ − 1 + 2ⁿ q)
  const power = powerOfTwo(t);
  const half = f32x4.mul(f32x4.add(f32x4.sub(power, v128.load(ONE)), f32x4.mul(power, q)), v128.load(HALF));
  const upper = f32x4.gt(e, v128.load(SPLIT));
  const k = v128.and(upper, v128.load(ONE));
  const part = f32x4.add(logOnePlus(v128.bitselect(half, e, upper), k), f32x4.pmax(x, f32x4.splat(0)));
  return f32x4.add(part, f32x4.mul(k, v128.load(LN2_HIGH)));
}

/** `softplusLanes` as a call; see `expShared`. */
export function softplusShared(x: v128): v128 {
  return softplusLanes(x);
}

/** out[n] = log(1 + exp x[n]); N is a multiple of 4. */
export function softplus(out: usize, x: usize, N: usize): void {
  // out[n] = log(1 + exp x[n])
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, softplusLanes(v128.load(x)));
}
