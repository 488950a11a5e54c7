import { F32, VEC } from "../memory";
import { LN2_HIGH, LN2_LOW, ONE } from "./exp";

const HALF = memory.data<v128>([f32x4.splat(0.5)]);
const TWO = memory.data<v128>([f32x4.splat(2.0)]);
const ZERO = memory.data<v128>([f32x4.splat(0.0)]);
const INFINITE = memory.data<v128>([i32x4.splat(0x7f800000)]); // ∞
const MINUS_INFINITE = memory.data<v128>([i32x4.splat(0xff800000)]); // −∞
const NOT_A_NUMBER = memory.data<v128>([i32x4.splat(0x7fc00000)]);
const SMALLEST = memory.data<v128>([f32x4.splat(1.17549435e-38)]); // 2⁻¹²⁶, the smallest normal number
const LIFT = memory.data<v128>([f32x4.splat(8388608.0)]); // 2²³
const LIFTED = memory.data<v128>([i32x4.splat(23)]);
const ROOT_HALF = memory.data<v128>([i32x4.splat(0x3f3504f3)]); // the bits of √½
const ROOT_TO_ONE = memory.data<v128>([i32x4.splat(0x004afb0d)]); // bits of 1 − bits of √½
const MANTISSA = memory.data<v128>([i32x4.splat(0x007fffff)]);
const BIAS = memory.data<v128>([i32x4.splat(127)]);

// log((1 + s) / (1 − s)) = 2s + s z (L0 + L1 z + L2 z²), z = s², |s| ≤ .1716: relative error 2e-9 (minimax fit)
const L0 = memory.data<v128>([f32x4.splat(0.666667759)]);
const L1 = memory.data<v128>([f32x4.splat(0.399774551)]);
const L2 = memory.data<v128>([f32x4.splat(0.298743993)]);

/**
 * log(1 + f) + k · LN2_LOW, k a whole number; plus k · LN2_HIGH, it is log(1 + f) + k ln 2.
 *
 * domain     √½ ≤ 1 + f ≤ √2
 */
// @ts-ignore: decorator
@inline
export function logOnePlus(f: v128, k: v128): v128 {
  // s = f / (2 + f), z = s²
  const s = f32x4.div(f, f32x4.add(v128.load(TWO), f));
  const z = f32x4.mul(s, s);
  // R = z (L0 + L1 z + L2 z²)
  let R = f32x4.add(f32x4.mul(v128.load(L2), z), v128.load(L1));
  R = f32x4.mul(f32x4.add(f32x4.mul(R, z), v128.load(L0)), z);
  // log(1 + f) = f − (½ f² − s (½ f² + R))
  const square = f32x4.mul(f32x4.mul(v128.load(HALF), f), f);
  const low = f32x4.add(f32x4.mul(s, f32x4.add(square, R)), f32x4.mul(k, v128.load(LN2_LOW)));
  return f32x4.sub(f, f32x4.sub(square, low));
}

/**
 * log x where x is positive and normal: the inner loops' log.
 *
 * domain     2⁻¹²⁶ ≤ x < ∞; the caller sees to it
 * max error  1 ulp
 * special    none
 */
// @ts-ignore: decorator
@inline
export function logPositive(x: v128): v128 {
  return logScaled(x, v128.load(BIAS));
}

/** log(x · 2^(127 − bias)) */
// @ts-ignore: decorator
@inline
function logScaled(x: v128, bias: v128): v128 {
  // x = 2ᵏ m, √½ ≤ m < √2
  const shifted = i32x4.add(x, v128.load(ROOT_TO_ONE));
  const k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(shifted, 23), bias));
  const m = i32x4.add(v128.and(shifted, v128.load(MANTISSA)), v128.load(ROOT_HALF));
  return f32x4.add(logOnePlus(f32x4.sub(m, v128.load(ONE)), k), f32x4.mul(k, v128.load(LN2_HIGH)));
}

/**
 * log x
 *
 * domain     every float
 * max error  1 ulp, subnormal x included
 * special    ±0 → −∞, x < 0 → NaN, ∞ → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function logLanes(x: v128): v128 {
  // a subnormal x is lifted by 2²³
  const small = f32x4.lt(x, v128.load(SMALLEST));
  const lifted = v128.bitselect(f32x4.mul(x, v128.load(LIFT)), x, small);
  const bias = i32x4.add(v128.load(BIAS), v128.and(small, v128.load(LIFTED)));
  let y = logScaled(lifted, bias);
  y = v128.bitselect(y, x, f32x4.lt(x, v128.load(INFINITE)));
  y = v128.bitselect(v128.load(MINUS_INFINITE), y, f32x4.eq(x, v128.load(ZERO)));
  return v128.bitselect(v128.load(NOT_A_NUMBER), y, f32x4.lt(x, v128.load(ZERO)));
}

/** `logLanes` as a call; see `expShared`. */
export function logShared(x: v128): v128 {
  return logLanes(x);
}

/** out[n] = log x[n]; N is a multiple of 4. */
export function log(out: usize, x: usize, N: usize): void {
  // out[n] = log x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, logLanes(v128.load(x)));
}
