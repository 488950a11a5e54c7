import { F32, VEC } from "../memory";

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/**
 * One step of Adam with decoupled weight decay, on a gradient clipped by its norm; the gradient is zeroed.
 *
 *   g ← g · min(1, maxNorm / ‖g‖)
 *   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − α ( m̂ / (√v̂ + ε) + weightDecay · θ ),   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 *
 * Where ‖g‖ is not finite nothing changes but the gradient: no parameter becomes what cannot be computed with.
 *
 * β₁ = .9, β₂ = .999, ε = 1e-8 (Kingma & Ba 2015; Loshchilov & Hutter 2019). The norm sums in f64.
 *
 * @param parameters  [N]  θ, updated
 * @param gradient    [N]  g, zeroed
 * @param first       [N]  m, updated
 * @param second      [N]  v, updated
 * @param step        t = 1, 2, …
 * @param N           a multiple of 4
 * @returns ‖g‖ before clipping
 */
export function adam(
  parameters: usize, gradient: usize, first: usize, second: usize,
  learningRate: f32, weightDecay: f32, maxNorm: f32, step: u32, N: usize,
): f32 {
  const norm = <f32>sqrt<f64>(sumOfSquares(gradient, N));
  if (!(norm <= f32.MAX_VALUE)) {
    memory.fill(gradient, 0, N * F32);
    return norm;
  }
  const scale = f32x4.splat(norm > maxNorm ? maxNorm / norm : 1);
  const keep1 = f32x4.splat(<f32>BETA1), take1 = f32x4.splat(<f32>(1 - BETA1));
  const keep2 = f32x4.splat(<f32>BETA2), take2 = f32x4.splat(<f32>(1 - BETA2));
  const correct1 = f32x4.splat(<f32>(<f64>learningRate / (1 - power(BETA1, step))));
  const correct2 = f32x4.splat(<f32>(1 / (1 - power(BETA2, step))));
  const epsilon = f32x4.splat(EPSILON), decay = f32x4.splat(learningRate * weightDecay);
  const zero = f32x4.splat(0);
  const end = parameters + N * F32;
  for (; parameters < end; parameters += VEC, gradient += VEC, first += VEC, second += VEC) {
    const g = f32x4.mul(v128.load(gradient), scale);
    const m = f32x4.add(f32x4.mul(keep1, v128.load(first)), f32x4.mul(take1, g));
    const v = f32x4.add(f32x4.mul(keep2, v128.load(second)), f32x4.mul(take2, f32x4.mul(g, g)));
    const theta = v128.load(parameters);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, correct2)), epsilon);
    const change = f32x4.add(f32x4.div(f32x4.mul(m, correct1), root), f32x4.mul(decay, theta));
    v128.store(parameters, f32x4.sub(theta, change));
    v128.store(first, m);
    v128.store(second, v);
    v128.store(gradient, zero);
  }
  return norm;
}

/** base^exponent by squaring: some roundings off, and 2 kB smaller than the power of real exponents. */
function power(base: f64, exponent: u32): f64 {
  let y: f64 = 1;
  for (; exponent > 0; exponent >>= 1, base *= base) if (exponent & 1) y *= base;
  return y;
}

/** Σ x[i]², in f64 */
function sumOfSquares(x: usize, N: usize): f64 {
  const end = x + N * F32;
  let low = f64x2.splat(0), high = low;
  for (; x < end; x += VEC) {
    const value = v128.load(x);
    const a = f64x2.promote_low_f32x4(value);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * The slowly following copy of parameters.
 *
 *   target[i] ← target[i] + rate (parameters[i] − target[i])
 *
 * @param N  a multiple of 4
 */
export function follow(target: usize, parameters: usize, rate: f32, N: usize): void {
  const end = target + N * F32;
  const share = f32x4.splat(rate);
  for (; target < end; target += VEC, parameters += VEC) {
    const value = v128.load(target);
    v128.store(target, f32x4.add(value, f32x4.mul(share, f32x4.sub(v128.load(parameters), value))));
  }
}
