import type { Columns } from "../core/gather.ts";
import type { Memory } from "../models/network.ts";

/**
 * What planning found, one plan a row: [x (D) | posterior of the first action (labels) | value of the plan]. The newest
 * `capacity` are kept; habit and value learn from them.
 */
export interface Lessons {
  readonly D: number;
  readonly labels: number;
  readonly stride: number;
  readonly capacity: number;
  readonly table: Float32Array;
  readonly counts: { rows: number; next: number };
}

export function allocateLessons(memory: Memory, D: number, labels: number, capacity: number): Lessons {
  const stride = D + labels + 1;
  return { D, labels, stride, capacity, table: memory.f32(capacity * stride), counts: { rows: 0, next: 0 } };
}

export function lessonStates({ table, stride, D }: Lessons): Columns {
  return { table, stride, offset: 0, width: D };
}

export function lessonLabels({ table, stride, D, labels }: Lessons): Columns {
  return { table, stride, offset: D, width: labels };
}

export function lessonValues({ table, stride, D, labels }: Lessons): Columns {
  return { table, stride, offset: D + labels, width: 1 };
}

export function appendLesson(
  { table, stride, D, labels, capacity, counts }: Lessons,
  state: Float32Array,
  label: Float32Array,
  value: number,
): void {
  const row = counts.next * stride;
  table.set(state, row);
  table.set(label, row + D);
  table[row + D + labels] = value;
  counts.next = (counts.next + 1) % capacity;
  counts.rows = Math.min(counts.rows + 1, capacity);
}
