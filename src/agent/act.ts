import { STREAMS } from "../core/streams.ts";
import type { Action } from "../environments/environment.ts";
import { type Knowledge, resetPlans, shiftPlans, solvePlans } from "../inference/planner.ts";
import { chooseAtRandom, chooseByHabit, chooseFromPlan } from "./choose.ts";
import { knowledgeAfter, rewardRange } from "./knowledge.ts";
import type { AgentState } from "./state.ts";

/** How an action is chosen: by simulating the model ("plan"), or by the distilled action prior alone ("habit"). */
export type Policy = "plan" | "habit";

/** Forgets the running plan: a new episode begins. */
export function beginEpisode({ acting, episode }: AgentState): void {
  resetPlans(acting);
  episode.actions = 0;
  episode.isPlanned = false;
  episode.isRunning = false;
}

/** An action that is no plan's: the next plan begins anew. */
function leavePlan({ episode }: AgentState): void {
  episode.isPlanned = false;
  episode.isRunning = false;
  episode.actions++;
}

/** An action drawn before anything is known. */
export function actAtRandom(state: AgentState): Action {
  leavePlan(state);
  return chooseAtRandom(state);
}

/** An action by planning: a draw from the posterior, or its centre. */
export function actByPlan(state: AgentState, observation: ArrayLike<number>, explore: boolean): Action {
  const { core, acting, episode, settings, counts } = state;
  acting.starts.set(observation);
  if (episode.isRunning) shiftPlans(acting);
  else resetPlans(acting);
  // while learning the draws follow the steps learned from; otherwise the steps of the episode
  const stream = explore ? STREAMS.plan : STREAMS.evaluation;
  const step = explore ? counts.steps : episode.actions;
  const iterations = settings.iterations + (episode.isRunning ? 0 : settings.firstIterations);
  solvePlans(core, acting, knowledgeOf(state), { stream, step, iterations });
  episode.actions++;
  episode.isPlanned = true;
  episode.isRunning = true;
  return chooseFromPlan(state, acting, explore && settings.exploration === "sample");
}

/** An action by the habit alone: its mode, or a draw. */
export function actByHabit(state: AgentState, observation: ArrayLike<number>, explore: boolean): Action {
  leavePlan(state);
  return chooseByHabit(state, observation, explore);
}

/** What plans may rely on by now; or once `steps` were learned from. */
export function knowledgeOf(state: AgentState, steps = state.schedule.counts.learned): Knowledge {
  const { counts, settings, learner, experience, model } = state;
  const { statistics, sizes } = model;
  const D = sizes.observationSize;
  const { terminations } = experience.counts;
  const known = knowledgeAfter(settings, { steps, lessons: learner.counts.lessonUpdates, terminations });
  const { rewardLow, rewardHigh } = rewardRange(counts);
  return {
    informationWeight: known.informationWeight,
    usesHabit: known.usesHabit,
    usesValue: known.usesValue,
    usesTermination: terminations > 0,
    valueShift: statistics.value.shift[0],
    valueScale: 1 / statistics.value.scale[0],
    rewardMean: statistics.targetShift[D],
    rewardStd: 1 / statistics.targetScale[D],
    endingMean: statistics.ending.shift[0],
    endingStd: 1 / statistics.ending.scale[0],
    rewardLow,
    rewardHigh,
  };
}
