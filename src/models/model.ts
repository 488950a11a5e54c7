import type { Draw } from "../core/draw.ts";
import type { LinearGaussianModel } from "./linearGaussian.ts";
import type { SparseModel } from "./sparse/sparseModel.ts";
import type { TabularModel } from "./tabular.ts";

/**
 * A world that is known, as data: of `tabularModel` or `linearGaussianModel`, or of `sparseModel` and `readPomdp` in
 * `generative-agent/pomdp`. Filters and planners take it.
 */
export type KnownModel = TabularModel | SparseModel | LinearGaussianModel;

export function isKnownModel(model: object | null | undefined): model is KnownModel {
  return hasTables(model) || isLinearGaussian(model);
}

export function isTabular(model: object | null | undefined): model is TabularModel {
  return (model as Partial<TabularModel> | null | undefined)?.kind === "tabular";
}

/** Whether states, actions and observations are counted, with every zero written out or without. */
export function hasTables(model: object | null | undefined): model is TabularModel | SparseModel {
  return isTabular(model) || (model as Partial<SparseModel> | null | undefined)?.kind === "sparse";
}

export function isLinearGaussian(model: object | null | undefined): model is LinearGaussianModel {
  return (model as Partial<LinearGaussianModel> | null | undefined)?.kind === "linearGaussian";
}

/** What came instead of a model, in a few words. */
export function shownModel(model: unknown): string {
  if (typeof model !== "object" || model === null) return String(model);
  return `an object of ${Object.keys(model).join(", ") || "nothing"}`;
}

/** What one step of a state-space model is conditioned on; undefined where there is no action, or nothing was seen. */
export interface StepInput {
  /** As the filter was given it. */
  readonly action: ArrayLike<number> | undefined;
  /** A dimension that was not seen is NaN; an observation that is NaN altogether never gets here: it is undefined. */
  readonly observation: ArrayLike<number> | undefined;
}

/**
 * A state-space model in functions, for a particle filter: a latent z that the filter carries as N particles.
 *
 *   z_1 ∼ p(z),   z_t ∼ p(z_t | z_{t−1}, a_{t−1}),   x_t ∼ p(x_t | z_t)
 *
 * and a proposal q that the particles are drawn from. Arrays of particles are [stateSize, N], one row a dimension, in
 * the filter's memory; row d of particle n is at `d * N + n`, and N is `logIncrements.length`.
 *
 * @example
 * // a random walk, seen with an error of standard deviation 1
 * const walk: StateSpaceModel = {
 *   stateSize: 1,
 *   initialise: (z, logIncrements, observation, draw) => {
 *     draw.normal(z);
 *     if (observation) z.forEach((value, n) => { logIncrements[n] = -0.5 * (observation[0] - value) ** 2; });
 *   },
 *   step: (next, previous, logIncrements, { observation }, draw) => {
 *     draw.normal(next);
 *     for (let n = 0; n < next.length; n++) {
 *       next[n] = previous[n] + 0.3 * next[n];
 *       if (observation) logIncrements[n] = -0.5 * (observation[0] - next[n]) ** 2;
 *     }
 *   },
 * };
 * const filter = await createFilter(walk, { particles: 256, seed: 1 });
 * filter.update({ observation: [1] });
 * Math.abs(filter.moments().mean[0] - 0.5) < 0.2; // true: half-way between the prior's 0 and what was seen
 */
export interface StateSpaceModel {
  /** Rows of a particle. */
  readonly stateSize: number;
  /** The first rows, as many as are continuous; those after them (an index, a mode) are never jittered. Default: all. */
  readonly continuousSize?: number;
  /** Values of one observation: the filter refuses others. Default: any number of them, but at least one. */
  readonly observationSize?: number;
  /**
   * Draws N particles for the first observation, and writes the logarithm of each one's importance weight.
   *
   *   logIncrements[n] = log p(z_n) p(x | z_n) / q(z_n | x)          log p(x | z_n) when drawn from the prior
   *
   * `logIncrements` holds zeros: when nothing was seen and the prior is drawn from, they stay. −∞ is allowed.
   */
  initialise(
    particles: Float32Array,
    logIncrements: Float32Array,
    observation: ArrayLike<number> | undefined,
    draw: Draw,
  ): void;
  /**
   * Draws `next` from `previous`, particle by particle, and writes the logarithm of each one's incremental weight.
   *
   *   logIncrements[n] = log p(x | z'_n) p(z'_n | z_n, a) / q(z'_n | z_n, a, x)     log p(x | z'_n) for a bootstrap proposal
   *
   * `logIncrements` holds zeros, as in `initialise`. `next` holds anything; it may be drawn into and changed in place.
   */
  step(
    next: Float32Array,
    previous: Float32Array,
    logIncrements: Float32Array,
    input: StepInput,
    draw: Draw,
  ): void;
}
