import { categoricalDivergence } from "../../core/information.ts";
import type { Vector } from "../../environments/environment.ts";
import { drawChunks } from "../../learning/chunkBatch.ts";
import { type ChunkTerms, learnChunks } from "../../learning/chunkLearning.ts";
import { distilLatents, learnLatentValue } from "../../learning/latentLessons.ts";
import { deviation } from "../../learning/moments.ts";
import { isSurprising } from "../../learning/rescaling.ts";
import { includeReward } from "../../learning/returns.ts";
import type { Unit } from "../../learning/schedule.ts";
import { endingShare } from "../../learning/sequences.ts";
import { within } from "../../learning/steadyMoments.ts";
import { endingSurplus } from "../../learning/terminals.ts";
import { habitLogits } from "../../models/learned/guide.ts";
import type { Lane } from "../lane.ts";
import type { Remembered } from "../mind.ts";
import { readinessAfter, temperatureOf } from "../readiness.ts";
import type { Transition } from "../transition.ts";
import { forgetLevel, storeStep } from "./experience.ts";
import { isTimeToImagine, planRemembered } from "./imagine.ts";
import { applyScales, followResiduals, refresh } from "./refresh.ts";
import type { LatentState } from "./state.ts";

/** Stores a transition, and the label of its plan. */
export function rememberLatent(
  state: LatentState,
  lane: Lane,
  transition: Transition<Vector>,
  label: Float32Array | undefined,
): Remembered {
  const { sequences, settings, level } = state;
  const { reward, terminated } = transition;
  storeStep(state, lane, transition, label);
  if (terminated) forgetLevel(state);
  const { first } = level.counts;
  const counted = reward - first;
  const { continuing, ending } = sequences.counts;
  const steady = { ...transition, reward: within(terminated ? ending : continuing, counted) };
  includeReward(state.returns, steady, { discount: settings.discount, first });
  applyScales(state);
  const terms = {
    reward: reward / temperatureOf(state),
    ...lane.counts.terms,
    actionConsistency: label === undefined ? 0 : actionConsistency(state, label, lane.features),
  };
  const total = terms.reward + terms.informationGain + terms.stateConsistency + terms.actionConsistency;
  const known = { mean: continuing.mean, deviation: deviation(continuing), endings: ending.count };
  return { bound: { ...terms, total }, isSurprising: isSurprising({ reward: counted, terminated }, known) };
}

/** −KL(q(a) ‖ p_a(a | z)) of a plan, at the belief's mean. */
function actionConsistency(
  { core, model, work }: LatentState,
  label: Float32Array,
  features: Float32Array,
): number {
  const { coding } = model.sizes;
  const logits = habitLogits(core, model, work.row.habit, features, coding);
  return -categoricalDivergence(core, label, logits, coding.groups);
}

/** @returns the model's error where it was updated */
export function learnLatent(state: LatentState, { kind, step }: Unit): number | undefined {
  if (kind === "scales") {
    refresh(state, step);
    return undefined;
  }
  const { core, learner, lessons, sequences, model, work } = state;
  drawChunks(core, learner, sequences, { ...model, ends: work.ends });
  const { rewardError } = update(state, step);
  const { warmup, habitShare } = state.settings;
  if (habitShare > 0 && step > warmup && isTimeToImagine(state.settings, lessons.counts.updates))
    planRemembered(state, step);
  return rewardError;
}

/** One update of the model, and of what acts on its latent, on the batch that was drawn; owed by the step. */
function update(
  { core, settings, learner, lessons, model, sequences }: LatentState,
  step: number,
): ChunkTerms {
  const progress = settings.marginalSteps > 0 ? step / settings.marginalSteps : 1;
  const terms = learnChunks(core, learner, {
    marginalWeight: settings.marginalWeight * Math.min(1, progress),
    // the marginal's weight is read by the bound, its ratios by the value
    isContrasted: settings.marginalWeight > 0 || settings.informationWeight !== 0,
    endingOffset: endingSurplus(core, endingShare(sequences), 1 / settings.chunk),
    longest: sequences.counts.longest,
  });
  if (settings.observationNoise === "learned")
    followResiduals(model.observationStd, learner.work.pass.residuals);
  if (step <= settings.warmup) return terms;
  lessons.counts.updates++;
  if (settings.habitShare > 0) distilLatents(core, lessons, model, learner, sequences);
  const { terminations } = sequences.terminals.counts;
  const { informationWeight } = readinessAfter(settings, { steps: step, lessons: 1, terminations });
  if (settings.usesValue) learnLatentValue(core, lessons, model, learner, sequences, informationWeight);
  return terms;
}
