/** Options of the learned models. */
import { activations } from "../core/activation.ts";
import { observationKinds } from "../core/observationKind.ts";
import { choice, flag, real, whole, widths } from "../core/options.ts";
import type { Rule } from "../core/resolve.ts";

export const MODEL = {
  /** E, members of the ensemble, which is the transition of a latent model; where 3 or more disagree, little is known. */
  members: whole({ observed: 3, latent: 1 }, { from: 1, to: { observed: 64, latent: 16 } }),
  /** Widths of the hidden layers of every network without widths of its own. */
  hidden: widths([64, 64], { serves: ["observed", "latent"] }),
  /** Activation of the hidden layers. */
  activation: choice("silu", activations, { serves: ["observed", "latent"] }),
  /** Bins of the action prior, for each dimension of a continuous action. */
  bins: whole(21, { from: 2, to: 256, serves: ["observed", "latent"] }),
  /**
   * Standard deviation of the observation model, in root mean squares of one step's change (for the reward: in its
   * standard deviations).
   */
  likelihoodNoise: real(0.05, { from: 1e-4, to: 100, serves: ["observed"] }),
  /** Z, dimensions of the latent. */
  latentSize: whole(8, { from: 4, to: 1024, multipleOf: 4, serves: ["latent"] }),
  /** Widths of the hidden layers of the observation and outcome networks. */
  decoderHidden: widths([64, 64], { serves: ["latent"] }),
  /**
   * How observations are distributed about what the latent predicts: "gaussian"; "bernoulli", each dimension 0 or 1;
   * "categorical", one dimension 1 and the others 0. Where it is left out, a discrete observation space is categorical, and one
   * without a box Bernoulli.
   */
  observationKind: choice("gaussian", observationKinds, { serves: ["latent"] }),
  /**
   * Standard deviation of p(x | z) for Gaussian observations, in standard deviations of each dimension. "auto": .005, for a
   * velocity is a difference of positions, or a multiple of the share of its variance that a regression on two steps does
   * not predict, the same of all dimensions, where a latent of this size could not carry them all so sharply. "change":
   * `changeShare` of the root mean square of one step's change, dimension by dimension; "learned": by maximum likelihood,
   * from that on.
   */
  observationNoise: real(0.005, {
    from: 1e-4,
    to: 100,
    words: ["auto", "change", "learned"],
    serves: ["latent"],
  }),
  /** For `observationNoise` "change" and "learned": the share of one step's root mean square change. */
  changeShare: real(0.15, { from: 1e-4, to: 100, serves: ["latent"] }),
  /** Whether recognition sees the reward that came with an observation. */
  recognisesReward: flag(true, { serves: ["latent"] }),
};

/** What rules read beside the settings that they name. */
interface ModelSettings {
  readonly observationKind: string;
  readonly observationNoise: number | string;
  readonly isDiscrete?: boolean;
}

export const MODEL_RULES: readonly Rule<ModelSettings>[] = [
  {
    option: "bins",
    unless: "actions are continuous",
    isRead: ({ isDiscrete }) => isDiscrete !== true,
  },
  {
    option: "observationNoise",
    unless: 'observationKind is "gaussian"',
    isRead: ({ observationKind }) => observationKind === "gaussian",
  },
  {
    option: "changeShare",
    unless: 'observationNoise is "change" or "learned"',
    isRead: ({ observationNoise }) => observationNoise === "change" || observationNoise === "learned",
  },
];
