/** How a mind that observes the state takes in a transition. */

import { newestRow } from "../../core/table.ts";
import type { Vector } from "../../environments/environment.ts";
import { includeCost } from "../../learning/actionCost.ts";
import { boundOf, expectedReward } from "../../learning/bound.ts";
import { judgeCredit } from "../../learning/credit.ts";
import { appendRow } from "../../learning/experience.ts";
import { FIRST } from "../../learning/firstReadings.ts";
import { keepFirst } from "../../learning/firsts.ts";
import { closeLevel, valuedLessons, worthLeftOut } from "../../learning/level.ts";
import { deviation } from "../../learning/moments.ts";
import { enterRow, leaveRow } from "../../learning/recall.ts";
import { isSurprising } from "../../learning/rescaling.ts";
import { includeReward } from "../../learning/returns.ts";
import { within } from "../../learning/steadyMoments.ts";
import { includeRow } from "../../models/statistics.ts";
import type { Lane } from "../lane.ts";
import type { Remembered } from "../mind.ts";
import { noticeObservation, noticeReward } from "../notices.ts";
import { temperatureOf } from "../readiness.ts";
import type { Transition } from "../transition.ts";
import { lookAgain } from "./firstReadings.ts";
import { settleLoneReading } from "./loneReadings.ts";
import { includeInput } from "./novelty.ts";
import { applyScales } from "./readiness.ts";
import type { ObservedState } from "./state.ts";
import { teach } from "./teach.ts";

/** Stores a transition, and the lesson of its plan. */
export function rememberObserved(
  state: ObservedState,
  lane: Lane,
  transition: Transition<Vector>,
  label: Float32Array | undefined,
): Remembered {
  const { action, observation, planner } = lane;
  const { core, settings, model, experience, schedule, level, cost, counts } = state;
  const { reward, terminated } = transition;
  const { likelihoodNoise: noise, warmup, discount } = settings;
  const { row, isAlone } = storeRow(state, transition, action);
  const counted = reward - level.counts.first;
  if (!terminated && experience.counts.rows > warmup) {
    const { inputShift: shift, inputScale: scale } = model.statistics;
    noticeObservation(state.notices, row, { shift, scale });
    noticeReward(state.notices, counted, experience.counts.continuing);
  }
  const range = counts.rewardHigh - counts.rewardLow;
  includeCost(cost, action, counted, { range, isKnown: 2 * schedule.counts.remembered >= warmup });
  if (terminated) forgetLevel(state);
  applyScales(state);
  // what was planned at a reading that stands alone teaches nothing
  if (label !== undefined && !isAlone) teach(state, observation, label, planner.info[0]);
  const temperature = temperatureOf(state);
  const { continuing, ending } = experience.counts;
  const steady = { ...transition, reward: within(terminated ? ending : continuing, counted) };
  const { first } = level.counts;
  includeReward(state.returns, steady, { discount, first, lane: state.lanes.indexOf(lane) });
  includeInput(state, row);
  const isTrained = schedule.counts.learned >= warmup;
  const context = { reward, label, isTrained, noise, temperature };
  const bound = boundOf(core, model, state.work.bound, row, context);
  const isJudged = isTrained && !terminated && judge(state, counted);
  const known = { mean: continuing.mean, deviation: deviation(continuing), endings: ending.count };
  return { bound, isSurprising: isJudged || isSurprising({ reward: counted, terminated }, known) };
}

/** @returns whether far rewards count otherwise from now on */
function judge({ experience, work, model }: ObservedState, reward: number): boolean {
  const { credit, continuing, highest } = experience.counts;
  const expected = expectedReward(work.bound, model.sizes);
  return judgeCredit(credit, continuing, { reward, expected, highest, slopes: model.statistics.slopes });
}

/** The first end: all values are counted from 0 from now on, those of running plans too. */
function forgetLevel(state: ObservedState): void {
  const worth = worthLeftOut(state.level);
  closeLevel(state.level, valuedOf(state));
  // a lane without an episode has no plan, and stays as `reset` leaves it
  for (const { planner, counts } of state.lanes)
    if (counts.chosenBy !== "nobody") planner.info[0] += worth - worthLeftOut(state.level);
}

function storeRow(state: ObservedState, transition: Transition<Vector>, action: Float32Array) {
  const { core, experience, model, counts, level, origin, lanes, firsts } = state;
  const { observation, reward, nextObservation, terminated } = transition;
  const { D, A } = experience;
  if (experience.counts.rows === 0) {
    level.counts.first = reward;
    for (let d = 0; d < D; d++) origin.counts[d] = observation[d];
    // what was acted at before there was an origin
    for (const { counts: acted, observation: seen } of lanes)
      if (acted.chosenBy !== "nobody") for (let d = 0; d < D; d++) seen[d] -= observation[d];
  }
  const { rows } = experience.counts;
  if (rows < FIRST) for (let d = 0; d <= D; d++) keepFirst(firsts, d, rows, d < D ? observation[d] : reward);
  const counted = reward - level.counts.first;
  if (state.recall !== undefined) leaveRow(state.recall, experience);
  const row = appendRow(experience, { reward: counted, terminated });
  for (let d = 0; d < D; d++) row[d] = observation[d] - origin.counts[d];
  row.set(action, D);
  for (let d = 0; d < D; d++) row[D + A + d] = nextObservation[d] - observation[d];
  row[2 * D + A] = counted;
  row[2 * D + A + 1] = Number(terminated);
  const isAlone = settleLoneReading(state);
  const parts = { state: row.subarray(0, D), change: row.subarray(D + A, 2 * D + A) };
  includeRow(core, model.statistics, parts, experience.capacity);
  counts.rewardLow = Math.min(counts.rewardLow, reward);
  counts.rewardHigh = Math.max(counts.rewardHigh, reward);
  lookAgain(state);
  if (state.recall !== undefined) enterRow(state.recall, experience, newestRow(experience));
  return { row, isAlone };
}

/** What is counted from the level. */
export function valuedOf({ valueLessons, model }: ObservedState) {
  return valuedLessons({ valueLessons, statistics: model.statistics });
}
