/** Checks of the boundary: `name: expected X, got Y`. Message strings are built on the throwing path only. */
import { isPromise } from "./promises.ts";

/** An array in the kernels' memory. */
export type View = Float32Array | Uint32Array;

/** Throws unless `view` lies in `memory` and holds exactly the product of `shape` values. */
export function expectShape(
  name: string,
  view: View,
  shape: readonly number[],
  memory: WebAssembly.Memory,
): void {
  let size = 1;
  // by index: an iterator is an object, and this runs at every call of a kernel
  for (let i = 0; i < shape.length; i++) size *= shape[i];
  if (view.length !== size)
    throw new RangeError(`${name}: expected [${shape.join(", ")}] = ${size} values, got ${view.length}`);
  expectInMemory(name, view, memory);
}

/** Throws unless `view` lies in `memory` and holds at least `size` values. */
export function expectRoom(name: string, view: View, size: number, memory: WebAssembly.Memory): void {
  if (view.length < size)
    throw new RangeError(`${name}: expected at least ${size} values, got ${view.length}`);
  expectInMemory(name, view, memory);
}

/** Throws unless `value` is a whole, positive multiple of `divisor`. */
export function expectMultiple(name: string, value: number, divisor: number): void {
  if (!(Number.isInteger(value) && value > 0 && value % divisor === 0))
    throw new RangeError(`${name}: expected a positive multiple of ${divisor}, got ${shown(value)}`);
}

/** Throws unless `value` is a whole number in [low, high]. */
export function expectInteger(
  name: string,
  value: number,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): void {
  if (!(Number.isInteger(value) && value >= low && value <= high))
    throw new RangeError(`${name}: expected a whole number ${range(low, high)}, got ${shown(value)}`);
}

/** The index that a row of one holds. @throws RangeError when it is no whole number below `size`, or there is another number of them */
export function expectIndex(name: string, value: ArrayLike<number>, size: number): number {
  if (value.length !== 1) throw new RangeError(`${name}: expected [index], got ${value.length} values`);
  expectInteger(name, value[0], 0, size - 1);
  return value[0];
}

/** Throws unless `value` is a number in [low, high]. */
export function expectNumber(name: string, value: number, low = -Infinity, high = Infinity): void {
  if (typeof value !== "number")
    throw new TypeError(
      `${name}: expected a number, got ${typeof value === "string" ? shown(value) : typeof value}`,
    );
  if (!(value >= low && value <= high))
    throw new RangeError(`${name}: expected a number ${range(low, high)}, got ${value}`);
}

/** Throws when `value` is a Promise: what it promises has not come yet. */
export function expectNoPromise(name: string, value: unknown, expected: string, remedy: string): void {
  if (isPromise(value)) throw new TypeError(`${name}: expected ${expected}, got a Promise: ${remedy}`);
}

/** Throws unless `value` is a function, or undefined. */
export function expectFunction(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    throw new TypeError(`${name}: expected a function, got ${shown(value)}`);
}

/** Throws unless `value` is an AbortSignal, or undefined. */
export function expectSignal(name: string, value: unknown): void {
  const { aborted } = (value ?? {}) as { aborted?: unknown };
  if (value !== undefined && typeof aborted !== "boolean")
    throw new TypeError(`${name}: expected an AbortSignal, got ${shown(value)}`);
}

/** Throws unless `value` is true or false. */
export function expectBoolean(name: string, value: boolean): void {
  if (typeof value !== "boolean") throw new TypeError(`${name}: expected true or false, got ${shown(value)}`);
}

/** Throws unless `value` is one of the choices. */
export function expectOneOf(name: string, value: unknown, choices: readonly unknown[]): void {
  if (!choices.includes(value))
    throw new RangeError(`${name}: expected one of ${choices.join(", ")}, got ${shown(value)}`);
}

/**
 * Throws unless `value` is an object all of whose names are known: a misspelt one would leave a default in its place.
 * A known name that holds undefined is as good as left out, and an unknown one is refused whatever it holds.
 *
 * @param expected what the message says was expected
 */
export function expectKnownNames(
  name: string,
  value: object,
  known: readonly string[],
  expected = "known names",
): void {
  if (typeof value !== "object" || value === null || isArray(value))
    throw new TypeError(`${name}: expected an object of ${known.join(", ")}, got ${shown(value)}`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new TypeError(`${name}: expected ${expected}, got ${unknown}`);
}

/** Throws unless `value` is an object, and no array. */
export function expectObject(name: string, value: unknown): void {
  if (typeof value !== "object" || value === null || isArray(value))
    throw new TypeError(`${name}: expected an object, got ${shown(value)}`);
}

/** Lets the compiler refuse what `expectKnownNames` refuses, where T is a parameter: names that Known has not. */
export type OnlyNames<T, Known> = Readonly<Record<Exclude<keyof T, keyof Known>, never>>;

/** Throws unless each of the values is a finite number, as the kernels' f32 hold it. */
export function expectFinite<T extends ArrayLike<number>>(name: string, values: T): T {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]) || !Number.isFinite(Math.fround(values[i])))
      throw new RangeError(`${name}: expected finite numbers, got ${values[i]}`);
  return values;
}

/** Throws unless `value` is an array, typed or not, or an object that has a length like one. */
export function expectArray(name: string, value: unknown): void {
  const isObject = typeof value === "object" && value !== null;
  if (!(isObject && Number.isInteger((value as { length?: unknown }).length)))
    throw new TypeError(`${name}: expected an array, got ${kindOf(value)}`);
}

/** Whether it is an array, or an object that has a length and places like one; not a record with a part of that name. */
export function isRow(value: object): value is ArrayLike<unknown> {
  return isArray(value) || (Number.isInteger((value as { length?: unknown }).length) && 0 in value);
}

/** Whether it is an array, typed or not. */
export function isArray(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** What came, in a word or by its value: no message repeats an entire table. */
function kindOf(value: unknown): string {
  if (isArray(value)) return "an array";
  if (isPromise(value)) return "a Promise";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function expectInMemory(name: string, view: View, memory: WebAssembly.Memory): void {
  if (view.buffer !== memory.buffer)
    throw new TypeError(`${name}: expected an array of this core (core.f32 or core.u32), got one outside it`);
}

/** `in [0, 1]`, or `≥ 0` where no upper bound is worth a word. */
export function range(low: number, high: number): string {
  if (high === Infinity || high === Number.MAX_SAFE_INTEGER)
    return low === -Infinity ? "" : `≥ ${figure(low)}`;
  return low === -Infinity ? `≤ ${figure(high)}` : `in [${figure(low)}, ${figure(high)}]`;
}

/** A number in its shorter form: 0.05, 1e-6, 1e12. */
function figure(value: number): string {
  const [plain, exponential] = [String(value), value.toExponential().replace("+", "")];
  return exponential.length + 3 < plain.length ? exponential : plain;
}

/** A value for a message: a string in quotes, since "5" is no 5; an object by its kind. */
export function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : kindOf(value);
}

/** A value among others, for a message: a list names its numbers as they are. An object may have no text of its own. */
export function itemShown(item: unknown): string {
  return typeof item === "object" ? shown(item) : String(item);
}
