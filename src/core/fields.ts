import type { Core } from "./core.ts";
import { expectRoom } from "./expect.ts";

/** Fields of a kernels' class: their kinds, in its order; each takes four bytes. */
export type FieldKinds = Readonly<Record<string, "u32" | "f32" | "array">>;

/** Values of fields: numbers, and arrays of the same core. */
export type FieldValues<Fields extends FieldKinds> = {
  readonly [Name in keyof Fields]: Fields[Name] extends "array" ? Float32Array | Uint32Array : number;
};

/** An instance of a kernels' class. */
export interface Instance {
  readonly fields: Float32Array;
  readonly words: Uint32Array;
}

/** An instance in `memory`, with its fields unset. */
export function allocateFields(memory: Pick<Core, "u32">, kinds: FieldKinds): Instance {
  const words = memory.u32(Object.keys(kinds).length);
  return { words, fields: new Float32Array(words.buffer, words.byteOffset, words.length) };
}

/**
 * Sets fields of an instance of `kinds`, whose class takes `bytes` in the kernels.
 *
 * @throws TypeError when an array lies outside the core's memory; Error when the instance is of another class, or when
 *         TypeScript and the kernels disagree about the fields
 */
export function setFields<Fields extends FieldKinds>(
  { kernels }: Core,
  { words, fields }: Instance,
  values: Partial<FieldValues<Fields>>,
  { name: owner, kinds, bytes }: { readonly name: string; readonly kinds: Fields; readonly bytes: number },
): void {
  if (bytes !== words.byteLength)
    throw new Error(`${owner}: expected ${words.byteLength} bytes, got ${bytes} in the kernels`);
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
export function wordsOf<Kinds extends object>(kinds: Kinds): Readonly<Record<keyof Kinds, number>> {
  return Object.fromEntries(Object.keys(kinds).map((name, i) => [name, i])) as Record<keyof Kinds, number>;
}
