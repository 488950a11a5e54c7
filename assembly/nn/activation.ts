import { sigmoidLanes, siluLanes } from "../math/sigmoid";
import { tanhLanes } from "../math/tanh";
import { VEC } from "../memory";

/** The activation functions, by the code that a network's shape carries. */
export const TANH: u32 = 0;
export const SILU: u32 = 1;
export const RELU: u32 = 2;

/**
 * Activation of a buffer.
 *
 *   out[i] = tanh x[i]   or   x[i] σ(x[i])   or   max(0, x[i])
 *
 * @param out  [N]  written; may be x itself
 * @param x    [N]
 * @param N    a multiple of 4
 */
export function activate(out: usize, x: usize, activation: u32, N: usize): void {
  const end = x + N * 4;
  if (activation == TANH) {
    for (; x < end; x += VEC, out += VEC) v128.store(out, tanhLanes(v128.load(x)));
  } else if (activation == SILU) {
    for (; x < end; x += VEC, out += VEC) v128.store(out, siluLanes(v128.load(x)));
  } else {
    const zero = f32x4.splat(0);
    for (; x < end; x += VEC, out += VEC) v128.store(out, f32x4.max(zero, v128.load(x)));
  }
}

/**
 * Adjoint of the activation, in place.
 *
 *   ∂L/∂x = ∂L/∂y · { 1 − tanh² x,   σ(x) (1 + x (1 − σ(x))),   [x > 0] }
 *
 * @param dY  [N]  in: ∂L/∂y, out: ∂L/∂x
 * @param x   [N]  before the activation
 * @param N   a multiple of 4
 */
export function activateBackward(dY: usize, x: usize, activation: u32, N: usize): void {
  const end = x + N * 4;
  const one = f32x4.splat(1);
  if (activation == TANH) {
    for (; x < end; x += VEC, dY += VEC) {
      const y = tanhLanes(v128.load(x));
      v128.store(dY, f32x4.mul(v128.load(dY), f32x4.sub(one, f32x4.mul(y, y))));
    }
  } else if (activation == SILU) {
    for (; x < end; x += VEC, dY += VEC) {
      const value = v128.load(x);
      const s = sigmoidLanes(value);
      const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(value, f32x4.sub(one, s))));
      v128.store(dY, f32x4.mul(v128.load(dY), slope));
    }
  } else {
    const zero = f32x4.splat(0);
    for (; x < end; x += VEC, dY += VEC) v128.store(dY, v128.and(v128.load(dY), f32x4.gt(v128.load(x), zero)));
  }
}
