/** What weighted particles stand for: particles at even points of their weights, and moments. */
import type { Moments } from "./nodes.ts";

/** The particle at the k-th point of the van der Corput sequence in the cumulative weights. */
export function drawnFrom(weights: Float32Array, k: number): number {
  const point = vanDerCorput(k + 1);
  let sum = 0;
  let last = 0;
  for (let n = 0; n < weights.length; n++) {
    if (weights[n] <= 0) continue;
    last = n;
    sum += weights[n];
    if (point < sum) return n;
  }
  return last;
}

/** Digits of k in base 2, mirrored at the point: 1 → .5, 2 → .25, 3 → .75, … */
function vanDerCorput(k: number): number {
  let value = 0;
  for (let part = 0.5, rest = k; rest > 0; part /= 2, rest >>>= 1) if (rest & 1) value += part;
  return value;
}

/** Whether fewer than half of the particles count. */
export function isUneven(weights: Float32Array): boolean {
  let squares = 0;
  for (let n = 0; n < weights.length; n++) squares += weights[n] * weights[n];
  return squares * weights.length > 2;
}

/** Mean and standard deviation of each row. */
export function momentsOf(
  { states, weights }: { readonly states: Float32Array; readonly weights: Float32Array },
  S: number,
): Moments {
  const N = weights.length;
  const mean = new Float64Array(S);
  const std = new Float64Array(S);
  for (let d = 0; d < S; d++) {
    for (let n = 0; n < N; n++) mean[d] += weights[n] * states[d * N + n];
    for (let n = 0; n < N; n++) std[d] += weights[n] * (states[d * N + n] - mean[d]) ** 2;
    std[d] = Math.sqrt(std[d]);
  }
  return { mean, std };
}

/** A state that particles share. */
export interface Distinct {
  /** The first of the particles. */
  readonly n: number;
  /** Their weights together. */
  readonly mass: number;
}

/** The states of particles that have a weight, each once, in their order. */
export function distinctStates(states: Float32Array, weights: Float32Array): readonly Distinct[] {
  const N = weights.length;
  const found = new Map<string, { n: number; mass: number }>();
  for (let n = 0; n < N; n++) {
    if (weights[n] <= 0) continue;
    let name = "";
    for (let at = n; at < states.length; at += N) name += `${states[at]},`;
    const known = found.get(name);
    if (known) known.mass += weights[n];
    else found.set(name, { n, mass: weights[n] });
  }
  return [...found.values()];
}
