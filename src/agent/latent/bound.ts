import { categoricalDivergence } from "../../core/information.ts";
import { weightedMoments } from "../../core/weights.ts";
import type { FilterInfo } from "../../inference/belief/filter.ts";
import type { Bound } from "../../learning/bound.ts";
import { habitLogits } from "../choose.ts";
import type { LatentState } from "./state.ts";

/**
 * Two terms of the bound at one step of the belief, in nats, with q the recognition from the particles before it:
 *
 *   informationGain = E_q[ log p(x, r | z) ] − log p̂(x, r),   stateConsistency = −E_q[ log q(z) / p(z) ]
 *
 * Their sum is never positive (Jensen): −KL(q ‖ p(z | x, r)), by the same particles.
 */
export function stateTerms(
  { core, filter, believing, work: { particles } }: LatentState,
  { logEvidenceIncrement, hasResampled, isLost }: FilterInfo,
): Pick<Bound, "informationGain" | "stateConsistency"> {
  // `particles.weights` holds the weights before the step
  if (hasResampled || isLost) particles.weights.fill(1 / particles.weights.length);
  const mean = (values: Float32Array) => {
    weightedMoments(core, particles.mean, particles.deviation, values, particles.weights);
    return particles.mean[0];
  };
  const likelihood = mean(believing.kept.logLikelihoods);
  const increment = mean(filter.work.logIncrements);
  return {
    informationGain: likelihood - logEvidenceIncrement,
    stateConsistency: increment - likelihood,
  };
}

/** −KL(q(a) ‖ p_a(a | z)) of the last plan, at the belief's mean. */
export function actionConsistency(state: LatentState): number {
  return -categoricalDivergence(
    state.core,
    state.acting.planner.label,
    habitLogits(state),
    state.model.sizes.coding,
  );
}
