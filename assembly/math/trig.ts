import { F32, VEC } from "../memory";
import { ONE, ROUND } from "./exp";

const TWO_OVER_PI = memory.data<v128>([f32x4.splat(0.636619772)]); // 2 / π
// ½π in three parts (Cody & Waite 1980): a quadrant number below 2⁷ times the first two is exact
const QUARTER_1 = memory.data<v128>([f32x4.splat(1.5707855224609375)]); // ½π, 17 bits
const QUARTER_2 = memory.data<v128>([f32x4.splat(1.0804273188114166e-5)]); // the next 17 bits
const QUARTER_3 = memory.data<v128>([f32x4.splat(6.07710063e-11)]); // the rest
const HALF = memory.data<v128>([f32x4.splat(0.5)]);
const QUADRANT_SINE = memory.data<v128>([i32x4.splat(0)]);
const QUADRANT_COSINE = memory.data<v128>([i32x4.splat(1)]); // cos x = sin(x + ½π)

// sin r = r + r z (S0 + S1 z + S2 z²), z = r², |r| ≤ ¼π: relative error 4e-9 (minimax fit)
const S0 = memory.data<v128>([f32x4.splat(-0.166666552)]);
const S1 = memory.data<v128>([f32x4.splat(0.008332178)]);
const S2 = memory.data<v128>([f32x4.splat(-0.000195172353)]);
// cos r = 1 − ½ z + z² (C0 + C1 z + C2 z²): error 1e-10 (minimax fit)
const C0 = memory.data<v128>([f32x4.splat(0.0416666456)]);
const C1 = memory.data<v128>([f32x4.splat(-0.001388737)]);
const C2 = memory.data<v128>([f32x4.splat(2.44385828e-5)]);

/** sin r − r for |r| ≤ ¼π. */
// @ts-ignore: decorator
@inline
function sinMinus(r: v128): v128 {
  const z = f32x4.mul(r, r);
  let p = f32x4.add(f32x4.mul(v128.load(S2), z), v128.load(S1));
  p = f32x4.add(f32x4.mul(p, z), v128.load(S0));
  return f32x4.mul(r, f32x4.mul(p, z));
}

/** sin r for |r| ≤ ¼π. */
// @ts-ignore: decorator
@inline
export function sinReduced(r: v128): v128 {
  return f32x4.add(r, sinMinus(r));
}

/** cos r − (1 − ½ z) for z = r², |r| ≤ ¼π. */
// @ts-ignore: decorator
@inline
function cosRest(z: v128): v128 {
  let p = f32x4.add(f32x4.mul(v128.load(C2), z), v128.load(C1));
  p = f32x4.add(f32x4.mul(p, z), v128.load(C0));
  return f32x4.mul(f32x4.mul(z, z), p);
}

/** cos r for |r| ≤ ¼π, within 1.3 ulp. */
// @ts-ignore: decorator
@inline
export function cosReduced(r: v128): v128 {
  const z = f32x4.mul(r, r);
  return f32x4.add(f32x4.sub(v128.load(ONE), f32x4.mul(v128.load(HALF), z)), cosRest(z));
}

/** cos r for |r| ≤ ¼π, rounded once: what 1 − ½ z loses is added to the rest. */
// @ts-ignore: decorator
@inline
function cosMonotone(r: v128): v128 {
  const z = f32x4.mul(r, r);
  const half = f32x4.mul(v128.load(HALF), z);
  const first = f32x4.sub(v128.load(ONE), half);
  const lost = f32x4.sub(f32x4.sub(v128.load(ONE), first), half);
  return f32x4.add(first, f32x4.add(cosRest(z), lost));
}

/** sin(x + ½π · turn), turn a whole number. */
// @ts-ignore: decorator
@inline
function sinTurned(x: v128, turn: v128): v128 {
  // n = the whole number nearest to x / ½π
  const t = f32x4.add(f32x4.mul(x, v128.load(TWO_OVER_PI)), v128.load(ROUND));
  const n = f32x4.sub(t, v128.load(ROUND));
  // r + tail = x − ½π n: the tail is what r's rounding lost, and the third part
  const first = f32x4.sub(x, f32x4.mul(n, v128.load(QUARTER_1)));
  const second = f32x4.mul(n, v128.load(QUARTER_2));
  const r = f32x4.sub(first, second);
  const lost = f32x4.sub(f32x4.sub(first, r), second);
  const tail = f32x4.sub(lost, f32x4.mul(n, v128.load(QUARTER_3)));
  // quadrants 0…3: sin r, cos r, −sin r, −cos r
  const quadrant = i32x4.add(t, turn);
  const odd = i32x4.shr_s(i32x4.shl(quadrant, 31), 31);
  const sign = i32x4.shl(i32x4.shr_u(quadrant, 1), 31);
  const sin = f32x4.add(r, f32x4.add(sinMinus(r), tail));
  return v128.xor(v128.bitselect(cosMonotone(r), sin, odd), sign);
}

/**
 * sin x
 *
 * domain     |x| ≤ 100
 * max error  1.11 ulp
 * special    −0 → 0, ±∞ → NaN, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function sinLanes(x: v128): v128 {
  return sinTurned(x, v128.load(QUADRANT_SINE));
}

/**
 * cos x
 *
 * domain     |x| ≤ 100
 * max error  1.11 ulp
 * special    ±∞ → NaN, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function cosLanes(x: v128): v128 {
  return sinTurned(x, v128.load(QUADRANT_COSINE));
}

/** out[n] = sin x[n]; N is a multiple of 4. */
export function sin(out: usize, x: usize, N: usize): void {
  // out[n] = sin x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, sinLanes(v128.load(x)));
}

/** out[n] = cos x[n]; N is a multiple of 4. */
export function cos(out: usize, x: usize, N: usize): void {
  // out[n] = cos x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, cosLanes(v128.load(x)));
}
