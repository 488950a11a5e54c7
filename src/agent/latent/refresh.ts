import { columnChanges, columnMoments } from "../../core/gather.ts";
import { setLatentModel } from "../../core/latent.ts";
import { type ScalarMath, scalarMath } from "../../core/math.ts";
import { forecast } from "../../learning/forecast.ts";
import { rescaleLatentValue } from "../../learning/latentLessons.ts";
import { followPlans, referenceOf, rewardOffset } from "../../learning/level.ts";
import { deviation } from "../../learning/moments.ts";
import { steady } from "../../learning/readings.ts";
import { unitOfReturns } from "../../learning/returns.ts";
import { leastReward, observationColumns } from "../../learning/sequences.ts";
import { setValueUnits } from "../../models/learned/guide.ts";
import { inverse } from "../../models/statistics.ts";
import { rewardRange } from "../readiness.ts";
import { valuedOf } from "./experience.ts";
import type { LatentState } from "./state.ts";

/** Share of the way that learned variances move to a batch's residuals. */
const RESIDUAL_RATE = 0.02;
/** Least learned deviation: below it the likelihood of a well predicted dimension would swallow all others. */
const LEAST_NOISE = 0.005;
/** The same of the reward, where it follows the data. */
const LEAST_REWARD_NOISE = 0.05;

/**
 * Learned variances follow the prediction errors. An unpredictable dimension gets so large a variance that the latent
 * gains nothing by encoding it.
 */
export function followResiduals(std: Float32Array, residuals: Float32Array): void {
  for (let d = 0; d < std.length; d++) {
    if (!(residuals[d] >= 0 && residuals[d] < Infinity)) continue;
    const variance = std[d] * std[d] + RESIDUAL_RATE * (residuals[d] - std[d] * std[d]);
    std[d] = Math.max(LEAST_NOISE, Math.sqrt(variance));
  }
}

/** Least and greatest deviation of an observation that follows from its changes. */
const [LEAST_CHANGE, GREATEST_CHANGE] = [2e-3, 1];

/** Least unit of the value, as a share of the range of the rewards. */
const LEAST_SHARE = 1e-3;

/** The least and the greatest reward, as far as they count, in units of the world. */
function countedRange({ sequences, counts, level }: Pick<LatentState, "sequences" | "counts" | "level">) {
  return { ...counts, rewardLow: Math.max(counts.rewardLow, level.counts.first + leastReward(sequences)) };
}

/** The least unit of the value, and the one that it begins with; 1 before anything was gained. */
function unitsOfValue(state: LatentState) {
  const { rewardLow, rewardHigh } = countedRange(state);
  const first = unitOfReturns(state.returns, state.counts) || 1;
  return { least: LEAST_SHARE * (rewardHigh > rewardLow ? rewardHigh - rewardLow : first), first };
}

/** Sets the units of what is seen and gained to the experience so far; what never varied has the scale 0. @param owedBy the step that owes it */
export function refresh(state: LatentState, owedBy: number): void {
  const { core, model, sequences, settings, lessons } = state;
  const { spread } = state.work;
  const { observation, reward, ending } = model.scales;
  const { continuing, ending: final } = sequences.counts;
  const columns = observationColumns(sequences);
  columnMoments(core, observation.shift, spread, columns, sequences.counts.rows);
  steady(state.readings, observation.shift, spread, model.isSpoilt);
  for (let d = 0; d < columns.width; d++) observation.scale[d] = inverse(spread[d]);
  refreshNoise(state);
  reward.shift[0] = continuing.mean;
  reward.scale[0] = inverse(deviation(continuing));
  ending.shift[0] = final.mean;
  ending.scale[0] = inverse(deviation(final));
  // without a value plans are sums over the horizon: any level serves them
  if (settings.usesValue && owedBy <= settings.warmup + settings.delay)
    followPlans(state.level, valuedOf(state), { mean: continuing.mean, horizon: settings.horizon });
  if (settings.usesValue) rescaleLatentValue(lessons, model, unitsOfValue(state));
  applyScales(state);
}

/** σ of the scaled observations and rewards. */
function refreshNoise(state: LatentState): void {
  const { core, model, sequences, settings, learner, work } = state;
  const { observationStd, rewardStd, scales } = model;
  const { observationNoise, rewardNoise, changeShare } = settings;
  if (observationNoise === "auto" || rewardNoise === "auto") {
    const { shares } = work.forecast;
    // nothing is blurred before much was seen
    if (!forecast(core, work.forecast, sequences, scales)) shares.fill(0);
    const X = observationStd.length;
    const std = blurred(
      scalarMath(core),
      shares,
      (d) => (d < X ? LEAST_NOISE : LEAST_REWARD_NOISE),
      model.sizes.latentSize,
    );
    if (observationNoise === "auto") observationStd.set(std.subarray(0, X));
    if (rewardNoise === "auto") rewardStd[0] = std[X];
  }
  if (typeof observationNoise === "number") observationStd.fill(observationNoise);
  if (observationNoise !== "change" && (observationNoise !== "learned" || learner.counts.updates > 0)) return;
  columnChanges(core, work.spread, observationColumns(sequences), sequences.ages, sequences.counts.rows);
  for (let d = 0; d < observationStd.length; d++)
    observationStd[d] = Math.min(
      GREATEST_CHANGE,
      Math.max(LEAST_CHANGE, changeShare * work.spread[d] * scales.observation.scale[d]),
    );
}

/** Nats that each dimension of the latent may have to encode in a step. */
const CAPACITY = 1.5;

/**
 * Standard deviations of scaled observations that a latent of Z dimensions can explain:
 *
 *   σ_d = max(least_d, s ρ_d),   s ∈ [0, 1] the least with Σ_d ½ log(1 + ρ_d / σ_d²) ≤ 1.5 Z
 *
 * Small deviations preserve hidden state: a velocity is a small difference of positions. But an unpredictable part of an
 * observation would have to be encoded at that precision at every step. So σ grows for it, as little as the capacity allows.
 *
 * @param shares  ρ, unpredictable shares of the variance of each dimension, in [0, 1]
 */
export function blurred(
  { log }: ScalarMath,
  shares: Float32Array,
  least: (d: number) => number,
  latentSize: number,
): Float32Array {
  const stdOf = (s: number) => shares.map((share, d) => Math.max(least(d), s * share));
  const carried = (s: number) =>
    stdOf(s).reduce((sum, std, d) => sum + 0.5 * log(1 + shares[d] / (std * std)), 0);
  let [low, high] = [0, 1];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (carried(middle) > CAPACITY * latentSize) low = middle;
    else high = middle;
  }
  return stdOf(carried(0) > CAPACITY * latentSize ? high : 0);
}

const BISECTIONS = 20;

/** Gives the kernels the model's units: they follow from scales and counts. */
export function applyScales({ core, model, sequences, counts, level }: LatentState): void {
  const { reward, ending, value } = model.scales;
  const { rewardLow, rewardHigh } = rewardRange(countedRange({ sequences, counts, level }));
  const [offset, reference] = [rewardOffset(level), referenceOf(level)];
  setLatentModel(core, model.record, {
    hasEndings: Number(sequences.terminals.counts.terminations > 0),
    rewardNoise: model.rewardStd[0],
    endingNoise: model.rewardStd[1],
    rewardMean: reward.shift[0] + offset,
    rewardStd: inverse(reward.scale[0]),
    rewardLow: rewardLow - reference,
    rewardHigh: rewardHigh - reference,
    endingMean: ending.shift[0] + offset,
    endingStd: inverse(ending.scale[0]),
  });
  setValueUnits(core, model.guideView, value);
}
