import { type Core, sharedCore } from "../../core/core.ts";
import { expectInteger, expectKnownNames } from "../../core/expect.ts";
import { seedWords } from "../../core/random.ts";
import { momentMatchedRatios, momentMatchedRoom, type Ratios, ratioMoments } from "../../core/ratios.ts";
import {
  allocateRatios,
  lanesFor,
  loadSet,
  ratiosOfBelief,
  ratiosOfPath,
  roomOfBelief,
  roomOfPath,
  type WeightedParticles,
} from "./particleRatios.ts";
import {
  allocateGaussians,
  expectAlike,
  expectPrediction,
  isDensity,
  isGaussian,
  loadGaussians,
  type Prediction,
  particlesOf,
  type Row,
} from "./predictions.ts";

/** How log p(x | z) − log p(x) is estimated; the table of {@link informationGain} says what each is. */
export type InformationEstimator = "pce" | "nmc" | "pairwise" | "gaussian" | "iwae";

/** Options of {@link informationGain}. */
export interface InformationGainOptions {
  /** [N] unnormalised, in nats; −Infinity takes a particle out, but not every one. Default: all equal. */
  readonly logWeights?: Row;
  /**
   * What the denominator p(x) is mixed over: the entire `belief`, or with `path` what can still happen to each
   * particle's own parent, given by `fresh`. Default `"belief"`.
   */
  readonly conditioning?: "belief" | "path";
  /** [K] further predictions, K ≥ 1, each from fresh draws of the N particles' own parents; for `path`. */
  readonly fresh?: readonly Prediction[];
  /** Which p̂(x) the `estimate` is made with. Default `"pce"`. */
  readonly estimator?: InformationEstimator;
  /** Observations drawn from each particle's Gaussian, ≥ 1. Categorical outcomes are summed exactly. Default 1. */
  readonly draws?: number;
  /** Of the drawn observations, a whole number ≥ 0. Default 0. */
  readonly seed?: number;
  /** Whole number in [0, 2³²); streams of one seed are independent. Default 0. */
  readonly stream?: number;
}

const NAMES: readonly (keyof InformationGainOptions)[] = [
  "logWeights",
  "conditioning",
  "fresh",
  "estimator",
  "draws",
  "seed",
  "stream",
];

/** Result of {@link informationGain}, in nats. */
export interface InformationGain {
  /** The chosen estimator's. */
  readonly estimate: number;
  /** Prior contrastive: too low in expectation. */
  readonly lower: number;
  /** Nested Monte Carlo: too high in expectation; Infinity where nothing else explains an observation. */
  readonly upper: number;
  /** Of `estimate`, from the spread over particles; NaN when one particle has all the weight, or `estimate` is ∞. */
  readonly standardError: number;
}

/**
 * Information that the next observation x carries about the latent z, in nats: how much it is expected to narrow the belief.
 *
 *   I(z; x) = E[ log p(x | z) − log p(x) ] ≈ Σ_n w_n (log p(x_n | z_n) − log p̂(x_n)),   x_n ∼ p(x | z_n)
 *
 * | estimator  | p̂(x_n) is the mean density of x_n under                                  | in expectation              |
 * |------------|---------------------------------------------------------------------------|-----------------------------|
 * | `pce`      | z_n and the others: `fresh` (≤ log(K+1)), or the entire weighted set        | too low: a lower bound      |
 * | `nmc`      | the others alone                                                          | too high: an upper bound    |
 * | `pairwise` | the entire weighted set: `pce` under `belief`; exact if that *is* the belief | too low                     |
 * | `gaussian` | the Gaussian with the moments of the set's predictions                    | ½ log det S/det R; ≥ the set's |
 * | `iwae`     | `fresh` draws from a proposal, by their `logImportance`                    | too high                    |
 *
 * The interval [`lower`, `upper`] = [`pce`, `nmc`] holds the truth in expectation, whatever the estimator, and closes as
 * particles or fresh draws are added. It takes the set for a *sample* of the belief. Where the set is all of a
 * discrete belief (a tiger that is left or right), `pce` and `pairwise` have no bias and `upper` is loose.
 * Where z persists, `path` is exactly 0: nothing new can happen to z. Only `belief` then values looking.
 *
 * Same seed and stream, same numbers; candidates compared under one seed share their random numbers. Cost: N² densities
 * under `belief`, K N under `path`. Memory, beside the predictions: about (2 D + 9) N, or (K + 4) N, values.
 *
 * @param prediction what N particles predict; under `path` Gaussian, categorical or densities, under `belief` not densities
 * @returns the estimate with its interval and standard error
 * @throws TypeError when an option is unknown
 * @throws RangeError when sizes differ, every weight is zero, the estimator does not go with prediction and conditioning,
 *   or the result is not a number
 *
 * @example
 * // a tiger behind the left or the right door; listening is right with .85
 * const logProbabilities = [[Math.log(0.85), Math.log(0.15)], [Math.log(0.15), Math.log(0.85)]];
 * (await informationGain({ logProbabilities })).estimate; // 0.2704 nats: log 2 − H(.85)
 */
export async function informationGain(
  prediction: Prediction,
  options: InformationGainOptions = {},
): Promise<InformationGain> {
  const core = await sharedCore(informationGainBytes(prediction, options));
  return informationGainIn(core, prediction, options);
}

/** As {@link informationGain}, in the memory of a core, which is given back. */
export function informationGainIn(
  core: Core,
  prediction: Prediction,
  options: InformationGainOptions = {},
): InformationGain {
  const { logWeights, conditioning, fresh, estimator, rows, draw } = resolveOptions(prediction, options);
  return core.scope(() => {
    const set = loadSet(core, particlesOf(prediction), logWeights);
    const ratios = allocateRatios(core, rows * set.lanes);
    if (conditioning === "path") ratiosOfPath(core, ratios, set, { prediction, fresh, draw });
    else ratiosOfBelief(core, ratios, set, { prediction, draw });
    return summarise(core, ratios, set, { prediction, estimator });
  });
}

function resolveOptions(prediction: Prediction, options: InformationGainOptions) {
  expectKnownNames("options", options, NAMES);
  const {
    logWeights,
    conditioning = "belief",
    fresh = [],
    estimator = "pce",
    draws = 1,
    seed = 0,
    stream = 0,
  } = options;
  expectPrediction("prediction", prediction, particlesOf(prediction));
  expectInteger("draws", draws, 1);
  expectInteger("stream", stream, 0, 0xffffffff);
  expectEstimator(estimator, prediction, conditioning);
  expectFresh(fresh, prediction, conditioning);
  const [seedLow, seedHigh] = seedWords(seed);
  const rows = isGaussian(prediction) ? draws : 1;
  return { logWeights, conditioning, fresh, estimator, rows, draw: { seedLow, seedHigh, stream } };
}

/** Bytes that `informationGainIn` reserves at most. */
export function informationGainBytes(prediction: Prediction, options: InformationGainOptions): number {
  const { conditioning, fresh, estimator, rows } = resolveOptions(prediction, options);
  const lanes = lanesFor(particlesOf(prediction));
  const moments = estimator === "gaussian" && isGaussian(prediction) ? prediction.mean.length : 0;
  const ratios = conditioning === "path" ? roomOfPath(prediction, fresh.length) : roomOfBelief(prediction);
  const summary = (2 * moments + 1) * lanes + momentMatchedRoom(moments);
  return 4 * (2 * (rows + 1) * lanes + ratios + summary + ALIGNMENT);
}

/** Values that arrays are padded by: four at most, of fewer than 16 arrays. */
const ALIGNMENT = 64;

/** Mean and standard error of what the estimator asks for, and the interval. */
function summarise(
  core: Core,
  { lower, upper }: Ratios,
  { weights, lanes }: WeightedParticles,
  { prediction, estimator }: { readonly prediction: Prediction; readonly estimator: InformationEstimator },
): InformationGain {
  const momentsOf = (ratios: Float32Array) => [...ratioMoments(core, core.f32(2), ratios, weights)];
  const [low, high] = [momentsOf(lower), momentsOf(upper)];
  let chosen = estimator === "nmc" || estimator === "iwae" ? high : low;
  if (estimator === "gaussian" && isGaussian(prediction)) {
    const { mean, std } = loadGaussians(allocateGaussians(core, [prediction], lanes), prediction, lanes);
    const workspace = core.f32(momentMatchedRoom(prediction.mean.length));
    chosen = momentsOf(momentMatchedRatios(core, core.f32(lanes), mean, std, weights, workspace));
  }
  const [estimate, standardError] = chosen;
  if (Number.isNaN(estimate))
    throw new RangeError(
      "prediction: expected finite means and log-probabilities, and positive std, got a result that is not a number",
    );
  return { estimate, lower: low[0], upper: high[0], standardError };
}

/** Which estimators go with a prediction and a conditioning. */
function estimatorsFor(prediction: Prediction, conditioning: string): readonly InformationEstimator[] {
  if (conditioning === "path") return isDensity(prediction) ? ["pce", "nmc", "iwae"] : ["pce", "nmc"];
  return isGaussian(prediction) ? ["pce", "nmc", "pairwise", "gaussian"] : ["pce", "nmc", "pairwise"];
}

function expectEstimator(
  estimator: InformationEstimator,
  prediction: Prediction,
  conditioning: "belief" | "path",
): void {
  if (conditioning !== "belief" && conditioning !== "path")
    throw new RangeError(`conditioning: expected belief or path, got ${conditioning}`);
  if (conditioning === "belief" && isDensity(prediction))
    throw new RangeError(
      "conditioning: expected path for logDensity, whose x has one value a particle, got belief",
    );
  const allowed = estimatorsFor(prediction, conditioning);
  if (!allowed.includes(estimator))
    throw new RangeError(
      `estimator: expected ${allowed.join(", ")} for this prediction under ${conditioning}, got ${estimator}`,
    );
}

function expectFresh(fresh: readonly Prediction[], prediction: Prediction, conditioning: string): void {
  if (conditioning === "belief" && fresh.length > 0)
    throw new RangeError(`fresh: expected none under belief, got ${fresh.length}`);
  if (conditioning === "path") expectInteger("fresh.length", fresh.length, 1);
  fresh.forEach((other, k) => {
    expectAlike(`fresh[${k}]`, other, prediction);
  });
}
