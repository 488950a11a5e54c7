import { F32, VEC } from "../memory";
import { expMinusOne, ONE, powerOfTwo, reduced, rounded } from "./exp";

const BOUND = memory.data<v128>([f32x4.splat(87.0)]); // e⁸⁷ and e⁻⁸⁷ are normal numbers
const MINUS_BOUND = memory.data<v128>([f32x4.splat(-87.0)]);

/** 1 + e⁻ˣ for x ≥ −87, rounded once: (2ⁿ + 1) + 2ⁿ (eʳ − 1), and what 2ⁿ + 1 loses, from n = 24 on. */
// @ts-ignore: decorator
@inline
function onePlusExp(x: v128): v128 {
  const y = f32x4.neg(f32x4.pmin(x, v128.load(BOUND)));
  const t = rounded(y);
  const power = powerOfTwo(t);
  const first = f32x4.add(power, v128.load(ONE));
  const lost = f32x4.sub(v128.load(ONE), f32x4.sub(first, power));
  return f32x4.add(first, f32x4.add(f32x4.mul(power, expMinusOne(reduced(y, t))), lost));
}

/**
 * 1 / (1 + e⁻ˣ)
 *
 * domain     every float
 * max error  1.9 ulp for x ≥ −87; below, the value at −87 stands, 1.7e-38 from the truth at most
 * special    −∞ → 1.6e-38, ∞ → 1, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function sigmoidLanes(x: v128): v128 {
  return f32x4.div(v128.load(ONE), onePlusExp(f32x4.pmax(x, v128.load(MINUS_BOUND))));
}

/**
 * x / (1 + e⁻ˣ), the SiLU or swish
 *
 * domain     every float
 * max error  1.9 ulp for x ≥ −87; below, the value at −87 stands, 1.5e-36 from the truth at most
 * special    −∞ → −1.4e-36, ∞ → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function siluLanes(x: v128): v128 {
  const y = f32x4.pmax(x, v128.load(MINUS_BOUND));
  return f32x4.div(y, onePlusExp(y));
}

/** `sigmoidLanes` as a call; see `expShared`. */
export function sigmoidShared(x: v128): v128 {
  return sigmoidLanes(x);
}

/** out[n] = 1 / (1 + exp −x[n]); N is a multiple of 4. */
export function sigmoid(out: usize, x: usize, N: usize): void {
  // out[n] = 1 / (1 + exp −x[n])
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, sigmoidLanes(v128.load(x)));
}

/** out[n] = x[n] / (1 + exp −x[n]); N is a multiple of 4. */
export function silu(out: usize, x: usize, N: usize): void {
  // out[n] = x[n] / (1 + exp −x[n])
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, siluLanes(v128.load(x)));
}
