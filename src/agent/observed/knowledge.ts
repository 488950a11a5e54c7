import type { Readiness } from "../../inference/planner.ts";
import { applyUnits } from "../../models/generativeModel.ts";
import { knowledgeAfter, rewardRange } from "../knowledge.ts";
import type { ObservedState } from "./state.ts";

/** What plans may rely on by now, or once `steps` were learned from; the kernels are told the units of rewards and values. */
export function knowledgeOf(state: ObservedState, steps = state.schedule.counts.learned): Readiness {
  const { core, counts, settings, learner, experience, model } = state;
  const { terminations } = experience.counts;
  applyUnits(core, model, { hasEndings: terminations > 0, ...rewardRange(counts) });
  return knowledgeAfter(settings, { steps, lessons: learner.counts.lessonUpdates, terminations });
}
