import { expShared } from "../math/exp";
import { sigmoidShared } from "../math/sigmoid";

/*
 * A diagonal Gaussian over the latent as the output of a network: `size` rows d, which move the mean from where it
 * is expected, then `size` rows y of its bounded deviation, log σ = LOWEST + RANGE · sigmoid(y). The bounds keep the
 * latent a state: never so noisy that it forgets, never so sharp that its divergence explodes.
 */
const LOWEST: f32 = -8; // σ ≥ .0003
const RANGE: f32 = 5; // σ ≤ .05

/** log σ of four lanes of y. */
// @ts-ignore: decorator
@inline
export function latentLogStd(y: v128): v128 {
  return f32x4.add(f32x4.splat(LOWEST), f32x4.mul(f32x4.splat(RANGE), sigmoidShared(y)));
}

/** σ of four lanes of y. */
// @ts-ignore: decorator
@inline
export function latentStd(y: v128): v128 {
  return expShared(latentLogStd(y));
}

/** ∂ log σ / ∂y = RANGE · s (1 − s),  s = sigmoid(y). */
// @ts-ignore: decorator
@inline
export function latentLogStdSlope(y: v128): v128 {
  const s = sigmoidShared(y);
  return f32x4.mul(f32x4.splat(RANGE), f32x4.mul(s, f32x4.sub(f32x4.splat(1), s)));
}
