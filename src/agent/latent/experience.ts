/** How a mind with a belief takes in a transition: observations and rewards are counted from the first ones, in f64. */
import { rowOf } from "../../core/table.ts";
import type { Vector } from "../../environments/environment.ts";
import { FIRST, withoutFault, withoutJumps } from "../../learning/firstReadings.ts";
import { firstsOf, keepFirst } from "../../learning/firsts.ts";
import { closeLevel, type Valued, worthLeftOut } from "../../learning/level.ts";
import { including, type Moments, NO_MOMENTS } from "../../learning/moments.ts";
import { includeReadings } from "../../learning/readings.ts";
import { amendReturns } from "../../learning/returns.ts";
import {
  appendObservation,
  labelNewest,
  movePlanValues,
  type PreviousStep,
  planValues,
  type Sequences,
} from "../../learning/sequences.ts";
import { within } from "../../learning/steadyMoments.ts";
import type { Lane } from "../lane.ts";
import { noticeObservation, noticeReward } from "../notices.ts";
import type { Transition } from "../transition.ts";
import type { LatentState } from "./state.ts";

/** Stores a transition, and the label of its plan. */
export function storeStep(
  state: LatentState,
  lane: Lane,
  { observation, reward, nextObservation, terminated }: Transition<Vector>,
  label: Float32Array | undefined,
): void {
  const { sequences, counts, level } = state;
  if (counts.rewardLow > counts.rewardHigh) level.counts.first = reward;
  if (!lane.counts.isRemembered) enter(state, observation);
  if (label !== undefined) labelNewest(sequences, label, lane.planner.info[0]);
  const { count } = sequences.counts.continuing;
  if (!terminated && count < FIRST) keepFirst(state.firsts, sequences.X, count, reward);
  enter(state, nextObservation, { action: lane.action, reward: reward - level.counts.first, terminated });
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  if (!terminated && sequences.counts.rows > state.settings.warmup)
    noticeReward(state.notices, reward - level.counts.first, sequences.counts.continuing);
  if (!terminated && sequences.counts.continuing.count === FIRST) lookAtRewards(state);
}

/** Adds an observation, counted from the origin: the first that was seen of each dimension. NaN was not seen. */
function enter(state: LatentState, observation: Vector, previous?: PreviousStep): void {
  const { origin, readings, sequences, firsts } = state;
  const seen = readings.seen.counts;
  const row = Float64Array.from(observation, (value, d) => {
    if (Number.isNaN(value)) return value;
    if (seen[d] === 0) countFrom(state, d, value);
    if (seen[d] < FIRST) keepFirst(firsts, d, seen[d], value);
    return value - origin.counts[d];
  });
  appendObservation(sequences, row, previous);
  includeReadings(readings, row);
  if (sequences.counts.rows > state.settings.warmup + 1)
    noticeObservation(state.notices, row, state.model.scales.observation);
  for (let d = 0; d < row.length; d++) if (seen[d] === FIRST && !Number.isNaN(row[d])) lookAgain(state, d);
}

/** What a dimension is counted from becomes another value, also for what was acted at. */
function countFrom({ origin, lanes }: LatentState, d: number, value: number): void {
  for (const { counts, observation } of lanes)
    if (counts.chosenBy !== "nobody") observation[d] += origin.counts[d] - value;
  origin.counts[d] = value;
}

/** What is counted from the level. */
export function valuedOf({ sequences, model }: LatentState): Valued {
  return {
    planned: () => planValues(sequences),
    move(by) {
      movePlanValues(sequences, by);
      model.scales.value.shift[0] += by;
    },
  };
}

/** The first end: all values are counted from 0 from now on, those of running plans too. */
export function forgetLevel(state: LatentState): void {
  const worth = worthLeftOut(state.level);
  closeLevel(state.level, valuedOf(state));
  for (const { planner, counts } of state.lanes)
    if (counts.chosenBy !== "nobody") planner.info[0] += worth - worthLeftOut(state.level);
}

/** Takes a fault among the first readings of a dimension out of the moments that it has set; the rows keep it as it came. */
function lookAgain(state: LatentState, d: number): void {
  const { readings, sequences, origin, firsts } = state;
  const values = firstsOf(firsts, d);
  const changes = values.slice(1).map((value, i) => value - values[i]);
  const unit = Math.max(...(withoutJumps(changes) ?? changes).map(Math.abs));
  const amended = withoutFault(values, unit);
  // rows that were overwritten cannot be counted anew
  if (amended === undefined || sequences.counts.rows === sequences.capacity) return;
  if (amended[0] !== values[0]) {
    countFrom(state, d, values[1]);
    const rows = rowsOf(sequences).filter((row) => !Number.isNaN(row[d]));
    for (const [i, row] of rows.entries()) row[d] = values[i] - values[1];
  }
  const { mean, squares } = momentsOf(amended, origin.counts[d]);
  readings.mean.counts[d] = mean;
  readings.squares.counts[d] = squares;
}

/** The same of the rewards of steps that did not end the world. */
function lookAtRewards({ sequences, level, returns, firsts }: LatentState): void {
  const { X, A, ages, counts } = sequences;
  const values = firstsOf(firsts, X);
  const amended = withoutFault(values);
  if (amended === undefined || counts.rows === sequences.capacity) return;
  const { first } = level.counts;
  // what all rewards are counted from is none of the faults
  if (amended[0] !== values[0]) level.counts.first = values[1];
  const by = level.counts.first - first;
  const rows = rowsOf(sequences).filter((_, row) => ages[row] > 0);
  for (const row of rows) row[X + A] -= by;
  const continuing = rows.filter((row) => row[X + A + 1] === 0);
  for (const [i, row] of continuing.entries()) row[X + A] = values[i] - level.counts.first;
  counts.lowest -= by;
  counts.lowestEnding -= by;
  counts.ending = { ...counts.ending, mean: counts.ending.mean - by };
  counts.continuing = momentsOf(amended, level.counts.first);
  amendReturns(returns, (reward) => within(counts.continuing, reward - by));
}

const rowsOf = (sequences: Sequences) =>
  Array.from({ length: sequences.counts.rows }, (_, row) => rowOf(sequences, row));

const momentsOf = (values: readonly number[], origin: number) =>
  values.map((value) => value - origin).reduce<Moments>(including, NO_MOMENTS);
