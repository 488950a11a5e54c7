import type { Core } from "../../core/core.ts";
import type { Instance } from "../../core/fields.ts";
import { allocateGuideRecord, setGuide } from "../../core/guide.ts";
import { mlpPredictRow, widestHidden } from "../../core/mlp.ts";
import { pad4, TILE } from "../../core/tiles.ts";
import type { ActionCoding } from "../actionCoding.ts";
import type { Memory, Network } from "../network.ts";
import { inverse } from "../statistics.ts";

/** Two networks that guide plans; both read the features of a belief. */
export interface Guide {
  /** features → logits [labels] of the action prior p_a(a | z), one group after the other. */
  readonly habit: Network;
  /** features → (V − shift) · scale. */
  readonly value: Network;
  /** Follows the value; what plans end in. */
  readonly slowValue: Network;
}

/** Workspace of one row of the habit. */
export type HabitRow = ReturnType<typeof allocateHabitRow>;

/** @param hidden widths of the habit's hidden layers */
export function allocateHabitRow(memory: Memory, { labels }: ActionCoding, hidden: readonly number[]) {
  return {
    logits: memory.f32(pad4(labels)),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0])),
  };
}

/**
 * Logits of the habit at one row of features.
 *
 * @param features [pad4(F)]
 * @returns [labels], overwritten by the next call
 */
export function habitLogits(
  core: Core,
  { habit }: Pick<Guide, "habit">,
  row: HabitRow,
  features: Float32Array,
  { labels }: ActionCoding,
): Float32Array {
  mlpPredictRow(core, row.logits, features, row.hidden, habit.parameters, habit.shape);
  return row.logits.subarray(0, labels);
}

/** A guide as plans ask it: the kernels' view (`assembly/nn/guide.ts`), and what they write before they read. */
export interface GuideView {
  readonly record: Instance;
  readonly work: { readonly hidden: Float32Array; readonly output: Float32Array };
}

type Networks = Pick<Guide, "habit" | "slowValue">;

export function allocateGuideView(memory: Memory, { habit, slowValue }: Networks): GuideView {
  const logits = habit.widths[habit.widths.length - 1];
  const widest = Math.max(widestHidden(habit.widths), widestHidden(slowValue.widths));
  return {
    record: allocateGuideRecord(memory),
    work: { hidden: memory.f32(2 * widest * TILE), output: memory.f32(pad4(logits) * TILE) },
  };
}

/** Gives the kernels where the networks lie; the units of the value are those of its output. */
export function bindGuide(core: Core, { record, work }: GuideView, { habit, slowValue }: Networks): void {
  setGuide(core, record, {
    habitShape: habit.shape,
    habitParameters: habit.parameters,
    valueShape: slowValue.shape,
    valueParameters: slowValue.parameters,
    valueMean: 0,
    valueStd: 1,
    valueLow: 0,
    valueHigh: 0,
    ...work,
  });
}

/** Gives the kernels what V is kept within; no bounds where they are the same. */
export function setValueBounds(
  core: Core,
  { record }: GuideView,
  [low, high]: readonly [number, number],
): void {
  setGuide(core, record, { valueLow: low, valueHigh: high });
}

/** V = shift + output / scale from now on, or the shift where the scale is 0. */
export function setValueUnits(
  core: Core,
  { record }: GuideView,
  { shift, scale }: { readonly shift: Float32Array; readonly scale: Float32Array },
): void {
  setGuide(core, record, { valueMean: shift[0], valueStd: inverse(scale[0]) });
}
