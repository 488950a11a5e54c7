/** A mind that observes the state looks at its first readings once more, when there are five. */

import type { RunningMoments } from "../../core/running.ts";
import { fullCredit, includeOrdinary } from "../../learning/credit.ts";
import type { Experience } from "../../learning/experience.ts";
import { FIRST, withoutFault, withoutJumps } from "../../learning/firstReadings.ts";
import { firstsOf } from "../../learning/firsts.ts";
import { including, type Moments, NO_MOMENTS } from "../../learning/moments.ts";
import { amendReturns } from "../../learning/returns.ts";
import { within } from "../../learning/steadyMoments.ts";
import { noticeFault } from "../notices.ts";
import type { ObservedState } from "./state.ts";

/**
 * Takes faults among the first readings out of the scales that they have set. In the experience they count as eight deviations
 * from the others, too: one transition whose change is a hundred deviations spoils the model for hundreds of steps.
 */
export function lookAgain(state: ObservedState): void {
  const { experience, model, firsts, notices } = state;
  if (experience.counts.rows !== FIRST) return;
  const { D, A } = experience;
  const { running } = model.statistics;
  for (let d = 0; d < D; d++) {
    const changes = column(experience, D + A + d);
    const steady = withoutJumps(changes);
    amend(running.change, d, steady);
    if (steady !== undefined) write(experience, D + A + d, steady);
    const unit = Math.max(...(steady ?? changes).map(Math.abs));
    const values = firstsOf(firsts, d);
    const amended = withoutFault(values, unit);
    if (amended === undefined) continue;
    if (amended[0] !== values[0]) moveOrigin(state, d, values);
    const from = state.origin.counts[d];
    const counted = amended.map((value) => value - from);
    amend(running.state, d, counted);
    write(experience, d, counted);
    const far = Math.max(...values.map((value) => Math.abs(value - from - running.state.mean[d])));
    noticeFault(notices, d, far / running.state.std[d]);
  }
  if (experience.counts.continuing.count === FIRST) lookAtRewards(state);
}

function lookAtRewards({ experience, level, returns, firsts }: ObservedState): void {
  const { table, stride, counts, D, A } = experience;
  const rewards = firstsOf(firsts, D);
  const amended = withoutFault(rewards);
  if (amended === undefined) return;
  const { first } = level.counts;
  // what all rewards are counted from is none of the faults
  if (amended[0] !== rewards[0]) level.counts.first = rewards[1];
  const by = level.counts.first - first;
  for (const [row, reward] of rewards.entries())
    table[row * stride + 2 * D + A] = reward - level.counts.first;
  counts.lowest -= by;
  counts.highest -= by;
  counts.continuing = NO_MOMENTS;
  Object.assign(counts.credit, fullCredit());
  for (const reward of amended) {
    const counted = reward - level.counts.first;
    includeOrdinary(counts.credit, counts.continuing, counted);
    counts.continuing = including(counts.continuing, counted);
  }
  amendReturns(returns, (reward) => within(counts.continuing, reward - by));
}

/** A dimension is counted from its second reading. */
function moveOrigin({ origin, lanes }: ObservedState, d: number, values: readonly number[]): void {
  const by = values[1] - origin.counts[d];
  origin.counts[d] = values[1];
  for (const { counts, observation } of lanes) if (counts.chosenBy !== "nobody") observation[d] -= by;
}

function write({ table, stride }: Experience, place: number, values: readonly number[]): void {
  for (const [row, value] of values.entries()) table[row * stride + place] = value;
}

function column({ table, stride }: Experience, place: number): readonly number[] {
  return Array.from({ length: FIRST }, (_, row) => table[row * stride + place]);
}

function amend({ mean, std }: RunningMoments, d: number, amended: readonly number[] | undefined): void {
  if (amended === undefined) return;
  const moments = amended.reduce<Moments>(including, NO_MOMENTS);
  mean[d] = moments.mean;
  std[d] = Math.sqrt(moments.squares / moments.count);
}
