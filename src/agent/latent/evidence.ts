/** What a diagnosis reads of a mind with a belief. */
import type { MindEvidence } from "../watch/watch.ts";
import type { LatentState } from "./state.ts";

export function latentEvidence({ counts, sequences, model }: LatentState): MindEvidence {
  const { scale } = model.scales.observation;
  return {
    rewardLow: counts.rewardLow,
    rewardHigh: counts.rewardHigh,
    terminations: sequences.terminals.counts.terminations,
    dimensions: scale.length,
    varied: scale.reduce((sum, value) => sum + Number(value > 0), 0),
    foresight: undefined,
    compare: undefined,
  };
}
