import type { Core } from "./core.ts";
import { allocateFields, type Instance, setFields } from "./fields.ts";
import { RECALL, type RecallValues } from "./generated/records.ts";

/** Places of the index of pairs, and rows that are kept of each, as in `assembly/simulation/recall.ts`. */
export const PLACE_BITS = 14;
export const ROWS_KEPT = 8;

/** Binding of `assembly/simulation/recall.ts`: a record in `memory`, with its fields unset. */
export function allocateRecallRecord(memory: Pick<Core, "u32">): Instance {
  return allocateFields(memory, RECALL);
}

/** Sets fields of a recall. @throws TypeError when an array lies outside the core's memory */
export function setRecall(core: Core, recall: Instance, values: Partial<RecallValues>): void {
  setFields(core, recall, RECALL, values);
}

/** Binding of `assembly/simulation/recall.ts`; shapes as there. @returns lanes that recall a row */
export function recallRows(
  { kernels }: Core,
  { words }: Instance,
  input: Float32Array,
  noise?: Float32Array,
): number {
  return kernels.recallRows(words.byteOffset, input.byteOffset, noise?.byteOffset ?? 0);
}

/** Binding of `assembly/simulation/recall.ts`; shapes as there. */
export function recallStates({ kernels }: Core, { words }: Instance, next: Float32Array): void {
  kernels.recallStates(words.byteOffset, next.byteOffset);
}

/** Binding of `assembly/simulation/recall.ts`; shapes as there. @param range what rewards are kept within */
export function recallOutcomes(
  { kernels }: Core,
  { words }: Instance,
  { rewards, endings }: { readonly rewards: Float32Array; readonly endings: Float32Array },
  [low, high]: readonly [low: number, high: number],
): void {
  kernels.recallOutcomes(words.byteOffset, rewards.byteOffset, endings.byteOffset, low, high);
}

/** Binding of `assembly/simulation/recall.ts`; shapes as there. */
export function countedGain(
  { kernels }: Core,
  { words }: Instance,
  gain: Float32Array,
  { particle, time }: { readonly particle: number; readonly time: number },
): void {
  kernels.countedGain(words.byteOffset, gain.byteOffset, particle, time);
}

/** Binding of `assembly/simulation/recall.ts`; shapes as there. */
export function snap({ kernels }: Core, { words }: Instance, states: Float32Array): void {
  kernels.snap(words.byteOffset, states.byteOffset);
}
