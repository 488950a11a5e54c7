import type { Bound } from "../../learning/bound.ts";
import { drawChunks } from "../../learning/chunkBatch.ts";
import { type ChunkTerms, learnChunks } from "../../learning/chunkLearning.ts";
import { distilLatents, learnLatentValue } from "../../learning/latentLessons.ts";
import { isSurprising } from "../../learning/rescaling.ts";
import { owe, type Unit, type UpdateInfo, workOff } from "../../learning/schedule.ts";
import { appendObservation, endingShare, labelNewest } from "../../learning/sequences.ts";
import { endingSurplus } from "../../learning/terminals.ts";
import { encodeAction } from "../../models/actionCoding.ts";
import { knowledgeAfter } from "../knowledge.ts";
import { expectTransition, type Transition } from "../transition.ts";
import { actionConsistency } from "./bound.ts";
import { applyScales, followResiduals, refresh } from "./refresh.ts";
import type { LatentState } from "./state.ts";

/** Stores a transition and counts what is owed for it. @returns the bound before learning from it */
export function rememberLatent(state: LatentState, transition: Transition): Bound {
  const { counts, episode, sequences, schedule } = state;
  store(state, transition);
  const bound = boundOf(state, transition.reward);
  counts.steps++;
  episode.hasLesson = false;
  owe(schedule, isSurprising(sequences.counts, transition));
  return bound;
}

/** Works off owed learning, `most` units of it: the M-step. */
export function updateLatent(state: LatentState, most: number): UpdateInfo {
  return workOff(state.schedule, most, (unit) => doUnit(state, unit));
}

/** @returns the model's error where it was updated */
function doUnit(state: LatentState, { kind, step }: Unit): number | undefined {
  if (kind === "scales") {
    refresh(state);
    return undefined;
  }
  const { core, learner, sequences, model, work } = state;
  drawChunks(core, learner, sequences, { scales: model.scales, ends: work.ends });
  return update(state, step).rewardError;
}

/** Whether the last action was chosen at this observation. */
function isAt({ observation: seen }: LatentState["episode"], observation: ArrayLike<number>): boolean {
  return seen.every(
    (value, d) =>
      value === Math.fround(observation[d]) || (Number.isNaN(value) && Number.isNaN(observation[d])),
  );
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

/** One update of the model, and of what acts on its latent, on the batch that was drawn; owed by the step. */
function update(
  { core, settings, learner, lessons, model, sequences }: LatentState,
  step: number,
): ChunkTerms {
  const progress = settings.marginalSteps > 0 ? step / settings.marginalSteps : 1;
  const terms = learnChunks(core, learner, {
    marginalWeight: settings.marginalWeight * Math.min(1, progress),
    endingOffset: endingSurplus(core, endingShare(sequences), 1 / settings.chunk),
  });
  if (settings.observationNoise === "learned")
    followResiduals(model.observationStd, learner.work.pass.residuals);
  if (step <= settings.warmup) return terms;
  lessons.counts.updates++;
  if (settings.habitShare > 0) distilLatents(core, lessons, model, learner, sequences);
  const { terminations } = sequences.counts;
  const { informationWeight } = knowledgeAfter(settings, { steps: step, lessons: 1, terminations });
  if (settings.usesValue) learnLatentValue(core, lessons, model, learner, informationWeight);
  return terms;
}

function store(state: LatentState, transition: Transition): void {
  const { sequences, model, episode, counts, acting } = state;
  const { observation, action, reward, nextObservation, terminated, truncated } = transition;
  expectTransition(transition, sequences.X, { mayMiss: true });
  episode.hasLesson &&= isAt(episode, observation);
  encodeAction(model.sizes.coding, action, episode.action);
  if (!episode.isRemembered) appendObservation(sequences, observation);
  if (episode.hasLesson) labelNewest(sequences, acting.planner.label);
  appendObservation(sequences, nextObservation, { action: episode.action, reward, terminated });
  // what follows an end is another sequence, also where logs are read without `reset`
  episode.isRemembered = !terminated && !truncated;
  episode.reward = reward;
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  applyScales(state);
}
