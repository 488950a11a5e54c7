import { F32, VEC } from "../memory";
import { ONE, ROUND } from "./exp";

const BOUND = memory.data<v128>([f32x4.splat(9.02)]); // beyond, tanh x rounds to ±1
const MINUS_BOUND = memory.data<v128>([f32x4.splat(-9.02)]);
const TWO_LOG2_E = memory.data<v128>([f32x4.splat(2.88539008)]); // 2 / ln 2
const HALF_LN2_HIGH = memory.data<v128>([f32x4.splat(0.3465728759765625)]); // ½ ln 2, 15 bits
const HALF_LN2_LOW = memory.data<v128>([f32x4.splat(7.1430341e-7)]); // ½ ln 2 − HALF_LN2_HIGH

// tanh r = r + r z (T0 + T1 z + T2 z²), z = r², |r| ≤ ¼ ln 2: relative error 2e-10 (minimax fit)
const T0 = memory.data<v128>([f32x4.splat(-0.333333224)]);
const T1 = memory.data<v128>([f32x4.splat(0.133311912)]);
const T2 = memory.data<v128>([f32x4.splat(-0.0527232476)]);

/**
 * tanh x, from e²ˣ = 2ⁿ (1 + w) / (1 − w) with w = tanh r, r = x − ½ n ln 2
 *
 * domain     every float
 * max error  2.5 ulp
 * special    −0 → 0, −∞ → −1, ∞ → 1, NaN → NaN
 */
// @ts-ignore: decorator
@inline
export function tanhLanes(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, v128.load(MINUS_BOUND)), v128.load(BOUND));
  // n = the whole number nearest to 2x / ln 2, r = x − ½ n ln 2
  const t = f32x4.add(f32x4.mul(y, v128.load(TWO_LOG2_E)), v128.load(ROUND));
  const n = f32x4.sub(t, v128.load(ROUND));
  const high = f32x4.sub(y, f32x4.mul(n, v128.load(HALF_LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, v128.load(HALF_LN2_LOW)));
  // w = tanh r
  const z = f32x4.mul(r, r);
  let p = f32x4.add(f32x4.mul(v128.load(T2), z), v128.load(T1));
  p = f32x4.add(f32x4.mul(p, z), v128.load(T0));
  const w = f32x4.add(r, f32x4.mul(r, f32x4.mul(p, z)));
  // tanh x = (2ⁿ − 1 + (2ⁿ + 1) w) / (2ⁿ + 1 + (2ⁿ − 1) w)
  const power = i32x4.add(i32x4.shl(t, 23), v128.load(ONE));
  const less = f32x4.sub(power, v128.load(ONE));
  const more = f32x4.add(power, v128.load(ONE));
  return f32x4.div(f32x4.add(f32x4.mul(more, w), less), f32x4.add(f32x4.mul(less, w), more));
}

/** out[n] = tanh x[n]; N is a multiple of 4. */
export function tanh(out: usize, x: usize, N: usize): void {
  // out[n] = tanh x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, tanhLanes(v128.load(x)));
}
