import { sharedCore } from "../../core/core.ts";
import type { InformationGain, InformationGainOptions } from "./estimate.ts";
import type { Prediction } from "./predictions.ts";

/**
 * Information that the next observation x carries about the latent z, in nats: how much it is expected to narrow the belief.
 *
 *   I(z; x) = E[ log p(x | z) − log p(x) ] ≈ Σ_n w_n (log p(x_n | z_n) − log p̂(x_n)),   x_n ∼ p(x | z_n)
 *
 * | estimator  | p̂(x_n) is the mean density of x_n under                                  | in expectation              |
 * |------------|---------------------------------------------------------------------------|-----------------------------|
 * | `pce`      | z_n and the others: `fresh` (≤ log(K+1)), or the whole weighted set        | too low: a lower bound      |
 * | `nmc`      | the others alone                                                          | too high: an upper bound    |
 * | `pairwise` | the whole weighted set: `pce` under `belief`; exact if that *is* the belief | too low                     |
 * | `gaussian` | the Gaussian with the moments of the set's predictions                    | ½ log det S/det R; ≥ the set's |
 * | `iwae`     | `fresh` draws from a proposal, by their `logImportance`                    | too high                    |
 *
 * The interval [`lower`, `upper`] = [`pce`, `nmc`] holds the truth in expectation, whatever the estimator, and closes as
 * particles or fresh draws are added. It takes the set for a *sample* of the belief. Where the set is the whole of a
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
  // of its own, so that pages which never ask need not load it
  const { informationGainBytes, informationGainIn } = await import("./estimate.ts");
  const core = await sharedCore(informationGainBytes(prediction, options));
  return informationGainIn(core, prediction, options);
}
