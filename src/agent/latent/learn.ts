import type { Bound } from "../../learning/bound.ts";
import { drawChunks } from "../../learning/chunkBatch.ts";
import { type ChunkTerms, learnChunks } from "../../learning/chunkLearning.ts";
import { distilLatents, learnLatentValue } from "../../learning/latentLessons.ts";
import { isSurprising, isTimeToRefresh } from "../../learning/rescaling.ts";
import { appendObservation, endingShare, labelNewest } from "../../learning/sequences.ts";
import { endingSurplus } from "../../learning/terminals.ts";
import { encodeAction } from "../../models/actionCoding.ts";
import { knowledgeAfter } from "../knowledge.ts";
import { expectTransition, type LearnInfo, type Transition } from "../transition.ts";
import { actionConsistency } from "./bound.ts";
import { applyScales, followResiduals, refresh } from "./refresh.ts";
import type { LatentState } from "./state.ts";

/** Stores a transition and learns from the experience so far: the M-step. */
export function learnLatent(state: LatentState, transition: Transition): LearnInfo {
  const { counts, settings, episode, sequences } = state;
  remember(state, transition);
  const bound = boundOf(state, transition.reward);
  counts.steps++;
  episode.hasLesson = false;
  if (counts.steps < settings.warmup) return { bound, modelError: Number.NaN };
  const isChanged = isSurprising(sequences.counts, transition);
  if (isChanged || isTimeToRefresh(counts.steps, settings.warmup)) refresh(state);
  const updates = settings.updates + (counts.steps === settings.warmup ? settings.warmupUpdates : 0);
  let terms: ChunkTerms | undefined;
  for (let i = 0; i < updates; i++) {
    drawChunks(state.core, state.learner, sequences, { scales: state.model.scales, ends: state.ends });
    terms = update(state);
  }
  return { bound, modelError: terms?.rewardError ?? Number.NaN };
}

/** The terms of the bound at this step. */
function boundOf(state: LatentState, gained: number): Bound {
  const { episode, settings } = state;
  const reward = gained / settings.temperature;
  const action = episode.hasLesson ? actionConsistency(state) : 0;
  const { informationGain, stateConsistency } = episode.terms;
  const total = reward + informationGain + stateConsistency + action;
  return { reward, informationGain, stateConsistency, actionConsistency: action, total };
}

/** One update of the model, and of what acts on its latent, on the batch that was drawn. */
function update({ core, settings, counts, learner, lessons, model, sequences }: LatentState): ChunkTerms {
  const progress = settings.marginalSteps > 0 ? counts.steps / settings.marginalSteps : 1;
  const terms = learnChunks(core, learner, {
    marginalWeight: settings.marginalWeight * Math.min(1, progress),
    endingOffset: endingSurplus(core, endingShare(sequences), 1 / settings.chunk),
  });
  if (settings.observationNoise === "learned") followResiduals(model.observationStd, learner.kept.residuals);
  if (counts.steps < settings.warmup + 1) return terms;
  lessons.counts.updates++;
  if (settings.habitShare > 0) distilLatents(core, lessons, model, learner, sequences);
  const { terminations } = sequences.counts;
  const { informationWeight } = knowledgeAfter(settings, { steps: counts.steps, lessons: 1, terminations });
  if (settings.usesValue) learnLatentValue(core, lessons, model, learner, informationWeight);
  return terms;
}

function remember(state: LatentState, transition: Transition): void {
  const { sequences, model, episode, counts, acting } = state;
  const { observation, action, reward, nextObservation, terminated } = transition;
  expectTransition(transition, sequences.X, { mayMiss: true });
  encodeAction(model.sizes.coding, action, episode.action);
  if (!episode.isRemembered) appendObservation(sequences, observation);
  if (episode.hasLesson) labelNewest(sequences, acting.planner.label);
  appendObservation(sequences, nextObservation, { action: episode.action, reward, terminated });
  episode.isRemembered = true;
  episode.reward = reward;
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  applyScales(state);
}
