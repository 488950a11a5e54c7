import { expectInteger, expectKnownNames, expectMultiple, expectNumber } from "../core/expect.ts";
import type { KnownModel } from "../models/knownModel.ts";

/** Settings of a planner over beliefs; the symbols are those of `assembly/planner/plan.ts`. */
export interface BeliefPlannerSettings {
  /**
   * `iterated`: rounds of importance weighting of whole action sequences. `smc`: sequential Monte Carlo over action
   * particles. Both approach the same posterior. Default `iterated`.
   */
  readonly planner?: "iterated" | "smc";
  /** C, action sequences or action particles, a multiple of 4. Default 64. */
  readonly candidates?: number;
  /** Rounds of the iterated planner, 1 … 16. Default 3. */
  readonly iterations?: number;
  /** H, steps that are simulated, ≥ 1. Default 8. */
  readonly horizon?: number;
  /** M, particles of the belief, ≥ 1. Default 16. */
  readonly particles?: number;
  /** γ in (0, 1]. Default 1. */
  readonly discount?: number;
  /** β of the log-likelihood ratio in the score, in units of reward per nat; 0 leaves it out, a negative one shuns information. Default 1. */
  readonly informationWeight?: number;
  /**
   * What the ratio's denominator is mixed over: the particles of the `belief`, or fresh states of one parent (`path`,
   * blind to whatever persists). Default `belief`.
   */
  readonly conditioning?: "belief" | "path";
  /** K, fresh states beside the one that is observed, for `path`, ≥ 1. Default 8. */
  readonly contrasts?: number;
  /** Standard deviation of the reward as a part of the observation, ≥ 0; 0: the ratio of the observation alone. Default 0. */
  readonly rewardNoise?: number;
  /** `variational`: the mean over particles, then the exponent; `evidence`: optimistic about luck. Default `variational`. */
  readonly risk?: "variational" | "evidence";
  /** η > 0, in units of reward. Default 1. */
  readonly temperature?: number;
  /**
   * ε ≥ 0 in nats: η by the dual, so that the posterior lies about ε from the proposal; 0 for `temperature`. `smc` spends ε
   * anew after each resampling, on what was gained since: up to H times in a plan. Not with `risk` "evidence". Default 0.
   */
  readonly klBudget?: number;
  /** κ ≥ 0 of the action prior in the weights; with 1 the posterior is exact. Default 1. */
  readonly priorWeight?: number;
  /** Standard deviation, > 0, of the prior N(0, priorStd²) of u (continuous actions). Default 1. */
  readonly priorStd?: number;
  /** [A] positive probabilities of discrete actions. Default: all alike. */
  readonly prior?: readonly number[];
  /** Share of a broad distribution in the proposal of `smc`, in [0, 1). Default 0.05. */
  readonly broadShare?: number;
  /** Smallest share of effective candidates that tempering allows in `iterated`, in [0, 1]; 0 for the exact posterior. Default 0. */
  readonly essShare?: number;
  /** Seed of every draw, a whole number in [0, 2³²): the same seed, beliefs and settings give the same bits. Default 0. */
  readonly seed?: number;
}

/** Settings with every default. */
export type CompleteSettings = Required<BeliefPlannerSettings>;

const DEFAULTS: CompleteSettings = {
  planner: "iterated",
  candidates: 64,
  iterations: 3,
  horizon: 8,
  particles: 16,
  discount: 1,
  informationWeight: 1,
  conditioning: "belief",
  contrasts: 8,
  rewardNoise: 0,
  risk: "variational",
  temperature: 1,
  klBudget: 0,
  priorWeight: 1,
  priorStd: 1,
  prior: [],
  broadShare: 0.05,
  essShare: 0,
  seed: 0,
};

/** The settings with a default for each that is left out or undefined. @throws TypeError when a name is unknown */
export function withDefaults(settings: BeliefPlannerSettings): CompleteSettings {
  expectKnownNames("settings", settings, Object.keys(DEFAULTS));
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/** Rounds that one step number leaves room for. */
export const MOST_ITERATIONS = 16;

/** @throws RangeError when a setting lies outside its range, or two contradict each other */
export function expectSettings(settings: CompleteSettings, { isDiscrete, actionSize }: KnownModel): void {
  const { candidates, iterations, horizon, particles, contrasts, prior, risk, klBudget } = settings;
  expectMultiple("candidates", candidates, 4);
  expectInteger("iterations", iterations, 1, MOST_ITERATIONS);
  expectInteger("horizon", horizon, 1);
  expectInteger("particles", particles, 1);
  expectInteger("contrasts", contrasts, 1);
  expectInteger("seed", settings.seed, 0, 2 ** 32 - 1);
  for (const name of ["temperature", "priorStd", "discount"] as const)
    expectNumber(name, settings[name], Number.MIN_VALUE, name === "discount" ? 1 : Infinity);
  for (const name of ["rewardNoise", "klBudget", "priorWeight", "informationWeight"] as const)
    expectNumber(name, settings[name], name === "informationWeight" ? -Infinity : 0);
  for (const name of ["broadShare", "essShare"] as const) expectNumber(name, settings[name], 0, 1);
  expectOneOf("planner", settings.planner, ["iterated", "smc"]);
  expectOneOf("conditioning", settings.conditioning, ["belief", "path"]);
  expectOneOf("risk", risk, ["variational", "evidence"]);
  if (risk === "evidence" && klBudget > 0)
    throw new RangeError(
      `klBudget: expected 0 with risk "evidence", whose score needs a temperature, got ${klBudget}`,
    );
  if (prior.length > 0 && !(isDiscrete && prior.length === actionSize && prior.every((p) => p > 0)))
    throw new RangeError(
      `prior: expected ${actionSize} positive probabilities of discrete actions, got ${prior}`,
    );
}

function expectOneOf(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new RangeError(`${name}: expected ${choices.join(" or ")}, got ${value}`);
}
