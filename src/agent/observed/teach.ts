/** What habit and value learn from: plans, and where episodes ended. */
import { rowOf } from "../../core/table.ts";
import { appendLesson } from "../../learning/lessons.ts";
import { rewardOffset } from "../../learning/level.ts";
import { within } from "../../learning/steadyMoments.ts";
import type { ObservedState } from "./state.ts";

/** Units from the mean beyond which a plan's value changes the value's unit at once: a first goal. */
const FAR_VALUE = 10;
/** Plans after which the value learns an end once more: one lesson in eight is an end. */
export const PLANS_PER_END = 7;
const NO_LABEL = new Float32Array(0);

/** Stores what a plan found, for habit and value. A plan whose numbers went beyond f32 teaches nothing. */
export function teach(state: ObservedState, from: Float32Array, label: Float32Array, value: number): void {
  const { lessons, valueLessons, model, counts } = state;
  if (!Number.isFinite(value)) return;
  const { shift, scale } = model.statistics.value;
  const distance = Math.abs(value - shift[0]);
  if (scale[0] === 0 ? distance > 0 : distance * scale[0] > FAR_VALUE) counts.hasFarValue = true;
  appendLesson(lessons, from, label, value);
  appendLesson(valueLessons, from, NO_LABEL, value);
  counts.taught++;
  if (counts.taught % PLANS_PER_END === 0) teachEnd(state, counts.taught / PLANS_PER_END);
}

/**
 * The value learns where episodes ended, one after the other: V(x_T) = r_T, the reward that came with the end, where this is
 * less than the mean value.
 *
 * A plan ends at x_T, and has no value there, as far as the model predicts the end. Ends are few: if all at one border came
 * with the same action, the model predicts none with another one. The value, which had no lesson beyond the border, would
 * then reach on from this side of it. See docs/decisions/0035-values-where-episodes-end.md.
 *
 * @param turn which end, counted on for ever
 */
function teachEnd(
  { experience, valueLessons, level, model, work: { end } }: ObservedState,
  turn: number,
): void {
  const { D, A, terminals } = experience;
  const { rows } = terminals.counts;
  if (rows === 0) return;
  const row = rowOf(experience, terminals.list[turn % rows]);
  for (let d = 0; d < D; d++) end[d] = row[d] + row[D + A + d];
  const worth = within(experience.counts.ending, row[2 * D + A]) + rewardOffset(level);
  if (worth < model.statistics.value.shift[0]) appendLesson(valueLessons, end, NO_LABEL, worth);
}
