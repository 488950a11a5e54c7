import type { Columns } from "../core/gather.ts";
import type { Memory } from "../models/network.ts";
import { including, type Moments, NO_MOMENTS } from "./moments.ts";
import { listTerminal, unlistTerminal } from "./terminals.ts";

/**
 * The agent's transitions, one a row: [x (D) | a (A) | x' − x (D) | r | terminated]. When the table is full the oldest
 * row gives way. `terminals` begins with the rows at which the world ended, so that learning can visit them more often.
 */
export interface Experience {
  readonly D: number;
  readonly A: number;
  readonly stride: number;
  readonly capacity: number;
  readonly table: Float32Array;
  readonly terminals: Uint32Array;
  readonly counts: {
    /** Rows filled. */
    rows: number;
    /** Row that is written next. */
    next: number;
    /** Terminations seen. */
    terminations: number;
    /** Rows that `terminals` lists. */
    listed: number;
    /** Moments of the rewards of all steps that did not end the world, and of those that did. */
    continuing: Moments;
    ending: Moments;
  };
}

const MOST_TERMINALS = 1024;

export function allocateExperience(memory: Memory, D: number, A: number, capacity: number): Experience {
  const stride = 2 * D + A + 2;
  return {
    D,
    A,
    stride,
    capacity,
    table: memory.f32(capacity * stride),
    terminals: memory.u32(MOST_TERMINALS),
    counts: { rows: 0, next: 0, terminations: 0, listed: 0, continuing: NO_MOMENTS, ending: NO_MOMENTS },
  };
}

/** Columns [x, a], the model's inputs. */
export function inputColumns({ table, stride, D, A }: Experience): Columns {
  return { table, stride, offset: 0, width: D + A };
}

/** Columns [x]. */
export function stateColumns({ table, stride, D }: Experience): Columns {
  return { table, stride, offset: 0, width: D };
}

/** Columns [x' − x]. */
export function changeColumns({ table, stride, D, A }: Experience): Columns {
  return { table, stride, offset: D + A, width: D };
}

/** Columns [x' − x, r], the model's targets. */
export function targetColumns({ table, stride, D, A }: Experience): Columns {
  return { table, stride, offset: D + A, width: D + 1 };
}

/** Column [r]. */
export function rewardColumn({ table, stride, D, A }: Experience): Columns {
  return { table, stride, offset: 2 * D + A, width: 1 };
}

/** Column [terminated]. */
export function endedColumn({ table, stride, D, A }: Experience): Columns {
  return { table, stride, offset: 2 * D + A + 1, width: 1 };
}

/** The row that the next transition is written to, to be filled in the order of the columns. */
export function appendRow(
  experience: Experience,
  { reward, terminated }: { readonly reward: number; readonly terminated: boolean },
): Float32Array {
  const { table, stride, capacity, counts } = experience;
  const row = counts.next;
  unlistTerminal(experience, row);
  if (terminated) listTerminal(experience, row);
  const kind = terminated ? "ending" : "continuing";
  counts[kind] = including(counts[kind], reward);
  counts.next = (row + 1) % capacity;
  counts.rows = Math.max(counts.rows, row + 1);
  return table.subarray(row * stride, (row + 1) * stride);
}
