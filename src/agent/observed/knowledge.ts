import type { Knowledge } from "../../inference/planner.ts";
import { knowledgeAfter, rewardRange } from "../knowledge.ts";
import type { ObservedState } from "./state.ts";

/** What plans may rely on by now; or once `steps` were learned from. */
export function knowledgeOf(state: ObservedState, steps = state.schedule.counts.learned): Knowledge {
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
