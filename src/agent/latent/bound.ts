import { categoricalDivergence } from "../../core/information.ts";
import { mlpPredictRow } from "../../core/mlp.ts";
import { weightedMoments } from "../../core/weights.ts";
import { beliefMoments, type FilterInfo } from "../../inference/particleFilter.ts";
import type { Bound } from "../../learning/bound.ts";
import type { LatentState } from "./state.ts";

/**
 * Two terms of the bound at one step of the belief, in nats, with q the recognition from the particles before it:
 *
 *   informationGain = E_q[ log p(x, r | z) ] − log p̂(x, r),   stateConsistency = −E_q[ log q(z) / p(z) ]
 *
 * Their sum is never positive (Jensen): −KL(q ‖ p(z | x, r)), by the same particles.
 */
export function stateTerms(
  { core, filter, believing, row }: LatentState,
  { logEvidenceIncrement, hasResampled, isLost }: FilterInfo,
): Pick<Bound, "informationGain" | "stateConsistency"> {
  // `row.weights` holds the weights before the step
  if (hasResampled || isLost) row.weights.fill(1 / row.weights.length);
  const mean = (values: Float32Array) => {
    weightedMoments(core, row.mean, row.deviation, values, row.weights);
    return row.mean[0];
  };
  const likelihood = mean(believing.kept.logLikelihoods);
  const increment = mean(filter.work.logIncrements);
  return {
    informationGain: likelihood - logEvidenceIncrement,
    stateConsistency: increment - likelihood,
  };
}

/** −KL(q(a) ‖ p_a(a | z)) of the last plan, at the belief's mean. */
export function actionConsistency({ core, model, acting, filter, row }: LatentState): number {
  const { coding, latentSize } = model.sizes;
  const { groups, bins } = coding;
  const { label } = acting.planner;
  row.state.set(beliefMoments(filter).mean.subarray(0, latentSize));
  mlpPredictRow(core, row.logits, row.state, row.hidden, model.habit.parameters, model.habit.shape);
  return -categoricalDivergence(core, label, row.logits.subarray(0, label.length), { groups, bins });
}
