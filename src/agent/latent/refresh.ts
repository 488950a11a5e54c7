import { columnChanges, columnMoments } from "../../core/gather.ts";
import { setLatentModel } from "../../core/latent.ts";
import { rescaleLatentValue } from "../../learning/latentLessons.ts";
import { deviation } from "../../learning/moments.ts";
import { observationColumns } from "../../learning/sequences.ts";
import { setValueUnits } from "../../models/learned/guide.ts";
import { rewardRange } from "../readiness.ts";
import type { LatentState } from "./state.ts";

/** Share of the way that learned variances move to a batch's residuals. */
const RESIDUAL_RATE = 0.02;
/** Least learned deviation: below it the likelihood of a well predicted dimension would swallow all others. */
const LEAST_NOISE = 0.005;

/**
 * Learned variances follow the errors of what was foreseen: a dimension that nothing foresees is blurred until the
 * latent gains nothing by carrying it.
 */
export function followResiduals(std: Float32Array, residuals: Float32Array): void {
  for (let d = 0; d < std.length; d++) {
    const variance = std[d] * std[d] + RESIDUAL_RATE * (residuals[d] - std[d] * std[d]);
    std[d] = Math.max(LEAST_NOISE, Math.sqrt(variance));
  }
}

/** Coordinates that vary less than this keep the scale 1. */
const LEAST_DEVIATION = 1e-8;
const inverse = (std: number) => (std > LEAST_DEVIATION ? 1 / std : 1);
/** Least and greatest deviation of an observation that follows from its changes. */
const [LEAST_CHANGE, GREATEST_CHANGE] = [2e-3, 1];

/** Sets the units of what is seen and gained to the experience so far. */
export function refresh(state: LatentState): void {
  const { core, model, sequences, settings, lessons } = state;
  const { spread } = state.work;
  const { observation, reward, ending } = model.scales;
  const { continuing, ending: final } = sequences.counts;
  const columns = observationColumns(sequences);
  columnMoments(core, observation.shift, spread, columns, sequences.counts.rows);
  for (let d = 0; d < columns.width; d++) observation.scale[d] = inverse(spread[d]);
  refreshNoise(state);
  reward.shift[0] = continuing.mean;
  reward.scale[0] = inverse(deviation(continuing));
  ending.shift[0] = final.mean;
  ending.scale[0] = inverse(deviation(final));
  if (settings.usesValue) rescaleLatentValue(lessons, model);
  applyScales(state);
}

/** σ of the scaled observations. */
function refreshNoise({ core, model, sequences, settings, learner, work: { spread } }: LatentState): void {
  const { observationStd, scales } = model;
  const { observationNoise, changeShare } = settings;
  if (typeof observationNoise === "number") {
    observationStd.fill(observationNoise);
    return;
  }
  if (observationNoise === "learned" && learner.counts.updates > 0) return;
  columnChanges(core, spread, observationColumns(sequences), sequences.ages, sequences.counts.rows);
  for (let d = 0; d < observationStd.length; d++)
    observationStd[d] = Math.min(
      GREATEST_CHANGE,
      Math.max(LEAST_CHANGE, changeShare * spread[d] * scales.observation.scale[d]),
    );
}

/** Tells the kernels the model's units: they follow from scales and counts. */
export function applyScales({ core, model, sequences, counts }: LatentState): void {
  const { reward, ending, value } = model.scales;
  setLatentModel(core, model.record, {
    hasEndings: Number(sequences.terminals.counts.terminations > 0),
    rewardMean: reward.shift[0],
    rewardStd: 1 / reward.scale[0],
    ...rewardRange(counts),
    endingMean: ending.shift[0],
    endingStd: 1 / ending.scale[0],
  });
  setValueUnits(core, model.guideView, value);
}
