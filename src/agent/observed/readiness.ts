import { setRecall } from "../../core/recall.ts";
import type { Readiness } from "../../inference/planner.ts";
import { creditOf } from "../../learning/credit.ts";
import { referenceOf, rewardOffset } from "../../learning/level.ts";
import { deviation } from "../../learning/moments.ts";
import { applyUnits } from "../../models/generativeModel.ts";
import { hasGoal, readinessAfter, rewardRange, temperatureOf } from "../readiness.ts";
import type { ObservedState } from "./state.ts";

/** What plans may rely on by now, or once `steps` were learned from. */
export function readinessOf(state: ObservedState, steps = state.schedule.counts.learned): Readiness {
  const { settings, learner, experience } = state;
  const { terminations } = experience.terminals.counts;
  const known = readinessAfter(settings, { steps, lessons: learner.counts.lessonUpdates, terminations });
  return { ...known, temperature: temperatureOf(state) };
}

/** Gives the kernels the units of rewards and values: they follow from scales and counts. */
export function applyScales(state: ObservedState): void {
  const { core, model, experience, level, recall } = state;
  const offset = rewardOffset(level);
  const range = rangeOf(state);
  applyUnits(core, model, {
    reference: referenceOf(level),
    offset,
    hasEndings: experience.terminals.counts.terminations > 0,
    ...range,
    valueBounds: valueBoundsOf(state, range),
  });
  if (recall !== undefined) setRecall(core, recall.record.instance, { rewardOffset: offset });
}

/** The bounds that simulated rewards are clamped to. */
function rangeOf(state: ObservedState) {
  const { continuing, ending } = state.experience.counts;
  const mean = state.recall?.counts.isFollowed ? state.level.counts.first + continuing.mean : undefined;
  return rewardRange(creditedRange(state), {
    deviation: Math.max(deviation(continuing), deviation(ending)),
    mean,
  });
}

/**
 * What a value may be at most and at least, counted from c: the greatest and the least reward for ever, or nothing after an end.
 * A value that plans end in, and that learns from them, may climb beyond what rewards can add up to. No bounds where γ = 1, and
 * where information counts as well.
 */
export function valueBoundsOf(
  state: ObservedState,
  { rewardLow, rewardHigh } = rangeOf(state),
): readonly [low: number, high: number] {
  const { settings, level, experience } = state;
  if (settings.discount === 1 || settings.informationWeight !== 0) return [0, 0];
  const steps = 1 / (1 - settings.discount);
  const [low, high] = [rewardLow, rewardHigh].map((reward) => (reward - referenceOf(level)) * steps);
  return experience.terminals.counts.terminations > 0 ? [Math.min(0, low), Math.max(0, high)] : [low, high];
}

/** The least and the greatest reward as far as they count, in units of the world: those that came with an end as they are. */
function creditedRange({ experience, counts, level }: ObservedState) {
  const { continuing, lowest, highest, lowestEnding, highestEnding, credit } = experience.counts;
  const { least, most } = creditOf(credit, continuing);
  const { first } = level.counts;
  return {
    rewardLow: lowest < least ? first + Math.min(least, lowestEnding) : counts.rewardLow,
    rewardHigh: highest > most ? first + Math.max(most, highestEnding) : counts.rewardHigh,
  };
}

/** Whether no state is known to be better than another: nothing can be gained, or nothing but by what actions cost. */
export function looksFar({ counts, cost, experience }: ObservedState): boolean {
  const { terminations } = experience.terminals.counts;
  return !hasGoal(counts, terminations) || (terminations === 0 && cost.counts.isAll);
}
