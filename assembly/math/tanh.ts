import { F32, VEC } from "../memory";
import { expMinusOne, ONE, powerOfTwo, ROUND } from "./exp";

const SIGN = memory.data<v128>([i32x4.splat(0x80000000)]);
const LOWEST = memory.data<v128>([f32x4.splat(-9.02)]); // below, tanh x rounds to −1
const TWO_LOG2_E = memory.data<v128>([f32x4.splat(2.88539008)]); // 2 / ln 2
const LN2 = memory.data<v128>([f32x4.splat(0.693147182)]); // ln 2 + 1.9e-9: n of it are off by 5e-8 at most, where 1 − tanh is below 1e-7

/**
 * tanh x = ± (1 − e) / (1 + e), e = e^−2|x| = 2ⁿ (1 + q): numerator and denominator are each rounded once, and as |x|
 * grows one rises and the other falls, so that neighbours never turn back
 *
 * domain     every float
 * max error  1.96 ulp
 * special    −0 → −0, −∞ → −1, ∞ → 1, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function tanhLanes(x: v128): v128 {
  const y = f32x4.pmax(v128.or(x, v128.load(SIGN)), v128.load(LOWEST));
  // n = the whole number nearest to 2y / ln 2, r = 2y − n ln 2, q = eʳ − 1
  const t = f32x4.add(f32x4.mul(y, v128.load(TWO_LOG2_E)), v128.load(ROUND));
  const n = f32x4.sub(t, v128.load(ROUND));
  const q = expMinusOne(f32x4.sub(f32x4.add(y, y), f32x4.mul(n, v128.load(LN2))));
  // (1 − 2ⁿ − 2ⁿ q) / (1 + 2ⁿ + 2ⁿ q)
  const power = powerOfTwo(t);
  const part = f32x4.mul(power, q);
  const less = f32x4.sub(f32x4.sub(v128.load(ONE), power), part);
  const more = f32x4.add(f32x4.add(v128.load(ONE), power), part);
  return v128.or(f32x4.div(less, more), v128.and(x, v128.load(SIGN)));
}

/** out[n] = tanh x[n]; N is a multiple of 4. */
export function tanh(out: usize, x: usize, N: usize): void {
  // out[n] = tanh x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, tanhLanes(v128.load(x)));
}
