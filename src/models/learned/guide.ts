import type { Core } from "../../core/core.ts";
import { mlpPredictRow, widestHidden } from "../../core/mlp.ts";
import { pad4 } from "../../core/tiles.ts";
import type { ActionCoding } from "../actionCoding.ts";
import type { Memory, Network } from "../network.ts";

/** Two networks that guide plans; both read the features of a belief. */
export interface Guide {
  /** features → logits [groups][bins] of the action prior p_a(a | z). */
  readonly habit: Network;
  /** features → (V − shift) · scale. */
  readonly value: Network;
  /** Follows the value; what plans end in. */
  readonly slowValue: Network;
}

/** Workspace of one row of the habit. */
export type HabitRow = ReturnType<typeof allocateHabitRow>;

/** @param hidden widths of the habit's hidden layers */
export function allocateHabitRow(memory: Memory, { groups, bins }: ActionCoding, hidden: readonly number[]) {
  return {
    logits: memory.f32(pad4(groups * bins)),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0])),
  };
}

/**
 * Logits of the habit at one row of features.
 *
 * @param features [pad4(F)]
 * @returns [groups][bins], overwritten by the next call
 */
export function habitLogits(
  core: Core,
  { habit }: Pick<Guide, "habit">,
  row: HabitRow,
  features: Float32Array,
  { groups, bins }: ActionCoding,
): Float32Array {
  mlpPredictRow(core, row.logits, features, row.hidden, habit.parameters, habit.shape);
  return row.logits.subarray(0, groups * bins);
}
