/** Options of planner and filter; the symbols are those of `assembly/planner/plan.ts`. */
import { choice, flag, real, reals, whole } from "../core/options.ts";

const SEED = {
  /** Everything that is drawn follows from it: same seed, same bits. */
  seed: whole(0, { from: 0, to: Number.MAX_SAFE_INTEGER }),
};

const PARTICLES = {
  /**
   * N, particles of the filter's belief; of a planner M, those of the belief that it simulates: of an agent that sees the
   * state as many futures of every candidate, at least one a member.
   */
  particles: whole(
    { observed: 2, latent: 4, planner: 16, filter: 1024 },
    {
      from: { observed: 1, latent: 1, planner: 1, filter: 4 },
      to: { observed: 64, latent: 32, planner: 4096, filter: 2 ** 22 },
      multipleOf: { observed: 1, latent: 1, planner: 1, filter: 4 },
    },
  ),
};

/** Of the agents' planners, and of the planner of a known model. */
export const PLAN = {
  ...SEED,
  /**
   * How plans are searched: "sequences" weighs complete action sequences, in rounds; "smc" is sequential Monte Carlo, which
   * weighs step by step and resamples. Both approach the same posterior. Of the planner of a known model also "closed", where later
   * actions depend on what is seen, and "prior", where they are drawn from the prior: a tree of beliefs.
   */
  search: choice(
    "sequences",
    { latent: ["sequences", "smc"], planner: ["sequences", "smc", "closed", "prior"] },
    { serves: ["latent", "planner"] },
  ),
  /** Beliefs that a tree of them may have: what a plan in closed loop costs. */
  budget: whole(1000, { from: 1, to: 10_000_000, serves: ["planner"] }),
  /** C, action sequences or action particles that are compared. */
  candidates: whole({ observed: 32, latent: 32, planner: 64 }, { from: 4, to: 65_536, multipleOf: 4 }),
  /** Rounds of refinement of a plan. */
  iterations: whole(
    { observed: 1, latent: 2, planner: 3 },
    { from: 1, to: { observed: 8, latent: 8, planner: 16 } },
  ),
  /** Further rounds of plans from scratch: the first of an episode, and imagined ones. */
  firstIterations: whole({ observed: 1, latent: 2 }, { from: 0, to: 8 }),
  /** H, steps that are simulated. */
  horizon: whole({ observed: 25, latent: 20, planner: 8 }, { from: 1, to: 1000 }),
  ...PARTICLES,
  /** γ, discount of the reward per step. */
  discount: real({ observed: 0.99, latent: 0.99, planner: 1 }, { from: 0, to: 1 }),
  /**
   * η, in units of reward: how much worse a plan may be and still count; "auto": .005 of the spread of the discounted
   * returns so far.
   */
  temperature: real(
    { observed: "auto", latent: "auto", planner: 1 },
    { from: 1e-12, to: 1e12, words: ["auto"] },
  ),
  /**
   * ε in nats: the temperature of plans by a dual, so that their posterior lies about ε from what was proposed; 0 for
   * `temperature`, which otherwise serves an agent's bound alone. "smc" spends ε anew after each resampling,
   * on what was gained since: up to H times in a plan.
   */
  klBudget: real(0, { from: 0, to: 1000, serves: ["observed", "latent", "planner"] }),
  /**
   * β, worth of a nat of information in units of reward; 0 leaves it out. The planner of a known model takes a negative
   * one too, which shuns information.
   */
  informationWeight: real(
    { observed: 0, latent: 0, planner: 1 },
    { from: { observed: 0, latent: 0, planner: -1e12 }, to: 1e12, isAdjustable: true },
  ),
  /** Whether β is divided by 1 + endings seen, for goals that need no search once they are found. */
  informationFades: flag(false, { serves: ["observed", "latent"] }),
  /**
   * What the log-likelihood ratio's denominator is mixed over: the particles of the belief, which follows what is
   * simulated ("belief": the ratios add up to that of the entire plan); or fresh states of one parent ("path", blind to
   * whatever persists); or what the members of the ensemble predict from one parent ("member": what would be learned
   * about the model).
   */
  conditioning: choice(
    "belief",
    {
      latent: ["path", "belief", "member"],
      planner: ["path", "belief"],
    },
    { serves: ["latent", "planner"] },
  ),
  /** K, fresh states that ratios contrast with, in planning along the path and in learning. */
  contrasts: whole({ latent: 1, planner: 8 }, { from: 1, to: 64 }),
  /**
   * Standard deviation of the reward as a part of the observation: of an agent in standard deviations of the reward,
   * "auto" from the data as for `observationNoise`, .05 at least; of the planner of a known model in units of reward,
   * where 0 leaves the reward out of the ratio.
   */
  rewardNoise: real(
    { latent: 0.05, planner: 0 },
    { from: { latent: 1e-4, planner: 0 }, to: 1e12, words: ["auto"] },
  ),
  /** Whether the mean over particles is taken of gains ("variational"), or of their exponents: optimistic about luck. */
  risk: choice("variational", ["variational", "evidence"], { serves: ["latent", "planner"] }),
  /** Whether simulated states carry the model's noise. */
  simulatesNoise: flag({ observed: true, latent: false }, {}),
  /**
   * Least share of effective candidates, of those that count before they are scored: all, with κ = 0. The scores are flattened
   * until it is met. 0 keeps the exact posterior.
   */
  essShare: real({ observed: 0.1, latent: 0.1, planner: 0 }, { from: 0, to: 1 }),
  /** Share of the candidates that follow the habit. */
  habitShare: real(0.25, { from: 0, to: 1, serves: ["observed", "latent"] }),
  /** Least σ of a plan, where u ∼ N(μ, σ²) and the action is tanh u, or u itself in a known model that does not squash. */
  minimumStd: real({ observed: 0.15, latent: 0.15, planner: 0.02 }, { from: 1e-6, to: 100 }),
  /**
   * How much the noise of a candidate persists from step to step; "spectrum": .8, 0, .95 and .5, by groups of four
   * candidates, and by blocks of 25 steps in the warm-up.
   */
  correlation: real({ observed: "spectrum", latent: 0 }, { from: 0, to: 0.999, words: ["spectrum"] }),
  /** Share of the simulated futures that end in the value after every five steps, instead of at the horizon. */
  stopShare: real({ observed: 0.2, latent: 0 }, { from: 0, to: 0.9 }),
  /** Whether all candidates meet the same chance, mirrored in every other particle: no plan seems better by luck. */
  sharesDraws: flag({ observed: true, latent: false }, {}),
  /**
   * κ of the action prior in the weights, against what proposed the candidates; with 1 the posterior is exact, of a planner's
   * complete sequences or of an agent's first action, whose prior is the habit and a broad distribution. With 0 the proposal
   * plays the prior, and each round of refining weighs the scores once more.
   */
  priorWeight: real({ observed: 0, latent: 0, planner: 1 }, { from: 0, to: 1000 }),
  /** Standard deviation of the prior N(0, priorStd²) of u, where actions are continuous. */
  priorStd: real(1, { from: 1e-6, to: 1000, serves: ["planner"] }),
  /** [A] probabilities of discrete actions; none: all alike. */
  prior: reals([], { from: 1e-12, to: 1, most: 65_536, serves: ["planner"] }),
  /** Share of a broad distribution: of a planner in what "smc" proposes, of an agent beside the habit in the prior. */
  broadShare: real({ observed: 0.25, latent: 0.25, planner: 0.05 }, { from: 0, to: 1 }),
};

/** Of the particle filter, and of the filter in an agent with a latent. */
export const FILTER = {
  ...SEED,
  ...PARTICLES,
  /** Number of a random stream: filters of one seed and different streams are independent. */
  stream: whole(0, { from: 0, to: 2 ** 32 - 1, serves: ["filter"] }),
  /** Scheme by which particles are drawn anew: "multinomial" varies most about the weights, "systematic" least. */
  resampling: choice("systematic", ["systematic", "stratified", "residual", "multinomial"], {
    serves: ["filter"],
  }),
  /** Share of effective particles below which they are drawn anew; 0: never. */
  resampleBelow: real(0.5, { from: 0, to: 1, serves: ["latent", "filter"] }),
  /**
   * Jitter of particles that were drawn anew, in bandwidths h of the belief's own kernel estimate; 0: none.
   *
   *   z[d] ← z[d] + regularisation · h · std[d] · ε[d],   h = (4 / (D + 2))^(1 / (D + 4)) · N^(−1 / (D + 4))
   *
   * over the model's D continuous rows, with the belief's `std` before. h is the best bandwidth of a Gaussian kernel for
   * a Gaussian belief, and too wide for one of several modes. The mean stays, the variances grow by the factor
   * 1 + (regularisation · h)², and the evidence is no longer unbiased.
   *
   * @see Musso, Oudjane & Le Gland (2001), https://doi.org/10.1007/978-1-4757-3437-9_12
   */
  regularisation: real(0, { from: 0, to: 100, serves: ["latent", "filter"] }),
  /** "particles", for any model; or "exact", for tables: Bayes' rule, which draws nothing. */
  method: choice("particles", ["particles", "exact"], { serves: ["filter"] }),
  /**
   * Of a linear-Gaussian model: "bootstrap" draws from p(z' | z, a) and weighs by p(x | z'); "optimal" draws from
   * p(z' | z, a, x) and weighs by p(x | z, a), which has the least variance of all proposals of one step.
   */
  proposal: choice("bootstrap", ["bootstrap", "optimal"], { serves: ["filter"] }),
};
