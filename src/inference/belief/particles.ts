/** Sets of weighted particles: weighing, resampling and jitter. */
import { addProduct, gatherColumns } from "../../core/columns.ts";
import type { Core } from "../../core/core.ts";
import type { DrawSource } from "../../core/draw.ts";
import { scalarMath } from "../../core/math.ts";
import type { ValueOf } from "../../core/options.ts";
import {
  resampleMultinomial,
  resampleResidual,
  resampleStratified,
  resampleSystematic,
} from "../../core/resample.ts";
import { effectiveSampleSize, normaliseWeights, weightedMoments } from "../../core/weights.ts";
import type { FILTER } from "../options.ts";

/** Ways to draw ancestors, by name. */
export const schemes = {
  systematic: resampleSystematic,
  stratified: resampleStratified,
  residual: resampleResidual,
  multinomial: resampleMultinomial,
} as const satisfies Record<Resampling, unknown>;

/** A scheme of resampling: each leaves every particle N w[n] copies on average; multinomial varies most about it, systematic least. */
export type Resampling = ValueOf<typeof FILTER.resampling>;

/** Sizes of a set of particles. */
export interface ParticleSizes {
  /** N, a multiple of 4. */
  readonly particles: number;
  /** Rows of a particle. */
  readonly stateSize: number;
  /** The first rows, as many as jitter may move. */
  readonly continuousSize: number;
}

/** N weighted particles. */
export interface ParticleSet {
  /** [stateSize, N] z, one row a dimension. Two arrays take turns: take this field anew after every step. */
  particles: Float32Array;
  /** [N] log w̃, unnormalised, in nats. */
  readonly logWeights: Float32Array;
  /** [N] w, sum to one. */
  readonly weights: Float32Array;
  /** [N] where each particle's parent stood before the last resampling. */
  readonly ancestors: Uint32Array;
  readonly counts: {
    /** (Σ w)² / Σ w², in particles. */
    effectiveSampleSize: number;
    /** log 1/N Σ_n w̃[n]. */
    logMean: number;
  };
  /** @internal */
  readonly work: Work;
}

/** What is written before it is read. */
interface Work {
  /** The array that takes turns with `particles`. */
  spare: Float32Array;
  /** [2, N]: ones, and the logarithms by which the weights change. */
  readonly changes: Float32Array;
  /** Row 1 of `changes`. */
  readonly logIncrements: Float32Array;
  /** The factors of the two rows. */
  readonly factors: Float32Array;
  /** [N] who is drawn to stand for the belief. */
  readonly drawn: Uint32Array;
  /** What is drawn on its way to an array outside the core. */
  readonly scratch: Float32Array;
  /** [stateSize] each. */
  readonly mean: Float32Array;
  readonly std: Float32Array;
  /** [continuousSize, N]. */
  readonly noise: Float32Array;
  /** [continuousSize, continuousSize], diagonal. */
  readonly jitter: Float32Array;
}

/** Numbers that are drawn at once on their way to an array outside the core. */
const SCRATCH = 1024;

/** A set of N particles at 0, all weights alike. `memory` may be a counter of bytes. */
export function allocateParticles(
  memory: Pick<Core, "f32" | "u32">,
  { particles: N, stateSize, continuousSize }: ParticleSizes,
): ParticleSet {
  const changes = memory.f32(2 * N);
  return {
    particles: memory.f32(stateSize * N),
    logWeights: memory.f32(N),
    weights: memory.f32(N).fill(1 / N),
    ancestors: memory.u32(N),
    counts: { effectiveSampleSize: N, logMean: 0 },
    work: {
      spare: memory.f32(stateSize * N),
      changes,
      logIncrements: changes.subarray(N),
      factors: memory.f32(2),
      drawn: memory.u32(N),
      scratch: memory.f32(SCRATCH),
      mean: memory.f32(stateSize),
      std: memory.f32(stateSize),
      noise: memory.f32(continuousSize * N),
      jitter: memory.f32(continuousSize * continuousSize),
    },
  };
}

/** Gives every particle the weight 1. */
export function equaliseWeights({ logWeights, counts }: ParticleSet): void {
  logWeights.fill(0);
  counts.logMean = 0;
}

/**
 * Multiplies the weights by exp(logIncrements), and normalises them.
 *
 *   log w̃[n] ← log w̃[n] − logMean + logIncrements[n],   logMean = log 1/N Σ_k w̃[k]
 *
 * @returns log Σ_n w[n] exp logIncrements[n], in nats, with the weights from before; −∞ when every weight is now 0
 * @throws RangeError when an increment is NaN or ∞
 */
export function multiplyWeights(core: Core, set: ParticleSet): number {
  const { logWeights, weights, counts, work } = set;
  // the shift as f32 holds it: what rounding takes from it stays in the sum
  const shift = Math.fround(counts.logMean);
  work.factors.set([-shift, 1]);
  work.changes.fill(1, 0, logWeights.length);
  addProduct(core, logWeights, work.factors, work.changes, logWeights.length);
  const logMean = normaliseWeights(core, weights, logWeights);
  if (!(logMean < Infinity))
    throw new RangeError("logIncrements: expected finite values or −Infinity, got NaN or Infinity");
  const increment = logMean + (shift - counts.logMean);
  counts.logMean = logMean;
  counts.effectiveSampleSize = logMean === -Infinity ? 0 : effectiveSampleSize(core, logWeights);
  return increment;
}

/** Replaces the particles by N drawn according to their weights, which become alike. */
export function resampleParticles(
  core: Core,
  set: ParticleSet,
  scheme: Resampling,
  { seed, stream, step }: DrawSource,
): void {
  const { particles, weights, ancestors, work } = set;
  schemes[scheme](core, ancestors, weights, seed[0], seed[1], stream, step);
  set.particles = gatherColumns(core, work.spare, particles, ancestors);
  work.spare = particles;
  equaliseWeights(set);
}

/** Writes the moments of the set, to be read at once or before `jitterParticles`. */
export function particleMoments(
  core: Core,
  { particles, weights, work: { mean, std } }: ParticleSet,
): { readonly mean: Float32Array; readonly std: Float32Array } {
  weightedMoments(core, mean, std, particles, weights);
  return { mean, std };
}

/** z[d] ← z[d] + bandwidth · std[d] · ε[d] in the continuous rows, with the `std` of the last `particleMoments`. */
export function jitterParticles(core: Core, set: ParticleSet, bandwidth: number, draw: DrawSource): void {
  const { particles, weights, work } = set;
  const N = weights.length;
  const D = work.noise.length / N;
  draw.normal(work.noise);
  work.jitter.fill(0);
  for (let d = 0; d < D; d++) work.jitter[d * (D + 1)] = bandwidth * work.std[d];
  addProduct(core, particles.subarray(0, D * N), work.jitter, work.noise, N);
}

/** h = (4 / (D + 2))^(1 / (D + 4)) · N^(−1 / (D + 4)) */
export function bandwidthOf(core: Core, D: number, N: number): number {
  const { exp, log } = scalarMath(core);
  return exp(log(4 / ((D + 2) * N)) / (D + 4));
}
