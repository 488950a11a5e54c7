import { setPlan, walk } from "../../core/planner.ts";
import { drawIndices } from "../../core/random.ts";
import { setSimulatedModel } from "../../core/simulation.ts";
import { STREAMS } from "../../core/streams.ts";
import { rowOf } from "../../core/table.ts";
import { enterPoints, readPoints } from "../../inference/belief/point.ts";
import { solveAnew } from "../../inference/planner.ts";
import { creditOf } from "../../learning/credit.ts";
import { type Experience, refreshRare } from "../../learning/experience.ts";
import { distil, learnDynamics } from "../../learning/learner.ts";
import { boundValues } from "../../learning/lessons.ts";
import { followPlans } from "../../learning/level.ts";
import { deviation, type Moments } from "../../learning/moments.ts";
import { unitOfReturns } from "../../learning/returns.ts";
import type { Unit } from "../../learning/schedule.ts";
import { learnValue, rescaleValue } from "../../learning/valueLearning.ts";
import type { GenerativeModel } from "../../models/generativeModel.ts";
import { refreshRewardScales, refreshStatistics, scaleChoices } from "../../models/statistics.ts";
import { refreshNovelty } from "./novelty.ts";
import { applyScales, readinessOf, valueBoundsOf } from "./readiness.ts";
import { refreshRecall } from "./recall.ts";
import { valuedOf } from "./remember.ts";
import type { ObservedState } from "./state.ts";
import { teach } from "./teach.ts";

/** @returns the model's error where it was updated */
export function learnObserved(state: ObservedState, { kind, step }: Unit): number | undefined {
  const { core, learner, model, experience, lessons, valueLessons } = state;
  if (kind === "scales") refresh(state, step);
  if (kind === "imagination") planImagined(state, step);
  if (kind === "lesson" && lessons.counts.rows > 0) {
    if (state.counts.hasFarValue) rescale(state);
    distil(core, learner, model, lessons);
    learnValue(core, learner, model, valueLessons);
  }
  return kind === "model" ? learnDynamics(core, learner, model, experience) : undefined;
}

function refreshRewards({ statistics }: GenerativeModel, experience: Experience): void {
  const { continuing, ending, lowest, highest, credit } = experience.counts;
  const scaleOf = (moments: Moments) => ({ mean: moments.mean, std: deviation(moments) });
  const { least, most } = creditOf(credit, continuing);
  const extremes = { lowest: Math.max(lowest, least), highest: Math.min(highest, most), least, most };
  refreshRewardScales(statistics, { ...scaleOf(continuing), ...extremes }, scaleOf(ending));
}

/** Sets the value's unit to the plans' values, and gives the kernels all units. */
function rescale(state: ObservedState): void {
  const { core, model, learner, valueLessons, returns, counts } = state;
  rescaleValue(core, learner, model, valueLessons, unitOfReturns(returns, counts));
  counts.hasFarValue = false;
  applyScales(state);
}

/** @param owedBy the step that owes it */
function refresh(state: ObservedState, owedBy: number): void {
  const { model, experience, settings } = state;
  refreshStatistics(model.statistics);
  scaleChoices(model.statistics, model.sizes.choices ?? [], state.origin.counts);
  refreshRecall(state);
  refreshRewards(model, experience);
  refreshRare(experience);
  const { horizon } = settings;
  const { continuing, highest } = experience.counts;
  const most = state.recall?.counts.isFollowed ? highest : Infinity;
  if (owedBy <= settings.warmup + settings.delay)
    followPlans(state.level, valuedOf(state), { mean: continuing.mean, most, horizon });
  boundValues(state.valueLessons, valueBoundsOf(state));
  rescale(state);
  refreshNovelty(state);
}

/**
 * Plans at remembered states that were moved on inside the model: by the habit, or by one random action that is held.
 *
 * @param owedBy the step that owes these plans: they rely on what is known by then
 */
function planImagined(state: ObservedState, owedBy: number): void {
  const { core, experience, seed, counts, settings, model } = state;
  const { imagining, starts, observations } = state.work;
  const { sizes, statistics, simulated } = model;
  const step = ++counts.imaginations;
  drawIndices(core, starts, experience.counts.rows, seed[0], seed[1], STREAMS.imaginationStarts, step);
  const { D } = experience;
  starts.forEach((row, s) => {
    observations.set(rowOf(experience, row).subarray(0, D), s * D);
  });
  enterPoints(imagining, observations, statistics, Infinity);
  setPlan(core, imagining.plan, { stream: STREAMS.walks, step });
  setSimulatedModel(core, simulated, { firstMember: step % sizes.members });
  walk(core, imagining.plan, settings.imaginedSteps);
  readPoints(observations, imagining, statistics);
  enterPoints(imagining, observations, statistics);
  const iterations = settings.iterations + settings.firstIterations;
  const round = { stream: STREAMS.imagination, step, iterations };
  solveAnew(core, imagining, readinessOf(state, owedBy), round, (s, label, value) =>
    teach(state, observations.subarray(s * D, (s + 1) * D), label, value),
  );
}
