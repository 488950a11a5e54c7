/**
 * Plain data as text, every number to the bit: JSON, but for what JSON has no word for, which is an object with the key
 * `#`: −0, the infinities, NaN, undefined, typed arrays, and objects that have such a key themselves.
 */

const ARRAYS = {
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
};
type ArrayName = keyof typeof ARRAYS;

/** @throws TypeError that names the place of what is no plain data: a function, a class's object, a Promise … */
export function encodePlain(name: string, value: unknown): string {
  return JSON.stringify(encoded(name, value));
}

/** What {@link encodePlain} was given. */
export function decodePlain(text: string): unknown {
  return decoded(JSON.parse(text));
}

function encoded(place: string, value: unknown): unknown {
  if (value === undefined) return { "#": "undefined" };
  if (typeof value === "number") return encodedNumber(value);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item, i) => encoded(`${place}[${i}]`, item));
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag in ARRAYS) return { "#": tag, values: Array.from(value as ArrayLike<number>, encodedNumber) };
  if (typeof value !== "object" || !isPlain(value))
    throw new TypeError(
      `${place}: expected plain data, got ${typeof value === "object" ? tag : typeof value}`,
    );
  const entries = Object.entries(value).map(([key, item]) => [key, encoded(`${place}.${key}`, item)]);
  return "#" in value ? { "#": "object", entries } : Object.fromEntries(entries);
}

function encodedNumber(value: number): unknown {
  if (Object.is(value, -0)) return { "#": "-0" };
  return Number.isFinite(value) ? value : { "#": String(value) };
}

/** Whether it is an object of no class; of another realm, too. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function decoded(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(decoded);
  const { "#": tag, values, entries } = value as Record<string, unknown>;
  if (tag === undefined) return objectOf(Object.entries(value));
  if (tag === "undefined") return undefined;
  if (tag === "object") return objectOf(entries as [string, unknown][]);
  const array = ARRAYS[tag as ArrayName];
  return array === undefined ? Number(tag) : array.from((values as unknown[]).map(decoded) as number[]);
}

function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries.map(([key, item]) => [key, decoded(item)]));
}
