import type { Readiness } from "../../inference/planner.ts";
import { referenceOf, rewardOffset } from "../../learning/level.ts";
import { deviation } from "../../learning/moments.ts";
import { applyUnits } from "../../models/generativeModel.ts";
import { readinessAfter, rewardRange, temperatureOf } from "../readiness.ts";
import type { ObservedState } from "./state.ts";

/** What plans may rely on by now, or once `steps` were learned from. */
export function readinessOf(state: ObservedState, steps = state.schedule.counts.learned): Readiness {
  const { settings, learner, experience } = state;
  const { terminations } = experience.terminals.counts;
  const known = readinessAfter(settings, { steps, lessons: learner.counts.lessonUpdates, terminations });
  return { ...known, temperature: temperatureOf(state) };
}

/** Tells the kernels the units of rewards and values: they follow from scales and counts. */
export function applyScales({ core, model, experience, counts, level }: ObservedState): void {
  const { continuing, ending } = experience.counts;
  applyUnits(core, model, {
    reference: referenceOf(level),
    offset: rewardOffset(level),
    hasEndings: experience.terminals.counts.terminations > 0,
    ...rewardRange(counts, Math.max(deviation(continuing), deviation(ending))),
  });
}
