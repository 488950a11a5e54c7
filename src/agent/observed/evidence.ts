/** What a diagnosis reads of a mind that observes the state. */
import { STREAMS } from "../../core/streams.ts";
import { rowOf } from "../../core/table.ts";
import { pad4 } from "../../core/tiles.ts";
import { compareWithRandom } from "../../inference/advantage.ts";
import { enterPoints } from "../../inference/belief/point.ts";
import { unitOfReturns } from "../../learning/returns.ts";
import { headSize } from "../../models/generativeModel.ts";
import { type Foresight, foresightEvidence, includePrediction } from "../watch/foresight.ts";
import type { Comparison, MindEvidence } from "../watch/watch.ts";
import { readinessOf } from "./readiness.ts";
import { IMAGINED_PLANS, type ObservedState } from "./state.ts";

/** Takes in what the model foresaw of the step that was just remembered, where it was asked. */
export function foresee(
  { schedule, settings, model, work }: ObservedState,
  foresight: Foresight,
  { terminated }: { readonly terminated: boolean },
): void {
  if (terminated || schedule.counts.learned < settings.warmup + settings.delay) return;
  const { members, observationSize } = model.sizes;
  const { heads, target } = work.bound;
  includePrediction(foresight, heads, target, { members, rows: pad4(headSize(observationSize)) });
}

export function observedEvidence(state: ObservedState, foresight: Foresight): MindEvidence {
  const { counts, experience, model } = state;
  const { std } = model.statistics.running.state;
  return {
    rewardLow: counts.rewardLow,
    rewardHigh: counts.rewardHigh,
    terminations: experience.terminals.counts.terminations,
    dimensions: std.length,
    varied: std.reduce((sum, value) => sum + Number(value > 0), 0),
    foresight: foresightEvidence(foresight),
    compare: () => compare(state),
  };
}

/** Batches of states at which plans are compared with random actions. */
const BATCHES = 2;
/** Newest transitions that they are from. */
const NEWEST = 1000;

/** Plans at remembered states, evenly spread over the newest, beside random actions. Nothing that is saved changes. */
function compare(state: ObservedState): Comparison {
  const { core, experience, model, settings, counts, returns } = state;
  const { imagining, observations, workspaces } = state.work;
  const { D, capacity } = experience;
  const { rows, next } = experience.counts;
  const reach = Math.min(rows, NEWEST);
  const unit = unitOfReturns(returns, counts);
  const readiness = readinessOf(state);
  const iterations = settings.iterations + settings.firstIterations;
  const gains: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    for (let s = 0; s < IMAGINED_PLANS; s++) {
      const back = Math.floor(((s * BATCHES + batch) * reach) / (BATCHES * IMAGINED_PLANS));
      const row = (next - 1 - back + capacity) % capacity;
      observations.set(rowOf(experience, row).subarray(0, D), s * D);
    }
    enterPoints(imagining, observations, model.statistics);
    const round = { stream: STREAMS.diagnosis, step: batch, iterations };
    const { scores } = workspaces;
    compareWithRandom(core, imagining, readiness, { round, scores }, (gain) => gains.push(gain / unit));
  }
  const plans = gains.length;
  const gain = gains.reduce((sum, value) => sum + value, 0) / plans;
  const squares = gains.reduce((sum, value) => sum + (value - gain) * (value - gain), 0);
  return { plans, gain, error: Math.sqrt(squares / (plans - 1) / plans) };
}
