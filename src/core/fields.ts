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
  type: RecordType<Values>,
  values: Partial<Values>,
): void {
  const places = placesOf(type);
  if (places.size !== words.length)
    throw new Error(`${type.name}: expected a record of ${places.size} fields, got one of ${words.length}`);
  for (const name in values) {
    const value = values[name] as number | Float32Array | Uint32Array | undefined;
    const index = places.get(name);
    if (value === undefined || index === undefined) continue;
    if (typeof value !== "number") {
      expectRoom(name, value, 0, kernels.memory);
      words[index] = value.byteOffset;
    } else if (type.kinds[name] === "f32") fields[index] = value;
    else words[index] = value;
  }
}

/** Where each field lies in a record, in words. */
export function wordsOf<Values>(type: RecordType<Values>): Readonly<Record<keyof Values, number>> {
  return Object.fromEntries(placesOf(type)) as Record<keyof Values, number>;
}

/** The same, found once for each class: fields are set at every step. */
const found = new WeakMap<object, ReadonlyMap<string, number>>();

function placesOf<Values>({ kinds }: RecordType<Values>): ReadonlyMap<string, number> {
  let places = found.get(kinds);
  if (places === undefined) {
    places = new Map(Object.keys(kinds).map((name, i) => [name, i]));
    found.set(kinds, places);
  }
  return places;
}
