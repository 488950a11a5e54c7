/**
 * State inference with particles: q(z_t) = Σ_n w[n] δ(z_t − z[n]) for any state-space model.
 *
 * A step resamples when the weights have become uneven, draws new particles by the model's proposal, and multiplies
 * each weight by the particle's incremental weight. The product of the weights' means is an unbiased estimate of
 * p(x_{1:t}) (Del Moral 2004, section 7.4, https://doi.org/10.1007/978-1-4684-9393-1; Chopin & Papaspiliopoulos 2020,
 * chapter 10, https://doi.org/10.1007/978-3-030-47845-2).
 * Resampling comes before the proposal, not after the weighing: between two steps the belief keeps its weights, and
 * with them the smaller variance.
 */
import type { Core } from "../../core/core.ts";
import { createDraw, type DrawSource } from "../../core/draw.ts";
import {
  expectArray,
  expectInteger,
  expectKnownNames,
  expectMultiple,
  expectNumber,
} from "../../core/expect.ts";
import { seedWords } from "../../core/random.ts";
import type { StateSpaceModel } from "../../models/stateSpaceModel.ts";
import {
  allocateParticles,
  bandwidthOf,
  equaliseWeights,
  jitterParticles,
  multiplyWeights,
  type ParticleSet,
  particleMoments,
  type Resampling,
  resampleParticles,
  schemes,
} from "./particles.ts";

/** Options of {@link createParticleFilter}. */
export interface ParticleFilterOptions {
  /** Of every draw, a whole number ≥ 0; same seed, same bits. Default 0. */
  readonly seed?: number;
  /** Whole number below 2³²; filters of one seed and different streams are independent. Default 0. */
  readonly stream?: number;
  /** "systematic" (default), "stratified", "residual" or "multinomial". */
  readonly resampling?: Resampling;
  /** Resample when the effective sample size is below this share of N, in [0, 1]; 0: never. Default 0.5. */
  readonly resampleBelow?: number;
  /**
   * Scale of the jitter after resampling, in [0, 100]; 0: none. Default 0.
   *
   *   z[d] ← z[d] + regularisation · h · std[d] · ε[d],   h = (4 / (D + 2))^(1 / (D + 4)) · N^(−1 / (D + 4))
   *
   * over the model's D continuous rows, with the belief's `std` before resampling; h is the best bandwidth of a Gaussian
   * kernel for a Gaussian belief, and too wide for one of several modes. The mean stays, the variances grow by the factor
   * 1 + (regularisation · h)², and the evidence is no longer unbiased.
   *
   * @see Musso, Oudjane & Le Gland (2001), https://doi.org/10.1007/978-1-4757-3437-9_12
   */
  readonly regularisation?: number;
}

const NAMES: readonly (keyof ParticleFilterOptions)[] = [
  "seed",
  "stream",
  "resampling",
  "resampleBelow",
  "regularisation",
];

/** A belief about the latent of a model, and what updating it needs. Its arrays are the core's: read, do not write. */
export interface ParticleFilter extends ParticleSet {
  /** Whose memory holds the arrays. */
  readonly core: Core;
  /** The model it filters with. */
  readonly model: StateSpaceModel;
  /** With every default filled in. */
  readonly options: Required<ParticleFilterOptions>;
  /** Steps so far; at 0 the next one draws from the model's prior. */
  time: number;
  /** log p̂(x_{1:t}), in nats. */
  logEvidence: number;
  /** @internal */
  readonly draw: DrawSource;
}

/** What a step was given. */
export interface FilterInput {
  /** The action since the last step, as the model reads it; not read at the first step. */
  readonly action?: ArrayLike<number> | undefined;
  /**
   * [observationSize] as the model reads it, NaN where a dimension was not seen. Left out, null, or NaN in every dimension:
   * nothing was seen, and the step only predicts.
   */
  readonly observation?: ArrayLike<number> | null | undefined;
}

/** What a step did. */
export interface FilterInfo {
  /**
   * log p̂(x_t | x_{<t}), in nats; 0, up to rounding, when nothing was seen. When the belief was lost: log p̂(x_t) of the
   * one that begins here, or 0 when the model's prior excludes the observation too.
   */
  readonly logEvidenceIncrement: number;
  /** log p̂(x_{1:t}): the sum of the increments since the first step. */
  readonly logEvidence: number;
  /** Of the weights after the step, in particles: between 1 and N. */
  readonly effectiveSampleSize: number;
  /** Whether the particles were resampled before the proposal. */
  readonly hasResampled: boolean;
  /** Whether every weight became 0, so that the belief began anew: the model's `initialise` at this observation. */
  readonly isLost: boolean;
}

/**
 * A particle filter over a model. Reserves 5 + 2 · stateSize rows of N numbers in the core, and with regularisation one
 * for each continuous row; steps reserve nothing. The first step draws the particles.
 *
 * @throws TypeError when an option is unknown
 * @throws RangeError when an option or a size of the model is out of its range, or the core's arena is full
 *
 * @example
 * const core = await createCore();
 * const walk = { A: [[1]], C: [[1]], W: [[0.1]], R: [[1]], mean: [0], covariance: [[1]] };
 * const filter = createParticleFilter(core, linearGaussianModel(core, walk, { particles: 256 }), { seed: 1 });
 * for (const observation of [[0.1], [0.3], [0.2]]) stepParticleFilter(filter, { observation });
 * const [position] = beliefMoments(filter).mean; // E[z_3 | x_{1:3}]
 * Math.abs(position - 0.2) < 0.1; // true
 */
export function createParticleFilter(
  core: Core,
  model: StateSpaceModel,
  options: ParticleFilterOptions = {},
): ParticleFilter {
  expectKnownNames("options", options, NAMES);
  const {
    seed = 0,
    stream = 0,
    resampling = "systematic",
    resampleBelow = 0.5,
    regularisation = 0,
  } = options;
  const { particles, stateSize, continuousSize = stateSize } = model;
  expectMultiple("particles", particles, 4);
  expectInteger("stateSize", stateSize, 1);
  expectInteger("continuousSize", continuousSize, 0, stateSize);
  expectInteger("stream", stream, 0, 0xffffffff);
  if (!Object.hasOwn(schemes, resampling))
    throw new RangeError(`resampling: expected one of ${Object.keys(schemes).join(", ")}, got ${resampling}`);
  expectNumber("resampleBelow", resampleBelow, 0, 1);
  expectNumber("regularisation", regularisation, 0, 100);
  const draw = createDraw(core, seed, stream);
  const sizes = { particles, stateSize, continuousSize: regularisation > 0 ? continuousSize : 0 };
  return {
    ...allocateParticles(core, sizes),
    core,
    model,
    options: { seed, stream, resampling, resampleBelow, regularisation },
    time: 0,
    logEvidence: 0,
    draw,
  };
}

/**
 * Forgets what was seen: the next step is the first of a new sequence.
 * Its numbers are new ones, unless `seed` begins them anew.
 *
 * @throws RangeError when `seed` is not a whole number ≥ 0
 *
 * @example
 * const core = await createCore();
 * const walk = { A: [[1]], C: [[1]], W: [[0.1]], R: [[1]], mean: [0], covariance: [[1]] };
 * const filter = createParticleFilter(core, linearGaussianModel(core, walk, { particles: 256 }), { seed: 1 });
 * const { logEvidence } = stepParticleFilter(filter, { observation: [0.1] });
 * resetParticleFilter(filter, { seed: 1 });
 * stepParticleFilter(filter, { observation: [0.1] }).logEvidence === logEvidence; // true
 */
export function resetParticleFilter(filter: ParticleFilter, { seed }: { readonly seed?: number } = {}): void {
  filter.time = 0;
  filter.logEvidence = 0;
  if (seed === undefined) return;
  filter.draw.seed = seedWords(seed);
  filter.draw.step = 0;
}

/**
 * Updates the belief with an action and what was seen after it.
 *
 * Every weight 0 is a lost belief: it begins anew, by the model's `initialise` at this observation, and where that
 * excludes it too, without it. What came before is then no longer in the belief, and `info.isLost` says so.
 *
 * @throws TypeError when the input has an unknown name, or the observation is no array of numbers
 * @throws RangeError when the observation has another length than the model's, or holds ±∞
 * @throws RangeError when the model writes a log-increment that is NaN or ∞, or every weight is 0 though nothing was seen
 *
 * @example
 * const core = await createCore();
 * const walk = { A: [[1]], C: [[1]], W: [[0.1]], R: [[1]], mean: [0], covariance: [[1]] };
 * const filter = createParticleFilter(core, linearGaussianModel(core, walk, { particles: 256, proposal: "optimal" }));
 * stepParticleFilter(filter, { observation: [0] }).logEvidence; // -1.266: log N(0; 0, 2)
 * stepParticleFilter(filter).logEvidenceIncrement; // 0.00: nothing was seen
 */
export function stepParticleFilter(filter: ParticleFilter, input: FilterInput = {}): FilterInfo {
  expectKnownNames("input", input, ["action", "observation"]);
  const { action, observation } = input;
  if (observation != null) expectObservation(observation, filter.model.observationSize);
  const seen = observation == null || isMissing(observation) ? undefined : observation;
  filter.draw.fills = 0;
  const hasResampled = filter.time > 0 && resampleIfUneven(filter);
  let logEvidenceIncrement = filter.time === 0 ? initialise(filter, seen) : propagate(filter, action, seen);
  const isLost = logEvidenceIncrement === -Infinity;
  if (isLost) logEvidenceIncrement = recover(filter, seen);
  filter.time++;
  filter.draw.step++;
  filter.logEvidence += logEvidenceIncrement;
  const { logEvidence, effectiveSampleSize } = filter;
  return { logEvidenceIncrement, logEvidence, effectiveSampleSize, hasResampled, isLost };
}

/**
 * Mean and standard deviation of each row of the belief, Σ_n w[n] z[d,n] and √(Σ_n w[n] (z[d,n] − mean[d])²).
 *
 * @returns [stateSize] each; views that the next call or step overwrites
 * @throws Error before the first step
 *
 * @example
 * const core = await createCore();
 * const side = tabularModel(core, { transition: [[[1, 0], [0, 1]]], observation: [[[0.85, 0.15], [0.15, 0.85]]], initial: [0.5, 0.5] }, { particles: 4096 });
 * const filter = createParticleFilter(core, side);
 * stepParticleFilter(filter, { observation: [1] });
 * Math.abs(beliefMoments(filter).mean[0] - 0.85) < 0.02; // true
 */
export function beliefMoments(filter: ParticleFilter): {
  /** [stateSize], in the units of the rows. */
  readonly mean: Float32Array;
  /** [stateSize], in the units of the rows. */
  readonly std: Float32Array;
} {
  if (filter.time === 0)
    throw new Error("beliefMoments: expected a belief, got a filter before its first step");
  return particleMoments(filter.core, filter);
}

function expectObservation(observation: ArrayLike<number>, size = Math.max(1, observation.length)): void {
  expectArray("observation", observation);
  if (observation.length !== size)
    throw new RangeError(`observation: expected [${size}], got ${observation.length} values`);
  for (let d = 0; d < size; d++) {
    const value: unknown = observation[d];
    if (typeof value !== "number")
      throw new TypeError(`observation[${d}]: expected a number, got ${String(value)}`);
    if (Math.abs(value) === Infinity)
      throw new RangeError(
        `observation[${d}]: expected a finite number, or NaN for what was not seen, got ${value}`,
      );
  }
}

function isMissing(observation: ArrayLike<number>): boolean {
  for (let d = 0; d < observation.length; d++) if (!Number.isNaN(observation[d])) return false;
  return true;
}

function resampleIfUneven(filter: ParticleFilter): boolean {
  const { core, draw, model, options, effectiveSampleSize, weights, work } = filter;
  if (!(effectiveSampleSize < options.resampleBelow * weights.length)) return false;
  const D = work.noise.length / weights.length;
  if (D > 0) particleMoments(core, filter);
  resampleParticles(core, filter, options.resampling, draw);
  if (D > 0)
    jitterParticles(core, filter, options.regularisation * bandwidthOf(core, D, model.particles), draw);
  return true;
}

function propagate(
  filter: ParticleFilter,
  action: ArrayLike<number> | undefined,
  observation: ArrayLike<number> | undefined,
): number {
  const { core, model, draw, particles, work } = filter;
  work.logIncrements.fill(0);
  model.step(work.spare, particles, work.logIncrements, { action, observation }, draw);
  filter.particles = work.spare;
  work.spare = particles;
  return multiplyWeights(core, filter);
}

function initialise(filter: ParticleFilter, observation: ArrayLike<number> | undefined): number {
  const { core, model, draw, particles, work } = filter;
  equaliseWeights(filter);
  work.logIncrements.fill(0);
  model.initialise(particles, work.logIncrements, observation, draw);
  return multiplyWeights(core, filter);
}

function recover(filter: ParticleFilter, observation: ArrayLike<number> | undefined): number {
  const increment = filter.time === 0 ? -Infinity : initialise(filter, observation);
  if (increment > -Infinity) return increment;
  if (initialise(filter, undefined) > -Infinity) return 0;
  throw new RangeError(
    "logIncrements: expected a particle of positive weight when nothing was seen, got −Infinity for every particle",
  );
}
