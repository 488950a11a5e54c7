import { resampleSystematic } from "../../core/resample.ts";
import { STREAMS } from "../../core/streams.ts";
import { TILE } from "../../core/tiles.ts";
import type { Action } from "../../environments/environment.ts";
import {
  beliefMoments,
  type FilterInfo,
  resetParticleFilter,
  stepParticleFilter,
} from "../../inference/belief/filter.ts";
import { PARTICLES } from "../../inference/belief/recognition.ts";
import { solveLatentPlans } from "../../inference/latentPlanner.ts";
import { resetPlans, shiftPlans } from "../../inference/planner.ts";
import { encodeAction } from "../../models/actionCoding.ts";
import { chooseAtRandom, chooseFromHabit, chooseFromPlan } from "../choose.ts";
import { knowledgeAfter } from "../knowledge.ts";
import { stateTerms } from "./bound.ts";
import type { LatentState } from "./state.ts";

/** Forgets the running plan and belief: a new episode begins. */
export function beginLatentEpisode({ acting, filter, episode }: LatentState): void {
  resetPlans(acting.planner);
  resetParticleFilter(filter);
  episode.actions = 0;
  episode.isPlanned = false;
  episode.isRemembered = false;
  episode.hasLesson = false;
  episode.terms = { informationGain: 0, stateConsistency: 0 };
  episode.reward = undefined;
}

/** The steps of the belief's noise while evaluating: beyond any that learning reaches. */
const EVALUATION_STEPS = 0x80000000;

/** E-step: the belief takes in an observation, with the last action and its reward; the habit then reads its mean. */
export function believe(state: LatentState, observation: ArrayLike<number>, explore: boolean): FilterInfo {
  const { filter, stateSpace, episode, counts, model } = state;
  const { row, particles } = state.work;
  filter.draw.step = explore ? counts.steps : EVALUATION_STEPS + episode.actions;
  stateSpace.reward = episode.reward;
  // a belief begins with equal weights, whatever the last episode's were
  if (filter.time === 0) particles.weights.fill(1 / PARTICLES);
  else particles.weights.set(filter.weights);
  const info = stepParticleFilter(filter, { action: episode.action, observation });
  episode.observation.set(observation);
  if (stateSpace.isWeighed) episode.terms = stateTerms(state, info);
  row.state.set(beliefMoments(filter).mean.subarray(0, model.sizes.latentSize));
  return info;
}

/** What is done is what the model will be told led to the next observation. */
export function rememberAction(state: LatentState, action: Action): void {
  const { episode, model } = state;
  encodeAction(model.sizes.coding, action, episode.action);
  episode.reward = undefined;
  episode.actions++;
}

/** An action that is no plan's: the next plan begins anew. */
function leavePlan({ episode }: LatentState): void {
  episode.isPlanned = false;
  episode.hasLesson = false;
}

/** An action drawn before anything is known. */
export function actAtRandom(state: LatentState): Action {
  leavePlan(state);
  return chooseAtRandom(state);
}

/** An action by planning from the belief: a draw from the posterior, or its centre. */
export function actByLatentPlan(state: LatentState, explore: boolean): Action {
  const { core, acting, episode, settings, counts } = state;
  const { planner } = acting;
  if (episode.isPlanned) shiftPlans(planner);
  else resetPlans(planner);
  const stream = explore ? STREAMS.plan : STREAMS.evaluation;
  const step = explore ? counts.steps : episode.actions;
  const iterations = settings.iterations + (episode.isPlanned ? 0 : settings.firstIterations);
  spreadBelief(state, step, stream);
  solveLatentPlans(core, acting, knowledgeOf(state), { stream, step, iterations });
  episode.isPlanned = true;
  episode.hasLesson = true;
  return chooseFromPlan(state, planner, explore && settings.exploration === "sample");
}

/** Hands the planner M particles that stand for the whole set: every (N / M)-th of N systematic draws. */
export function spreadBelief(
  { core, filter, acting, work: { particles }, seed }: LatentState,
  step: number,
  stream: number,
): void {
  const { states, settings } = acting;
  const size = filter.model.stateSize;
  particles.weights.set(filter.weights);
  resampleSystematic(core, particles.ancestors, particles.weights, seed[0], seed[1], stream, step);
  for (let k = 0; k < settings.particles; k++) {
    const ancestor = particles.ancestors[Math.floor(((k + 0.5) * PARTICLES) / settings.particles)];
    for (let d = 0; d < size; d++) states[k * size + d] = filter.particles[d * TILE + ancestor];
  }
}

/** An action by the habit alone, at the belief's mean: its mode, or a draw. */
export function actByLatentHabit(state: LatentState, explore: boolean): Action {
  leavePlan(state);
  return chooseFromHabit(state, explore);
}

/** What plans may rely on by now. */
function knowledgeOf({ schedule, settings, lessons, sequences }: LatentState) {
  const { terminations } = sequences.counts;
  const { learned } = schedule.counts;
  return knowledgeAfter(settings, { steps: learned, lessons: lessons.counts.updates, terminations });
}
