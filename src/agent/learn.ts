import { imagine, setPlan } from "../core/planner.ts";
import { drawIndices } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { resetPlans, solvePlans } from "../inference/planner.ts";
import { boundOf } from "../learning/bound.ts";
import { appendRow, changeColumns, type Experience, stateColumns } from "../learning/experience.ts";
import { distil, learnDynamics } from "../learning/learner.ts";
import { appendLesson } from "../learning/lessons.ts";
import { deviation } from "../learning/moments.ts";
import { isSurprising, isTimeToRefresh } from "../learning/rescaling.ts";
import { learnValue, rescaleValue } from "../learning/valueLearning.ts";
import { encodeAction } from "../models/actionCoding.ts";
import type { GenerativeModel } from "../models/generativeModel.ts";
import { refreshRewardScales, refreshStatistics } from "../models/statistics.ts";
import { knowledgeOf } from "./act.ts";
import { type AgentState, IMAGINED_PLANS } from "./state.ts";
import { expectTransition, type LearnInfo, type Transition } from "./transition.ts";

/** Stores a transition and learns from the experience so far: the M-step. */
export function learnFrom(state: AgentState, transition: Transition): LearnInfo {
  const { core, counts, settings, learner, model, experience, lessons, valueLessons } = state;
  const row = remember(state, transition);
  const label =
    state.episode.isPlanned && isAt(state, transition.observation) ? state.acting.label : undefined;
  if (label !== undefined) teach(state, state.acting.starts, label, state.acting.info[0]);
  state.episode.isPlanned = false;
  const { likelihoodNoise: noise, temperature } = settings;
  const isTrained = counts.steps >= settings.warmup;
  const bound = boundOf(core, model, state.bound, row, { label, isTrained, noise, temperature });
  counts.steps++;

  let modelError = Number.NaN;
  if (counts.steps < settings.warmup) return { bound, modelError };
  if (isTimeToRefresh(counts.steps, settings.warmup) || isSurprising(experience.counts, transition))
    refresh(state);
  const updates = settings.updates + (counts.steps === settings.warmup ? settings.warmupUpdates : 0);
  for (let i = 0; i < updates; i++) modelError = learnDynamics(core, learner, model, experience);
  if (settings.imagination > 0 && isTimeToImagine(counts.steps, settings.imagination)) planImagined(state);
  for (let i = 0; i < settings.updates && lessons.counts.rows > 0; i++) {
    distil(core, learner, model, lessons);
    learnValue(core, learner, model, valueLessons);
  }
  return { bound, modelError };
}

function remember({ experience, model, counts }: AgentState, transition: Transition): Float32Array {
  const { observation, action, reward, nextObservation, terminated } = transition;
  const { D, A } = experience;
  expectTransition(transition, D);
  const feature = new Float32Array(A);
  encodeAction(model.sizes.coding, action, feature);
  const row = appendRow(experience, transition);
  row.set(observation);
  row.set(feature, D);
  for (let d = 0; d < D; d++) row[D + A + d] = nextObservation[d] - observation[d];
  row[2 * D + A] = reward;
  row[2 * D + A + 1] = Number(terminated);
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  return row;
}

function isAt({ acting }: AgentState, observation: ArrayLike<number>): boolean {
  return acting.starts.every((value, d) => value === Math.fround(observation[d]));
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

function refresh({ core, model, experience, learner, valueLessons }: AgentState): void {
  const columns = { state: stateColumns(experience), change: changeColumns(experience) };
  refreshStatistics(core, model.statistics, columns, experience.counts.rows);
  refreshRewards(model, experience);
  rescaleValue(core, learner, model, valueLessons);
}

function isTimeToImagine(steps: number, plansPerStep: number): boolean {
  const batches = (count: number) => Math.floor((count * plansPerStep) / IMAGINED_PLANS);
  return batches(steps) > batches(steps - 1);
}

/** Keeps what a plan found, for habit and value. */
function teach(
  { lessons, valueLessons }: AgentState,
  from: Float32Array,
  label: Float32Array,
  value: number,
): void {
  appendLesson(lessons, from, label, value);
  appendLesson(valueLessons, from, NO_LABEL, value);
}

const NO_LABEL = new Float32Array(0);

/** Plans at remembered states that were moved on inside the model: by the habit, or by one random action that is held. */
function planImagined(state: AgentState): void {
  const { core, imagining, experience, seed, starts, counts, settings, model } = state;
  const step = ++counts.imaginations;
  drawIndices(core, starts, experience.counts.rows, seed[0], seed[1], STREAMS.imaginationStarts, step);
  const { D, stride, table } = experience;
  starts.forEach((row, s) => {
    imagining.starts.set(table.subarray(row * stride, row * stride + D), s * D);
  });
  setPlan(core, imagining.plan, { stream: STREAMS.walks, step, firstMember: step % model.sizes.members });
  imagine(core, imagining.plan, settings.imaginedSteps);
  resetPlans(imagining);
  const iterations = settings.iterations + settings.firstIterations;
  solvePlans(core, imagining, knowledgeOf(state), { stream: STREAMS.imagination, step, iterations });
  const labels = imagining.label.length / IMAGINED_PLANS;
  for (let s = 0; s < IMAGINED_PLANS; s++) {
    const from = imagining.starts.subarray(s * D, (s + 1) * D);
    const label = imagining.label.subarray(s * labels, (s + 1) * labels);
    teach(state, from, label, imagining.info[4 * s]);
  }
}
