import type { Core } from "./core.ts";
import { expectRoom } from "./expect.ts";

/** The fields of a record in the kernels' memory, in its order; each takes four bytes. */
export type Fields = Readonly<Record<string, "u32" | "f32" | "array">>;

/** Values of a record's fields: numbers, and arrays of the same core. */
export type Values<Shape extends Fields> = {
  readonly [Name in keyof Shape]: Shape[Name] extends "array" ? Float32Array | Uint32Array : number;
};

/** A record that kernels read: `words` and `fields` are the same memory. */
export interface KernelRecord {
  readonly fields: Float32Array;
  readonly words: Uint32Array;
}

/** A record in `memory`, with its fields unset. */
export function allocateRecord(memory: Pick<Core, "u32">, shape: Fields): KernelRecord {
  const words = memory.u32(Object.keys(shape).length);
  return { words, fields: new Float32Array(words.buffer, words.byteOffset, words.length) };
}

/**
 * Sets fields of a record.
 *
 * @param bytes what the kernels say a record takes
 * @throws TypeError when an array lies outside the core's memory; Error when `shape` and the kernels disagree
 */
export function setRecord<Shape extends Fields>(
  { kernels }: Core,
  { words, fields }: KernelRecord,
  shape: Shape,
  bytes: number,
  values: Partial<Values<Shape>>,
): void {
  if (bytes !== words.length * 4)
    throw new Error(`record: expected ${words.length * 4} bytes, got ${bytes} in the kernels`);
  let index = 0;
  for (const name in shape) {
    const value = values[name];
    if (typeof value === "number") {
      if (shape[name] === "f32") fields[index] = value;
      else words[index] = value;
    } else if (value !== undefined) {
      expectRoom(name, value, 0, kernels.memory);
      words[index] = value.byteOffset;
    }
    index++;
  }
}
