import { ONE, ROUND } from "./exp";
import { multiplyAdd } from "./multiplyAdd";

/*
 * The second grade of functions: for the hidden layers of networks, where an error of some 1e-6 is lost among those of the
 * weights, and the time of an activation is half that of its layer. Densities, filters and all that is exported use the first.
 */

const MINUS_LOG2_E = memory.data<v128>([f32x4.splat(-1.44269504)]); // −1 / ln 2
/** e³⁰ and e⁻³⁰ leave products with weights far from subnormal numbers, which some processors compute 100 times slower. */
const BOUND = memory.data<v128>([f32x4.splat(30.0)]);
const MINUS_BOUND = memory.data<v128>([f32x4.splat(-30.0)]);

// 2^f = 1 + f (P1 + P2 f + P3 f² + P4 f³) on |f| ≤ ½: 2.8e-6 of 2^f (minimax fit with the 1 fixed)
const P1 = memory.data<v128>([f32x4.splat(0.6931241750717163)]);
const P2 = memory.data<v128>([f32x4.splat(0.24024099111557007)]);
const P3 = memory.data<v128>([f32x4.splat(0.055906426161527634)]);
const P4 = memory.data<v128>([f32x4.splat(0.009582852944731712)]);

/** The larger of x and −30: what lies below counts as −30. */
// @ts-ignore: decorator
@inline
export function boundedBelow(x: v128): v128 {
  return f32x4.pmax(x, v128.load(MINUS_BOUND));
}

/** 1 / (1 + e⁻ˣ) for x ≥ −30, to 5e-6 of itself; the inner function of `siluHidden`. */
// @ts-ignore: decorator
@inline
export function sigmoidHidden(x: v128): v128 {
  // e⁻ˣ = 2ⁿ 2^f, n the whole number nearest to −x / ln 2
  const y = f32x4.mul(f32x4.pmin(x, v128.load(BOUND)), v128.load(MINUS_LOG2_E));
  const t = f32x4.add(y, v128.load(ROUND));
  const f = f32x4.sub(y, f32x4.sub(t, v128.load(ROUND)));
  const high = multiplyAdd(v128.load(P3), v128.load(P4), f);
  const low = multiplyAdd(v128.load(P1), v128.load(P2), f);
  const p = multiplyAdd(v128.load(ONE), f, multiplyAdd(low, high, f32x4.mul(f, f)));
  // the exponent field of p grows by n, which t holds in its low bits
  const e = i32x4.add(p, i32x4.shl(t, 23));
  return f32x4.div(v128.load(ONE), f32x4.add(e, v128.load(ONE)));
}

/**
 * x / (1 + e⁻ˣ) inside networks.
 *
 * domain     every float
 * max error  5e-6 of itself for x ≥ −30; below, the value at −30 stands, 2.9e-12 from the truth at most
 * special    ±0 → ±0, −∞ → −2.8e-12, ∞ → ∞, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function siluHidden(x: v128): v128 {
  const y = boundedBelow(x);
  return f32x4.mul(y, sigmoidHidden(y));
}
