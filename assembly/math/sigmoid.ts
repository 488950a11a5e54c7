import { F32, VEC } from "../memory";
import { expBounded, ONE } from "./exp";

const BOUND = memory.data<v128>([f32x4.splat(87.0)]); // e⁸⁷ and e⁻⁸⁷ are normal numbers
const MINUS_BOUND = memory.data<v128>([f32x4.splat(-87.0)]);

/** x within ±87. */
// @ts-ignore: decorator
@inline
function bounded(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, v128.load(MINUS_BOUND)), v128.load(BOUND));
}

/**
 * 1 / (1 + e⁻ˣ)
 *
 * domain     every float
 * max error  2.5 ulp for x ≥ −87; below, the value at −87 stands, 1.7e-38 from the truth at most
 * special    −∞ → 1.6e-38, ∞ → 1, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function sigmoidLanes(x: v128): v128 {
  const one = v128.load(ONE);
  return f32x4.div(one, f32x4.add(one, expBounded(f32x4.neg(bounded(x)))));
}

/**
 * x / (1 + e⁻ˣ), the SiLU or swish
 *
 * domain     every float
 * max error  2.5 ulp for x ≥ −87; below, the value at −87 stands, 1.5e-36 from the truth at most
 * special    −∞ → −1.4e-36, ∞ → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function siluLanes(x: v128): v128 {
  const y = f32x4.pmax(x, v128.load(MINUS_BOUND));
  const e = expBounded(f32x4.neg(f32x4.pmin(y, v128.load(BOUND))));
  return f32x4.div(y, f32x4.add(v128.load(ONE), e));
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
