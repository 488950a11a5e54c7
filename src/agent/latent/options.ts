import type { ObservationKind } from "../../core/observationKind.ts";
import type { AgentOptions } from "../options.ts";

/** Options that mean the same for an agent that sees the state and for one that does not. */
type Shared = Pick<
  AgentOptions,
  | "seed"
  | "hidden"
  | "activation"
  | "bins"
  | "candidates"
  | "iterations"
  | "firstIterations"
  | "horizon"
  | "habitShare"
  | "temperature"
  | "discount"
  | "informationWeight"
  | "informationFades"
  | "simulatesNoise"
  | "essShare"
  | "minimumStd"
  | "correlation"
  | "actionRepeat"
  | "exploration"
  | "warmup"
  | "warmupUpdates"
  | "updates"
  | "learningRate"
  | "annealing"
  | "weightDecay"
  | "memory"
  | "trustRegion"
  | "usesValue"
  | "valueRate"
  | "delay"
  | "valueAwaitsTermination"
>;

/**
 * Settings of an agent that does not see the whole state: it keeps a belief over a latent that it learns. Those it
 * shares with {@link AgentOptions} mean the same, and where this page says nothing else, their defaults are those of
 * {@link AgentOptions} too. Other defaults: `iterations` 2, `horizon` 20, `simulatesNoise` false, `warmup` 200,
 * `warmupUpdates` 500, `learningRate` 3e-3, `memory` 20000 (≥ 64), `usesValue` false, `valueRate` 0.02, `delay` 200.
 *
 * @example
 * const environment = await createEnvironment("pendulum-position"); // the angle alone: the velocity is inferred
 * const agent = await createAgent(environment, { model: "latent", latentSize: 8, particles: 1, seed: 1 });
 * agent.options.horizon; // 20
 */
export interface LatentOptions extends Shared {
  /** Asks for an agent with a belief. */
  readonly model: "latent";

  // model
  /** Z, dimensions of the latent, a multiple of 4. Default 8. */
  readonly latentSize?: number;
  /** E, members of the transition, 1 to 16. Default 1. */
  readonly members?: number;
  /** Widths of the hidden layers of the observation and outcome networks: up to 4, each 1 to 1,024. Default [64, 64]. */
  readonly decoderHidden?: readonly number[];
  /**
   * How observations are distributed about what the latent predicts: "gaussian"; "bernoulli", each dimension 0 or 1;
   * "categorical", one dimension 1 and the others 0. Default "gaussian".
   */
  readonly observationKind?: ObservationKind;
  /**
   * Standard deviation of p(x | z) for Gaussian observations: in standard deviations of each dimension, ≥ 1e-4; "change":
   * `changeShare` of the root mean square of one step's change, dimension by dimension; "learned": by maximum
   * likelihood, from that on. Default 0.005: small, for a velocity is a difference of positions.
   */
  readonly observationNoise?: number | "change" | "learned";
  /** That share of one step's change, ≥ 1e-4, for `observationNoise` "change" and "learned". Default 0.15. */
  readonly changeShare?: number;
  /** Standard deviation of p(r | z, a), in those of the reward, ≥ 1e-4. Default 0.05. */
  readonly rewardNoise?: number;
  /** Whether recognition sees the reward that came with an observation. Default true. */
  readonly recognisesReward?: boolean;

  // belief (E-step)
  /** Share of effective particles below which the belief is resampled, in [0, 1]. Default 0.5. */
  readonly resampleBelow?: number;
  /** Jitter of resampled particles, in bandwidths of the belief's own kernel estimate, ≥ 0. Default 0. */
  readonly regularisation?: number;
  /** M, particles of the belief that plans simulate, 1 to 32. Default 4. */
  readonly particles?: number;
  /**
   * What the log-likelihood ratio's denominator is mixed over: fresh latents of one parent ("path"), or the particles of
   * the belief, which follows what is simulated ("belief": the ratios add up to that of the whole plan), or what the
   * members of the ensemble predict from one parent ("member": what would be learned about the model). Default "belief".
   */
  readonly conditioning?: "path" | "belief" | "member";
  /** K, fresh latents that ratios contrast with, in planning along the path and in learning, 1 to 64. Default 1. */
  readonly contrasts?: number;
  /** Whether the mean over particles is taken of gains ("variational") or of their exponents. Default "variational". */
  readonly risk?: "variational" | "evidence";
  /**
   * Whether candidates are weighed whole ("iterated"), or step by step with resampling ("smc": sequential Monte Carlo,
   * where `essShare` is not used). Default "iterated".
   */
  readonly planner?: "iterated" | "smc";
  /**
   * ε ≥ 0 in nats: the temperature of plans by a dual, so that their posterior lies about ε from what was proposed; 0 for
   * `temperature`, which otherwise serves the bound alone. The planner "smc" spends ε anew after each resampling, on what
   * was gained since: up to H times in a plan, so that its posterior may lie several ε from the proposal. Not with `risk`
   * "evidence". Default 0.
   */
  readonly klBudget?: number;

  // learning (M-step)
  /**
   * Whether the state prior is the transition, and the latent explains what is observed ("generative"); or recognition
   * itself, which outcomes alone teach ("discriminative": without likelihood of observations, ratio and divergence, which
   * are then 0 in the bound; the belief's particles are not weighed). Nothing keeps a discriminative latent from drifting
   * away in episodes that are longer than a chunk. Default "generative".
   */
  readonly bound?: "generative" | "discriminative";
  /** T, steps of a chunk, 2 to 256; 32 chunks are a batch. Default 16. */
  readonly chunk?: number;
  /** Steps of the longest overshoot, 0 to 64; `observationNoise` "learned" needs 1. Default 8. */
  readonly overshoot?: number;
  /** First step of a chunk that an overshoot may begin at, ≥ 0. Default 3. */
  readonly overshootFrom?: number;
  /** Successive steps of a chunk that overshoots begin at in one update, from a random one on, ≥ 1. Default 4. */
  readonly overshootStarts?: number;
  /** λ in [0, 1], weight of the marginal in the bound; it rises from 0 over `marginalSteps`. Default 0. */
  readonly marginalWeight?: number;
  /** Steps over which λ rises to its value, ≥ 0. Default 1000. */
  readonly marginalSteps?: number;
  /** Reward errors beyond it pull no harder, in standard deviations of the reward, ≥ 1e-3. Default 1. */
  readonly rewardClip?: number;
  /** Largest Euclidean norm of a network's gradient, > 0; a longer one is shortened. Default 20. */
  readonly maxNorm?: number;
  /** λ of the returns that the value learns from, in [0, 1]. Default 0.9. */
  readonly returnDecay?: number;
}

/** The defaults of {@link LatentOptions}. */
export const LATENT_DEFAULTS: Required<LatentOptions> = {
  model: "latent",
  seed: 0,
  latentSize: 8,
  members: 1,
  hidden: [64, 64],
  activation: "silu",
  bins: 21,
  decoderHidden: [64, 64],
  observationKind: "gaussian",
  observationNoise: 0.005,
  changeShare: 0.15,
  rewardNoise: 0.05,
  recognisesReward: true,
  resampleBelow: 0.5,
  regularisation: 0,
  particles: 4,
  conditioning: "belief",
  contrasts: 1,
  risk: "variational",
  planner: "iterated",
  klBudget: 0,
  candidates: 32,
  iterations: 2,
  firstIterations: 2,
  horizon: 20,
  habitShare: 0.25,
  temperature: 1,
  discount: 0.99,
  informationWeight: 0,
  informationFades: false,
  simulatesNoise: false,
  essShare: 0.1,
  minimumStd: 0.15,
  correlation: 0,
  actionRepeat: 1,
  exploration: "sample",
  warmup: 200,
  warmupUpdates: 500,
  updates: 2,
  learningRate: 3e-3,
  annealing: 1_500,
  weightDecay: 1e-5,
  memory: 20_000,
  trustRegion: 0,
  usesValue: false,
  valueRate: 0.02,
  delay: 200,
  valueAwaitsTermination: false,
  bound: "generative",
  chunk: 16,
  overshoot: 8,
  overshootFrom: 3,
  overshootStarts: 4,
  marginalWeight: 0,
  marginalSteps: 1_000,
  rewardClip: 1,
  maxNorm: 20,
  returnDecay: 0.9,
};

/** The options with every default filled in. */
export type LatentSettings = Required<LatentOptions>;
