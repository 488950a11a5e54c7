/** A mind that sees the state looks at its first readings once more, when there are five. */

import type { RunningMoments } from "../../core/running.ts";
import { fullCredit, includeOrdinary } from "../../learning/credit.ts";
import type { Experience } from "../../learning/experience.ts";
import { FIRST, withoutFault, withoutJumps } from "../../learning/firstReadings.ts";
import { including, type Moments, NO_MOMENTS } from "../../learning/moments.ts";
import { amendReturns } from "../../learning/returns.ts";
import { within } from "../../learning/steadyMoments.ts";
import type { ObservedState } from "./state.ts";

/** Takes faults among the first readings out of the scales that they have set; the experience keeps them as they came. */
export function lookAgain(state: ObservedState): void {
  const { experience, model } = state;
  if (experience.counts.rows !== FIRST) return;
  const { D, A } = experience;
  const { running } = model.statistics;
  for (let d = 0; d < D; d++) {
    const changes = column(experience, D + A + d);
    const steady = withoutJumps(changes);
    amend(running.change, d, steady);
    const unit = Math.max(...(steady ?? changes).map(Math.abs));
    const values = column(experience, d);
    const amended = withoutFault(values, unit);
    if (amended === undefined) continue;
    amend(running.state, d, amended);
    if (amended[0] !== values[0]) moveOrigin(state, d, values[1]);
  }
  if (experience.counts.continuing.count === FIRST) lookAtRewards(state);
}

function lookAtRewards({ experience, level, returns }: ObservedState): void {
  const { table, stride, counts, D, A } = experience;
  const rewards = column(experience, 2 * D + A);
  const amended = withoutFault(rewards);
  if (amended === undefined) return;
  // what all rewards are counted from is none of the faults
  const by = amended[0] === rewards[0] ? 0 : rewards[1];
  level.counts.first += by;
  for (let row = 0; row < FIRST; row++) table[row * stride + 2 * D + A] -= by;
  counts.lowest -= by;
  counts.highest -= by;
  counts.continuing = NO_MOMENTS;
  Object.assign(counts.credit, fullCredit());
  for (const reward of amended) {
    includeOrdinary(counts.credit, counts.continuing, reward - by);
    counts.continuing = including(counts.continuing, reward - by);
  }
  amendReturns(returns, (reward) => within(counts.continuing, reward - by));
}

/** What a dimension is counted from moves. */
function moveOrigin({ experience, model, origin, lanes }: ObservedState, d: number, by: number): void {
  origin.counts[d] += by;
  for (let row = 0; row < FIRST; row++) experience.table[row * experience.stride + d] -= by;
  model.statistics.running.state.mean[d] -= by;
  for (const { counts, observation } of lanes) if (counts.chosenBy !== "nobody") observation[d] -= by;
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
