/** The first values of each of several dimensions, as precise as they came: they are looked at once more. */
import type { Memory } from "../models/network.ts";
import { FIRST } from "./firstReadings.ts";

/** [dimensions][FIRST][2] each value as the sum of two numbers of 32 bits: 48 bits of it. */
export type Firsts = ReturnType<typeof allocateFirsts>;

export function allocateFirsts(memory: Memory, dimensions: number) {
  return { values: memory.f32(dimensions * FIRST * 2) };
}

/** Keeps a value as the i-th of a dimension. @param i below FIRST */
export function keepFirst({ values }: Firsts, d: number, i: number, value: number): void {
  const high = Math.fround(value);
  values[(d * FIRST + i) * 2] = high;
  values[(d * FIRST + i) * 2 + 1] = value - high;
}

/** All FIRST values of a dimension. */
export function firstsOf({ values }: Firsts, d: number): readonly number[] {
  return Array.from(
    { length: FIRST },
    (_, i) => values[(d * FIRST + i) * 2] + values[(d * FIRST + i) * 2 + 1],
  );
}
