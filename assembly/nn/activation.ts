import { ONE } from "../math/exp";
import { boundedBelow, sigmoidHidden, siluHidden } from "../math/hidden";
import { tanhLanes } from "../math/tanh";
import { F32, VEC } from "../memory";

/** The activation functions, by the code that a network's shape carries. */
export const TANH: u32 = 0;
export const SILU: u32 = 1;
export const RELU: u32 = 2;

/**
 * Activation of a buffer.
 *
 *   out[i] = tanh x[i]   or   x[i] σ(x[i])   or   max(0, x[i]),   σ as in `hidden.ts`
 *
 * @param out  [N]  written; may be x itself
 * @param x    [N]
 * @param N    a multiple of 4
 */
export function activate(out: usize, x: usize, activation: u32, N: usize): void {
  const end = x + N * F32;
  if (activation == TANH) {
    for (; x < end; x += VEC, out += VEC) v128.store(out, tanhLanes(v128.load(x)));
  } else if (activation == SILU) {
    for (; x < end; x += VEC, out += VEC) v128.store(out, siluHidden(v128.load(x)));
  } else {
    const zero = f32x4.splat(0);
    for (; x < end; x += VEC, out += VEC) v128.store(out, f32x4.max(zero, v128.load(x)));
  }
}

/**
 * Activation of a buffer in place, and its slope for the adjoint.
 *
 *   x ← y = f(x),   slope = { 1 − y²,   σ(x) (1 + x (1 − σ(x))),   [x > 0] }
 *
 * @param x      [N]  the same y as `activate`'s
 * @param slope  [N]  written
 * @param N      a multiple of 4
 */
export function activateForward(x: usize, slope: usize, activation: u32, N: usize): void {
  const end = x + N * F32;
  const one = v128.load(ONE);
  if (activation == TANH) {
    for (; x < end; x += VEC, slope += VEC) {
      const y = tanhLanes(v128.load(x));
      v128.store(slope, f32x4.sub(one, f32x4.mul(y, y)));
      v128.store(x, y);
    }
  } else if (activation == SILU) {
    for (; x < end; x += VEC, slope += VEC) {
      const value = boundedBelow(v128.load(x)), s = sigmoidHidden(value);
      v128.store(slope, f32x4.mul(s, f32x4.add(one, f32x4.mul(value, f32x4.sub(one, s)))));
      v128.store(x, f32x4.mul(value, s));
    }
  } else {
    const zero = f32x4.splat(0);
    for (; x < end; x += VEC, slope += VEC) {
      const value = v128.load(x);
      v128.store(slope, v128.and(one, f32x4.gt(value, zero)));
      v128.store(x, f32x4.max(zero, value));
    }
  }
}

/**
 * Adjoint of the activation, in place.
 *
 *   ∂L/∂x = slope · ∂L/∂y
 *
 * @param dY     [N]  in: ∂L/∂y, out: ∂L/∂x
 * @param slope  [N]  as `activateForward` left it
 * @param N      a multiple of 4
 */
export function activateBackward(dY: usize, slope: usize, N: usize): void {
  // dY[i] ← slope[i] dY[i]
  for (const end = dY + N * F32; dY < end; dY += VEC, slope += VEC)
    v128.store(dY, f32x4.mul(v128.load(slope), v128.load(dY)));
}
