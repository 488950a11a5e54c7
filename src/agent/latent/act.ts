import { activate } from "../../core/activation.ts";
import { argmax, modeOfBins, sampleIndex } from "../../core/heads.ts";
import { mlpPredictRow } from "../../core/mlp.ts";
import { normal, uniform } from "../../core/random.ts";
import { resampleSystematic } from "../../core/resample.ts";
import { STREAMS } from "../../core/streams.ts";
import { TILE } from "../../core/tiles.ts";
import type { Action } from "../../environments/environment.ts";
import { PARTICLES } from "../../inference/latentBelief.ts";
import { solveLatentPlans } from "../../inference/latentPlanner.ts";
import {
  beliefMoments,
  type FilterInfo,
  resetParticleFilter,
  stepParticleFilter,
} from "../../inference/particleFilter.ts";
import { resetPlans, shiftPlans } from "../../inference/planner.ts";
import { decodeAction, encodeAction } from "../../models/actionCoding.ts";
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

/** E-step: the belief takes in an observation, with the last action and its reward. */
export function believe(state: LatentState, observation: ArrayLike<number>, explore: boolean): FilterInfo {
  const { filter, stateSpace, episode, counts } = state;
  filter.draw.step = explore ? counts.steps : EVALUATION_STEPS + episode.actions;
  stateSpace.reward = episode.reward;
  state.row.weights.set(filter.weights);
  const info = stepParticleFilter(filter, { action: episode.action, observation });
  episode.terms = stateTerms(state, info);
  return info;
}

/** What is done is what the model will be told led to the next observation. */
export function rememberAction(state: LatentState, action: Action): void {
  const { episode, model } = state;
  encodeAction(model.sizes.coding, action, episode.action);
  episode.reward = undefined;
  episode.actions++;
}

/** An action drawn before anything is known: tanh u with u ∼ N(0, 1), or any of the discrete ones. */
export function actAtRandom(state: LatentState): Action {
  const { core, model, row, episode } = state;
  const { coding } = model.sizes;
  episode.isPlanned = false;
  if (coding.isDiscrete) {
    drawExploration(state, uniform, row.draws);
    return Math.floor(row.draws[0] * coding.size);
  }
  drawExploration(state, normal, row.action);
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** An action by planning from the belief: a draw from the posterior, or its centre. */
export function actByLatentPlan(state: LatentState, explore: boolean): Action {
  const { core, acting, episode, settings, counts, row, model } = state;
  const { coding } = model.sizes;
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
  const samples = explore && settings.exploration === "sample";
  if (coding.isDiscrete) {
    const probabilities = planner.mean.subarray(0, coding.size);
    if (!samples) return argmax(core, probabilities);
    drawExploration(state, uniform, row.draws);
    return drawFrom(probabilities, row.draws[0]);
  }
  if (samples) drawExploration(state, normal, row.draws);
  else row.draws.fill(0);
  // u = μ + σ ε
  for (let a = 0; a < coding.size; a++) row.action[a] = planner.mean[a] + planner.std[a] * row.draws[a];
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** Hands the planner M particles that stand for the whole set: every (N / M)-th of N systematic draws. */
function spreadBelief({ core, filter, acting, row, seed }: LatentState, step: number, stream: number): void {
  const { states, settings } = acting;
  const size = filter.model.stateSize;
  row.weights.set(filter.weights);
  resampleSystematic(core, row.ancestors, row.weights, seed[0], seed[1], stream, step);
  for (let k = 0; k < settings.particles; k++) {
    const ancestor = row.ancestors[Math.floor(((k + 0.5) * PARTICLES) / settings.particles)];
    for (let d = 0; d < size; d++) states[k * size + d] = filter.particles[d * TILE + ancestor];
  }
}

/** An action by the habit alone, at the belief's mean: its mode, or a draw. */
export function actByLatentHabit(state: LatentState, explore: boolean): Action {
  const { core, model, row, episode, filter } = state;
  const { coding, latentSize } = model.sizes;
  const { groups, bins } = coding;
  episode.isPlanned = false;
  row.state.set(beliefMoments(filter).mean.subarray(0, latentSize));
  mlpPredictRow(core, row.logits, row.state, row.hidden, model.habit.parameters, model.habit.shape);
  if (explore) drawExploration(state, uniform, row.draws);
  if (coding.isDiscrete) {
    const logits = row.logits.subarray(0, bins);
    return explore ? sampleIndex(core, logits, row.draws[0]) : argmax(core, logits);
  }
  if (explore) {
    for (let g = 0; g < groups; g++) {
      const index = sampleIndex(core, row.logits.subarray(g * bins, (g + 1) * bins), row.draws[g]);
      row.action[g] = (2 * index) / (bins - 1) - 1;
    }
  } else {
    modeOfBins(core, row.action.subarray(0, groups), row.logits.subarray(0, groups * bins), { groups, bins });
  }
  return decodeAction(coding, row.action);
}

/** What plans may rely on by now. */
function knowledgeOf({ counts, settings, lessons, sequences }: LatentState) {
  const isReady = counts.steps >= settings.warmup + settings.delay && lessons.counts.updates > 0;
  const { terminations } = sequences.counts;
  return {
    informationWeight: settings.informationWeight / (1 + (settings.informationFades ? terminations : 0)),
    usesHabit: isReady && settings.habitShare > 0,
    usesValue: isReady && settings.usesValue && (terminations > 0 || !settings.valueAwaitsTermination),
  };
}

/** Fills `out` with the random numbers of this step's exploration. */
function drawExploration(
  { core, seed, counts }: LatentState,
  draw: typeof uniform | typeof normal,
  out: Float32Array,
): void {
  draw(core, out, seed[0], seed[1], STREAMS.exploration, 0, counts.steps);
}

/** The index drawn from probabilities by inversion. */
function drawFrom(probabilities: Float32Array, draw: number): number {
  let cumulative = 0;
  for (let k = 0; k < probabilities.length - 1; k++) {
    cumulative += probabilities[k];
    if (draw < cumulative) return k;
  }
  return probabilities.length - 1;
}
