import type { Core } from "./core.ts";
import type { Columns } from "./gather.ts";

/** A ring of rows: when it is full, the oldest gives way to the newest. A tree saves it as far as it is filled (`tree.ts`). */
export interface Table {
  readonly stride: number;
  readonly capacity: number;
  /** [capacity][stride]. */
  readonly table: Float32Array;
  readonly counts: {
    /** Rows filled. */
    rows: number;
    /** Row that is written next. */
    next: number;
  };
}

export function allocateTable(memory: Pick<Core, "f32">, stride: number, capacity: number): Table {
  return { stride, capacity, table: memory.f32(capacity * stride), counts: { rows: 0, next: 0 } };
}

/** Counts one row more. @returns the row to be written: the oldest of a full table */
export function pushRow({ capacity, counts }: Table): number {
  const row = counts.next;
  counts.next = (row + 1) % capacity;
  counts.rows = Math.max(counts.rows, row + 1);
  return row;
}

/** The values of a row. */
export function rowOf({ table, stride }: Table, row: number): Float32Array {
  return table.subarray(row * stride, (row + 1) * stride);
}

/** The row that was written last. */
export function newestRow({ capacity, counts }: Table): number {
  return (counts.next + capacity - 1) % capacity;
}

/** `width` columns from `offset` on. */
export function columnsOf({ table, stride }: Table, offset: number, width: number): Columns {
  return { table, stride, offset, width };
}
