import { F32, VEC } from "../memory";

const LOG2_E = memory.data<v128>([f32x4.splat(1.44269504)]); // 1 / ln 2
/** 1.5 · 2²³: added to |y| < 2²², it leaves the nearest whole number of y in the low bits. */
export const ROUND = memory.data<v128>([f32x4.splat(12582912.0)]);
/** ln 2 in two parts; a whole number below 2⁹ times the first is exact. */
export const LN2_HIGH = memory.data<v128>([f32x4.splat(0.693145751953125)]); // ln 2, 15 bits
export const LN2_LOW = memory.data<v128>([f32x4.splat(1.42860682e-6)]); // ln 2 − LN2_HIGH
export const ONE = memory.data<v128>([f32x4.splat(1.0)]);
export const LOWEST = memory.data<v128>([f32x4.splat(-104.0)]); // below, exp rounds to 0
const HIGHEST = memory.data<v128>([f32x4.splat(89.0)]); // above, exp rounds to ∞

// exp r = 1 + r + r² (E0 + E1 r + … + E4 r⁴) on |r| ≤ ½ ln 2: 3.3e-9 of eʳ, 1.2e-8 of eʳ − 1 at r < 0 (minimax fit)
const E0 = memory.data<v128>([f32x4.splat(0.4999999)]);
const E1 = memory.data<v128>([f32x4.splat(0.16666526)]);
const E2 = memory.data<v128>([f32x4.splat(0.041668884)]);
const E3 = memory.data<v128>([f32x4.splat(0.00836827)]);
const E4 = memory.data<v128>([f32x4.splat(0.0013789468)]);

/** eʳ − 1 for |r| ≤ ½ ln 2. */
// @ts-ignore: decorator
@inline
export function expMinusOne(r: v128): v128 {
  // r + r² p(r), p = E0 + E1 r + r² (E2 + E3 r + E4 r²): pairs wait for each other less than Horner's rule does
  const square = f32x4.mul(r, r);
  const low = f32x4.add(f32x4.mul(v128.load(E1), r), v128.load(E0));
  const middle = f32x4.add(f32x4.mul(v128.load(E3), r), v128.load(E2));
  const high = f32x4.add(middle, f32x4.mul(v128.load(E4), square));
  return f32x4.add(f32x4.mul(square, f32x4.add(low, f32x4.mul(square, high))), r);
}

/** x − n ln 2, n the whole number nearest to x / ln 2, from `rounded(x)`. */
// @ts-ignore: decorator
@inline
export function reduced(x: v128, rounded: v128): v128 {
  const n = f32x4.sub(rounded, v128.load(ROUND));
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, v128.load(LN2_HIGH))), f32x4.mul(n, v128.load(LN2_LOW)));
}

/** x / ln 2 + ROUND: its low bits hold n, the whole number nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
export function rounded(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, v128.load(LOG2_E)), v128.load(ROUND));
}

/** 2ⁿ = the float whose exponent field is n + 127, from `rounded(x)`. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(rounded: v128): v128 {
  return i32x4.add(i32x4.shl(rounded, 23), v128.load(ONE));
}

/**
 * eˣ where the result is a normal number: the inner loops' exp.
 *
 * domain     |x| ≤ 87; the caller sees to it
 * max error  1.01 ulp
 * special    NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function expBounded(x: v128): v128 {
  const t = rounded(x);
  return f32x4.mul(f32x4.add(expMinusOne(reduced(x, t)), v128.load(ONE)), powerOfTwo(t));
}

/**
 * eˣ
 *
 * domain     every float
 * max error  1.01 ulp, subnormal results included
 * special    −∞ → 0, ∞ → ∞, x > 88.73 → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function expLanes(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, v128.load(LOWEST)), v128.load(HIGHEST));
  const t = rounded(y);
  return scaled(f32x4.add(expMinusOne(reduced(y, t)), v128.load(ONE)), t);
}

/** m · 2ⁿ for ½ < m < 2, from `rounded(x)`, for x of LOWEST … HIGHEST. */
// @ts-ignore: decorator
@inline
export function scaled(m: v128, rounded: v128): v128 {
  const n = i32x4.sub(rounded, v128.load(ROUND));
  const half = i32x4.shr_s(n, 1);
  // 2ⁿ = 2^half · 2^(n − half): both factors stay normal where the product does not
  const scale = i32x4.add(i32x4.shl(half, 23), v128.load(ONE));
  const rest = i32x4.add(i32x4.shl(i32x4.sub(n, half), 23), v128.load(ONE));
  return f32x4.mul(f32x4.mul(m, scale), rest);
}

/** `expLanes` as a call, for loops that it does not dominate: a tenth slower and 150 bytes smaller than a copy. */
export function expShared(x: v128): v128 {
  return expLanes(x);
}

/** out[n] = exp x[n]; N is a multiple of 4. */
export function exp(out: usize, x: usize, N: usize): void {
  // out[n] = exp x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, expLanes(v128.load(x)));
}
