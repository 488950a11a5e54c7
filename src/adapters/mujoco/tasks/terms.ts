/** What rewards, observations and starts of the ready worlds are made of. */
import type { Random } from "../../../core/random.ts";
import type { Physics } from "../physics.ts";

/** Δx/Δt of the first joint, in m/s. @param before its position before the step */
export function speed({ positions, timestep }: Physics, before: number, substeps: number): number {
  return (positions[0] - before) / (timestep * substeps);
}

/** w Σ a², in float32, as Gymnasium computes it of float32 actions. */
export function controlCost(weight: number, action: Float32Array): number {
  let sum = 0;
  for (const value of action) sum = Math.fround(sum + Math.fround(value * value));
  return Math.fround(Math.fround(weight) * sum);
}

/** Noise of a start, a number at a time. */
interface Noise {
  position(): number;
  velocity(): number;
}

/** Adds noise to all positions, then to all velocities. */
export function shaken({ positions, velocities }: Physics, noise: Noise): void {
  for (let d = 0; d < positions.length; d++) positions[d] += noise.position();
  for (let d = 0; d < velocities.length; d++) velocities[d] += noise.velocity();
}

/** Uniform noise within ±scale; one scale for both, or one for each. */
export function evenly(random: Random, scale: number | readonly [position: number, velocity: number]): Noise {
  const [ofPosition, ofVelocity] = typeof scale === "number" ? [scale, scale] : scale;
  return {
    position: () => random.uniform(-ofPosition, ofPosition),
    velocity: () => random.uniform(-ofVelocity, ofVelocity),
  };
}

/** Each number within ±bound. */
export function clipped(values: Float64Array, bound: number): Float64Array {
  return values.map((value) => Math.min(Math.max(value, -bound), bound));
}

/** [3] from one body to another, in m. */
export function difference(physics: Physics, to: string, from: string): readonly number[] {
  const [a, b] = [physics.body(to).position, physics.body(from).position];
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** Euclidean length. */
export function norm(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
