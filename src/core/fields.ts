import type { Core } from "./core.ts";
import { expectRoom } from "./expect.ts";

/** A kernels' class: the kinds of its fields, in its order; each takes four bytes (`scripts/records.mjs`). */
export interface RecordType<Values> {
  readonly name: string;
  readonly kinds: { readonly [Name in keyof Values]: "u32" | "f32" | "array" };
}

/** An instance of a kernels' class. */
export interface Instance {
  readonly fields: Float32Array;
  readonly words: Uint32Array;
}

/** An instance in `memory`, with its fields unset. */
export function allocateFields<Values>(memory: Pick<Core, "u32">, { kinds }: RecordType<Values>): Instance {
  const words = memory.u32(Object.keys(kinds).length);
  return { words, fields: new Float32Array(words.buffer, words.byteOffset, words.length) };
}

/**
 * Sets fields of an instance.
 *
 * @throws TypeError when an array lies outside the core's memory; Error when the instance is of another class
 */
export function setFields<Values>(
  { kernels }: Core,
  { words, fields }: Instance,
  { name: owner, kinds }: RecordType<Values>,
  values: Partial<Values>,
): void {
  const size = Object.keys(kinds).length;
  if (size !== words.length)
    throw new Error(`${owner}: expected a record of ${size} fields, got one of ${words.length}`);
  let index = -1;
  for (const name in kinds) {
    index++;
    const value = values[name] as number | Float32Array | Uint32Array | undefined;
    if (value === undefined) continue;
    if (typeof value !== "number") {
      expectRoom(name, value, 0, kernels.memory);
      words[index] = value.byteOffset;
    } else if (kinds[name] === "f32") fields[index] = value;
    else words[index] = value;
  }
}

/** Where each field lies in a record, in words. */
export function wordsOf<Values>({ kinds }: RecordType<Values>): Readonly<Record<keyof Values, number>> {
  return Object.fromEntries(Object.keys(kinds).map((name, i) => [name, i])) as Record<keyof Values, number>;
}
