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
import { expectInteger, expectKnownNames } from "../../core/expect.ts";
import { seedWords } from "../../core/random.ts";
import { refuse, vectorProblem } from "../../core/readings.ts";
import { resampleSystematic } from "../../core/resample.ts";
import type { StateSpaceModel } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import { asRow, type Belief, type BeliefInfo, type Evidence, type ParticleBelief } from "./belief.ts";
import { type FilterOptions, type FilterSettings, resolveFilter } from "./filterOptions.ts";
import {
  allocateParticles,
  bandwidthOf,
  equaliseWeights,
  jitterParticles,
  multiplyWeights,
  type ParticleSet,
  particleMoments,
  resampleParticles,
} from "./particles.ts";

/** What was found so far, in plain numbers: read, do not write. */
export interface FilterState extends ParticleSet {
  /** Those of the particles, and where the belief is in its sequence. */
  readonly counts: ParticleSet["counts"] & {
    /** Updates so far; at 0 the next one draws from the model's prior. */
    time: number;
    /** log p̂(x_{1:t}), in nats; −Infinity once an observation was impossible. */
    logEvidence: number;
    /** Beliefs that were lost. */
    losses: number;
    /** log p̂ of what was seen since the last was lost; 0 before one was. */
    recovered: number;
  };
}

/** What an update of a particle filter did. */
export interface FilterInfo extends BeliefInfo {
  /** Of the weights after the update, in particles: between 1 and N. */
  readonly effectiveSampleSize: number;
  /** Whether the particles were resampled before the proposal. */
  readonly hasResampled: boolean;
}

/** A belief of N weighted particles. */
export interface ParticleFilter extends Belief {
  /** Its particles and weights, and what they have explained. */
  readonly state: FilterState;
  /** With every default filled in. */
  readonly options: FilterSettings;
  /** @internal */
  readonly draw: DrawSource;
  /**
   * Forgets what was seen: the next update is the first of a new sequence.
   * Its numbers are new ones, unless `seed` begins them anew.
   *
   * @throws RangeError when `seed` is not a whole number ≥ 0
   */
  reset(options?: { readonly seed?: number }): void;
  /**
   * Updates the belief with an action and what was seen after it.
   *
   * Every weight 0 is a lost belief: it begins anew, by the model's `initialise` at this observation, and where that
   * excludes it too, without it. What came before is then no longer in the belief, and `isLost` says so.
   *
   * @throws TypeError when the evidence has an unknown name, or the observation is no array of numbers
   * @throws RangeError when the observation has another length than the model's, or holds ±∞
   * @throws RangeError when the model writes a log-increment that is NaN or ∞, or every weight is 0 though nothing was seen
   */
  update(evidence?: Evidence): FilterInfo;
  /**
   * Mean and standard deviation of each row of the belief, Σ_n w[n] z[d,n] and √(Σ_n w[n] (z[d,n] − mean[d])²).
   *
   * @returns [stateSize] each; views that the next call or update overwrites
   * @throws Error before the first update
   */
  moments(): {
    /** [stateSize], in the units of the rows. */
    readonly mean: Float32Array;
    /** [stateSize], in the units of the rows. */
    readonly std: Float32Array;
  };
}

/** What the functions below work on. */
interface Filter {
  readonly core: Core;
  readonly model: StateSpaceModel;
  readonly options: FilterSettings;
  readonly draw: DrawSource;
  readonly state: FilterState;
}

/** Where a sequence begins. */
const NOTHING_SEEN = { time: 0, logEvidence: 0, losses: 0, recovered: 0 };

/** The arrays of a filter: 6 + 2 · stateSize rows of N numbers, and with regularisation one for each continuous row. */
export function allocateFilter(
  memory: Memory,
  { stateSize, continuousSize = stateSize }: Pick<StateSpaceModel, "stateSize" | "continuousSize">,
  { particles, regularisation }: FilterSettings,
): FilterState {
  const sizes = { particles, stateSize, continuousSize: regularisation > 0 ? continuousSize : 0 };
  const set = allocateParticles(memory, sizes);
  return { ...set, counts: { ...set.counts, ...NOTHING_SEEN } };
}

/**
 * A particle filter over a model, in the core's memory; updates reserve nothing. The first one draws the particles.
 *
 * @throws TypeError when an option is unknown
 * @throws RangeError when an option or a size of the model is out of its range, or the core's arena is full
 */
export function particleFilter(
  core: Core,
  model: StateSpaceModel,
  given: FilterOptions = {},
): ParticleFilter {
  const options = resolveFilter(given);
  const { stateSize, continuousSize = stateSize } = model;
  expectInteger("stateSize", stateSize, 1);
  expectInteger("continuousSize", continuousSize, 0, stateSize);
  const state = allocateFilter(core, model, options);
  const draw = createDraw(core, options.seed, options.stream, state.work.scratch);
  const filter: Filter = { core, model, options, draw, state };
  return {
    state,
    options,
    draw,
    reset: ({ seed } = {}) => reset(filter, seed),
    update: (evidence) => update(filter, evidence),
    moments() {
      expectBegun(filter, "moments");
      return particleMoments(core, state);
    },
    particles: (count) => drawParticles(filter, count),
  };
}

function reset({ state, draw }: Filter, seed?: number): void {
  const words = seed === undefined ? undefined : seedWords(seed);
  const effectiveSampleSize = state.weights.length;
  Object.assign(state.counts, { ...NOTHING_SEEN, logMean: 0, effectiveSampleSize });
  if (words === undefined) return;
  draw.seed = words;
  draw.step = 0;
}

function update(filter: Filter, evidence: Evidence = {}): FilterInfo {
  expectKnownNames("evidence", evidence, ["action", "observation"]);
  const action = asRow(evidence.action);
  const observation = asRow(evidence.observation);
  const { draw, model, state } = filter;
  const { counts } = state;
  if (observation != null) {
    const size = model.observationSize ?? Math.max(1, observation.length);
    refuse(vectorProblem("observation", observation, size, { mayMiss: true }));
  }
  const seen = observation == null || isMissing(observation) ? undefined : observation;
  draw.fills = 0;
  const hasResampled = counts.time > 0 && resampleIfUneven(filter);
  const logEvidenceIncrement = counts.time === 0 ? initialise(filter, seen) : propagate(filter, action, seen);
  const isLost = logEvidenceIncrement === -Infinity;
  const recovered = isLost ? recover(filter, seen) : counts.recovered + logEvidenceIncrement;
  counts.losses += Number(isLost);
  if (counts.losses > 0) counts.recovered = recovered;
  counts.time++;
  draw.step++;
  counts.logEvidence += logEvidenceIncrement;
  const { logEvidence, effectiveSampleSize } = counts;
  const recoveredLogEvidence = counts.losses > 0 ? recovered : logEvidence;
  return {
    ...{ logEvidenceIncrement, logEvidence, recoveredLogEvidence },
    ...{ effectiveSampleSize, hasResampled, isLost },
  };
}

function expectBegun({ state }: Filter, name: string): void {
  if (state.counts.time === 0)
    throw new Error(`${name}: expected a belief, got a filter before its first update`);
}

/** The stream of the draws of `particles`, beside that of the updates. */
const APART = 0x80000000;

/** Every (N / M)-th of N systematic draws, all of one weight. */
function drawParticles(filter: Filter, count: number): ParticleBelief {
  expectBegun(filter, "particles");
  expectInteger("count", count, 1);
  const { core, draw, state, model } = filter;
  const { weights, particles, work } = state;
  const [low, high] = draw.seed;
  resampleSystematic(core, work.drawn, weights, low, high, (draw.stream ^ APART) >>> 0, draw.step);
  const [N, D] = [weights.length, model.stateSize];
  const states = new Float32Array(count * D);
  for (let k = 0; k < count; k++) {
    const n = work.drawn[Math.floor(((k + 0.5) * N) / count)];
    for (let d = 0; d < D; d++) states[k * D + d] = particles[d * N + n];
  }
  return { states, logWeights: new Float32Array(count) };
}

function isMissing(observation: ArrayLike<number>): boolean {
  for (let d = 0; d < observation.length; d++) if (!Number.isNaN(observation[d])) return false;
  return true;
}

function resampleIfUneven({ core, draw, options, state }: Filter): boolean {
  const { counts, weights, work } = state;
  if (!(counts.effectiveSampleSize < options.resampleBelow * weights.length)) return false;
  const D = work.noise.length / weights.length;
  if (D > 0) particleMoments(core, state);
  resampleParticles(core, state, options.resampling, draw);
  if (D > 0)
    jitterParticles(core, state, options.regularisation * bandwidthOf(core, D, weights.length), draw);
  return true;
}

function propagate(
  { core, model, draw, state }: Filter,
  action: ArrayLike<number> | undefined,
  observation: ArrayLike<number> | undefined,
): number {
  const { particles, work } = state;
  work.logIncrements.fill(0);
  model.step(work.spare, particles, work.logIncrements, { action, observation }, draw);
  state.particles = work.spare;
  work.spare = particles;
  return multiplyWeights(core, state);
}

function initialise(
  { core, model, draw, state }: Filter,
  observation: ArrayLike<number> | undefined,
): number {
  equaliseWeights(state);
  state.work.logIncrements.fill(0);
  model.initialise(state.particles, state.work.logIncrements, observation, draw);
  return multiplyWeights(core, state);
}

function recover(filter: Filter, observation: ArrayLike<number> | undefined): number {
  const increment = filter.state.counts.time === 0 ? -Infinity : initialise(filter, observation);
  if (increment > -Infinity) return increment;
  if (initialise(filter, undefined) > -Infinity) return 0;
  throw new RangeError(
    "logIncrements: expected a particle of positive weight when nothing was seen, got −Infinity for every particle",
  );
}
