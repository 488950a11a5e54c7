import { setPlan, walk } from "../../core/planner.ts";
import { drawIndices } from "../../core/random.ts";
import { setSimulatedModel } from "../../core/simulation.ts";
import { STREAMS } from "../../core/streams.ts";
import { rowOf } from "../../core/table.ts";
import type { Vector } from "../../environments/environment.ts";
import { enterPoints, readPoints } from "../../inference/belief/point.ts";
import { resetPlans, solvePlans } from "../../inference/planner.ts";
import { boundOf } from "../../learning/bound.ts";
import {
  appendRow,
  changeColumns,
  type Experience,
  refreshRare,
  stateColumns,
} from "../../learning/experience.ts";
import { distil, learnDynamics } from "../../learning/learner.ts";
import { appendLesson } from "../../learning/lessons.ts";
import { deviation } from "../../learning/moments.ts";
import { includeNovelty, type Novelty, rebuildNovelty } from "../../learning/novelty.ts";
import { isSurprising } from "../../learning/rescaling.ts";
import { includeReward } from "../../learning/returns.ts";
import type { Unit } from "../../learning/schedule.ts";
import { learnValue, rescaleValue } from "../../learning/valueLearning.ts";
import type { GenerativeModel } from "../../models/generativeModel.ts";
import { refreshRewardScales, refreshStatistics } from "../../models/statistics.ts";
import type { Lane } from "../lane.ts";
import type { Remembered } from "../mind.ts";
import { temperatureOf } from "../readiness.ts";
import type { Transition } from "../transition.ts";
import { applyScales, readinessOf } from "./readiness.ts";
import { IMAGINED_PLANS, type ObservedState } from "./state.ts";

/** Stores a transition, and the lesson of its plan. */
export function rememberObserved(
  state: ObservedState,
  lane: Lane,
  transition: Transition<Vector>,
  label: Float32Array | undefined,
): Remembered {
  const { action, observation, planner } = lane;
  const { core, settings, model, experience, schedule } = state;
  const row = storeRow(state, transition, action);
  applyScales(state);
  if (label !== undefined) teach(state, observation, label, planner.info[0]);
  const { likelihoodNoise: noise, warmup } = settings;
  const temperature = temperatureOf(state);
  includeReward(state.returns, transition, settings.discount, state.lanes.indexOf(lane));
  if (state.novelty !== undefined) {
    enterInput(state, state.novelty, row);
    includeNovelty(core, state.novelty);
  }
  const isTrained = schedule.counts.learned >= warmup;
  const bound = boundOf(core, model, state.work.bound, row, { label, isTrained, noise, temperature });
  return { bound, isSurprising: isSurprising(experience.counts, transition) };
}

/** The input of the model in a row of the experience, as novelty reads it. */
function enterInput({ model }: ObservedState, { work: { input } }: Novelty, row: Float32Array): void {
  const { inputShift, inputScale } = model.statistics;
  for (let i = 0; i < input.length; i++) input[i] = (row[i] - inputShift[i]) * inputScale[i];
}

/** @returns the model's error where it was updated */
export function learnObserved(state: ObservedState, { kind, step }: Unit): number | undefined {
  const { core, learner, model, experience, lessons, valueLessons } = state;
  if (kind === "scales") refresh(state);
  if (kind === "imagination") planImagined(state, step);
  if (kind === "lesson" && lessons.counts.rows > 0) {
    distil(core, learner, model, lessons);
    learnValue(core, learner, model, valueLessons);
  }
  return kind === "model" ? learnDynamics(core, learner, model, experience) : undefined;
}

function storeRow(
  { experience, counts }: ObservedState,
  transition: Transition<Vector>,
  action: Float32Array,
): Float32Array {
  const { observation, reward, nextObservation, terminated } = transition;
  const { D, A } = experience;
  const row = appendRow(experience, transition);
  row.set(observation);
  row.set(action, D);
  for (let d = 0; d < D; d++) row[D + A + d] = nextObservation[d] - observation[d];
  row[2 * D + A] = reward;
  row[2 * D + A + 1] = Number(terminated);
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  return row;
}

function refreshRewards(
  { statistics }: GenerativeModel,
  { counts: { continuing, ending } }: Experience,
): void {
  refreshRewardScales(
    statistics,
    { mean: continuing.mean, std: deviation(continuing) },
    { mean: ending.mean, std: deviation(ending) },
  );
}

/** Novelty by the scales as they are now. */
function refreshNovelty(state: ObservedState, novelty: Novelty): void {
  const { core, experience } = state;
  rebuildNovelty(core, novelty, experience.counts.rows, (row) =>
    enterInput(state, novelty, rowOf(experience, row)),
  );
}

function refresh(state: ObservedState): void {
  const { core, model, experience, learner, valueLessons } = state;
  const columns = { state: stateColumns(experience), change: changeColumns(experience) };
  refreshStatistics(core, model.statistics, columns, experience.counts.rows);
  refreshRewards(model, experience);
  refreshRare(experience);
  rescaleValue(core, learner, model, valueLessons);
  if (state.novelty !== undefined) refreshNovelty(state, state.novelty);
  applyScales(state);
}

/** Keeps what a plan found, for habit and value; what a model found whose numbers went beyond f32 teaches nothing. */
function teach(
  { lessons, valueLessons }: ObservedState,
  from: Float32Array,
  label: Float32Array,
  value: number,
): void {
  if (!Number.isFinite(value)) return;
  appendLesson(lessons, from, label, value);
  appendLesson(valueLessons, from, NO_LABEL, value);
}

const NO_LABEL = new Float32Array(0);

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
  resetPlans(imagining);
  const iterations = settings.iterations + settings.firstIterations;
  solvePlans(core, imagining, readinessOf(state, owedBy), { stream: STREAMS.imagination, step, iterations });
  const labels = imagining.label.length / IMAGINED_PLANS;
  for (let s = 0; s < IMAGINED_PLANS; s++) {
    const from = observations.subarray(s * D, (s + 1) * D);
    const label = imagining.label.subarray(s * labels, (s + 1) * labels);
    teach(state, from, label, imagining.info[4 * s]);
  }
}
