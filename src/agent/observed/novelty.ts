/** Which inputs of the model are no longer new. */
import { includeNovelty, type Novelty, rebuildNovelty } from "../../learning/novelty.ts";
import { bounded } from "../../models/statistics.ts";
import type { ObservedState } from "./state.ts";

/** Takes in the input of a new row. */
export function includeInput(state: ObservedState, row: Float32Array): void {
  if (state.novelty === undefined) return;
  enterInput(state, state.novelty, row, 0);
  includeNovelty(state.core, state.novelty);
}

/** Novelty by the scales as they are now. */
export function refreshNovelty(state: ObservedState): void {
  const { core, experience, novelty } = state;
  if (novelty === undefined) return;
  const { table, stride } = experience;
  rebuildNovelty(core, novelty, experience.counts.rows, (row) =>
    enterInput(state, novelty, table, row * stride),
  );
}

/** The input of the model in the row that begins at `from`, as novelty reads it. */
function enterInput(
  { model }: ObservedState,
  { work: { input } }: Novelty,
  rows: Float32Array,
  from: number,
): void {
  const { inputShift, inputScale } = model.statistics;
  for (let i = 0; i < input.length; i++) input[i] = bounded((rows[from + i] - inputShift[i]) * inputScale[i]);
}
