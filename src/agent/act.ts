import { activate } from "../core/activation.ts";
import { argmax, modeOfBins, sampleIndex } from "../core/heads.ts";
import { mlpPredictRow } from "../core/mlp.ts";
import { normal, uniform } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import type { Action } from "../environments/environment.ts";
import { type Knowledge, resetPlans, shiftPlans, solvePlans } from "../inference/planner.ts";
import { decodeAction } from "../models/actionCoding.ts";
import type { AgentState } from "./state.ts";

/** How an action is chosen: by simulating the model ("plan"), or by the distilled action prior alone ("habit"). */
export type Policy = "plan" | "habit";

/** Forgets the running plan: a new episode begins. */
export function beginEpisode({ acting, episode }: AgentState): void {
  resetPlans(acting);
  episode.actions = 0;
  episode.isPlanned = false;
}

/** An action drawn before anything is known: tanh u with u ∼ N(0, 1), or any of the discrete ones. */
export function actAtRandom(state: AgentState): Action {
  const { core, model, row } = state;
  const { coding } = model.sizes;
  state.episode.isPlanned = false;
  if (coding.isDiscrete) {
    drawExploration(state, uniform, row.draws);
    return Math.floor(row.draws[0] * coding.size);
  }
  drawExploration(state, normal, row.action);
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** An action by planning: a draw from the posterior, or its centre. */
export function actByPlan(state: AgentState, observation: ArrayLike<number>, explore: boolean): Action {
  const { core, acting, episode, settings, counts, row, model } = state;
  const { coding } = model.sizes;
  acting.starts.set(observation);
  if (episode.actions > 0) shiftPlans(acting);
  // while learning the draws follow the steps learned from; otherwise the steps of the episode
  const stream = explore ? STREAMS.plan : STREAMS.evaluation;
  const step = explore ? counts.steps : episode.actions;
  const iterations = settings.iterations + (episode.actions === 0 ? settings.firstIterations : 0);
  solvePlans(core, acting, knowledgeOf(state), { stream, step, iterations });
  episode.actions++;
  episode.isPlanned = true;
  const samples = explore && settings.exploration === "sample";
  if (coding.isDiscrete) {
    const probabilities = acting.mean.subarray(0, coding.size);
    if (!samples) return argmax(core, probabilities);
    drawExploration(state, uniform, row.draws);
    return drawFrom(probabilities, row.draws[0]);
  }
  if (samples) drawExploration(state, normal, row.draws);
  else row.draws.fill(0);
  // u = μ + σ ε
  for (let a = 0; a < coding.size; a++) row.action[a] = acting.mean[a] + acting.std[a] * row.draws[a];
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** An action by the habit alone: its mode, or a draw. */
export function actByHabit(state: AgentState, observation: ArrayLike<number>, explore: boolean): Action {
  const { core, model, row, episode } = state;
  const { coding, observationSize: D } = model.sizes;
  const { inputShift, inputScale } = model.statistics;
  episode.isPlanned = false;
  for (let d = 0; d < D; d++) row.state[d] = (observation[d] - inputShift[d]) * inputScale[d];
  mlpPredictRow(core, row.logits, row.state, row.hidden, model.habit.parameters, model.habit.shape);
  const { groups, bins } = coding;
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

/** How far outside the rewards seen a simulated reward may lie, as a share of their range. */
const REWARD_MARGIN = 0.3;

/** What plans may rely on by now. */
export function knowledgeOf({ counts, settings, learner, experience, model }: AgentState): Knowledge {
  const isReady = counts.steps >= settings.warmup + settings.delay && learner.counts.lessonUpdates > 0;
  const { statistics, sizes } = model;
  const D = sizes.observationSize;
  const hasTerminated = experience.counts.terminations > 0;
  const endings = settings.informationFades ? experience.counts.terminations : 0;
  return {
    informationWeight: settings.informationWeight / (1 + endings),
    usesHabit: isReady,
    usesValue: isReady && settings.usesValue && (hasTerminated || !settings.valueAwaitsTermination),
    usesTermination: hasTerminated,
    valueShift: statistics.value.shift[0],
    valueScale: 1 / statistics.value.scale[0],
    rewardMean: statistics.targetShift[D],
    rewardStd: 1 / statistics.targetScale[D],
    endingMean: statistics.ending.shift[0],
    endingStd: 1 / statistics.ending.scale[0],
    ...rewardRange(counts),
  };
}

/** What simulated rewards are kept within; open before any was seen. */
function rewardRange({ steps, rewardLow, rewardHigh }: AgentState["counts"]) {
  if (steps === 0) return { rewardLow: -Infinity, rewardHigh: Infinity };
  const margin = REWARD_MARGIN * (rewardHigh - rewardLow);
  return { rewardLow: rewardLow - margin, rewardHigh: rewardHigh + margin };
}

/** Fills `out` with the random numbers of this step's exploration. */
function drawExploration(
  { core, seed, counts }: AgentState,
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
