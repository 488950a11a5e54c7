import { F32, VEC } from "../memory";
import { expMinusOne, ONE, powerOfTwo, ROUND } from "./exp";

const BOUND = memory.data<v128>([f32x4.splat(-9.02)]); // beyond, tanh x rounds to ±1
const SIGN = memory.data<v128>([i32x4.splat(0x80000000)]);
const TWO_LOG2_E = memory.data<v128>([f32x4.splat(2.88539008)]);
const LN2 = memory.data<v128>([f32x4.splat(0.693147182)]);

// @ts-ignore: decorator
@inline
export function tanhLanes(x: v128): v128 {
  const size = v128.or(x, v128.load(SIGN));
  const y = f32x4.pmax(size, v128.load(BOUND));
  const t = f32x4.add(f32x4.mul(y, v128.load(TWO_LOG2_E)), v128.load(ROUND));
  const r = f32x4.sub(f32x4.add(y, y), f32x4.mul(f32x4.sub(t, v128.load(ROUND)), v128.load(LN2)));
  const power = powerOfTwo(t);
  const part = f32x4.mul(power, expMinusOne(r));
  const numerator = f32x4.add(f32x4.sub(power, v128.load(ONE)), part);
  const denominator = f32x4.add(f32x4.add(v128.load(ONE), power), part);
  return v128.xor(f32x4.div(numerator, denominator), v128.xor(x, size));
}

/** out[n] = tanh x[n]; N is a multiple of 4. */
export function tanh(out: usize, x: usize, N: usize): void {
  // out[n] = tanh x[n]
  for (const end = out + N * F32; out < end; out += VEC, x += VEC) v128.store(out, tanhLanes(v128.load(x)));
}
