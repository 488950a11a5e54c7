import type { Columns } from "../core/gather.ts";
import { allocateTable, columnsOf, pushRow, rowOf, type Table } from "../core/table.ts";
import type { Memory } from "../models/network.ts";

/**
 * What planning found, one plan a row: [x (D) | posterior of the first action (labels) | value of the plan]. The newest
 * `capacity` are remembered; habit and value learn from them.
 */
export interface Lessons extends Table {
  readonly D: number;
  readonly labels: number;
}

export function allocateLessons(memory: Memory, D: number, labels: number, capacity: number): Lessons {
  return { ...allocateTable(memory, D + labels + 1, capacity), D, labels };
}

export const lessonStates = (l: Lessons): Columns => columnsOf(l, 0, l.D);
export const lessonLabels = (l: Lessons): Columns => columnsOf(l, l.D, l.labels);
export const lessonValues = (l: Lessons): Columns => columnsOf(l, l.D + l.labels, 1);

/** Keeps the values within bounds that hold by now. @param bounds none where they are the same */
export function boundValues(
  { table, stride, counts }: Lessons,
  [low, high]: readonly [number, number],
): void {
  if (low >= high) return;
  for (let place = stride - 1; place < counts.rows * stride; place += stride)
    table[place] = Math.max(low, Math.min(high, table[place]));
}

export function appendLesson(
  lessons: Lessons,
  state: Float32Array,
  label: Float32Array,
  value: number,
): void {
  const { D, labels } = lessons;
  const row = rowOf(lessons, pushRow(lessons));
  row.set(state);
  row.set(label, D);
  row[D + labels] = value;
}
