/**
 * Values of any space as rows of numbers, which networks read, and back (Gymnasium's `flatten`, `unflatten`, `flatdim`, `flatten_space`):
 *
 *   box            the numbers themselves, row by row
 *   discrete       a one-hot of n
 *   multiDiscrete  a one-hot of each, one after the other
 *   multiBinary    the numbers themselves
 *   dict           the parts, by their names in alphabetical order (of UTF-16 code units)
 *   tuple          the parts, one after the other
 */
import { refuse } from "../core/readings.ts";
import { isNested, valueProblem } from "./checkValue.ts";
import { type Box, box, type Observation, partsOf, type Space, type Vector } from "./spaces.ts";

/**
 * Numbers in the row of a value.
 *
 * @example
 * import { dict, flatdim } from "generative-agent/environments";
 * flatdim(dict({ position: box([0, 0], [5, 5]), holds: discrete(3) })); // 5
 */
export function flatdim(space: Space): number {
  if (space.kind === "box") return space.low.length;
  if (space.kind === "multiDiscrete") return space.nvec.reduce((sum, n) => sum + n, 0);
  if (space.kind === "dict" || space.kind === "tuple")
    return partsOf(space).reduce((sum, [, part]) => sum + flatdim(part), 0);
  return space.n;
}

/**
 * The row of a value: what an agent makes of an observation. A number that was not seen is NaN, a whole number too.
 *
 * @param value of the space; the numbers of a box may lie outside its bounds
 * @returns [flatdim(space)] in double precision
 * @throws TypeError or RangeError that names the part, what was expected and what came
 *
 * @example
 * import { dict, flatten } from "generative-agent/environments";
 * const robot = dict({ position: box([0, 0], [5, 5]), holds: discrete(3) });
 * flatten(robot, { position: [1, 4.5], holds: 2 }); // [0, 0, 1, 1, 4.5]: "holds" comes before "position"
 */
export function flatten(space: Space, value: Observation): Float64Array {
  refuse(valueProblem(space, "value", value, { mayMiss: true }));
  return rowOfGood(space, value);
}

/**
 * The box that the rows of a space lie in: its own bounds where it is a box, else those of its parts; 0 and 1 for what is one-hot.
 *
 * @example
 * import { dict, flattenSpace } from "generative-agent/environments";
 * flattenSpace(dict({ position: box([-5], [5]), holds: discrete(2) })).low; // [0, 0, -5]
 */
export function flattenSpace(space: Space): Box {
  if (space.kind === "box") return (space.shape?.length ?? 1) === 1 ? space : box(space.low, space.high);
  if (space.kind !== "dict" && space.kind !== "tuple") return box(0, 1, [flatdim(space)]);
  const parts = partsOf(space).map(([, part]) => flattenSpace(part));
  return box(
    parts.flatMap(({ low }) => low),
    parts.flatMap(({ high }) => high),
  );
}

/** [flatdim(space)] of how many choices a number of a row is the one-hot of one; 0 of others. */
export function choicesOf(space: Space): number[] {
  if (space.kind === "discrete") return new Array<number>(space.n).fill(space.n);
  if (space.kind === "multiDiscrete") return space.nvec.flatMap((n) => new Array<number>(n).fill(n));
  if (space.kind === "dict" || space.kind === "tuple")
    return partsOf(space).flatMap(([, part]) => choicesOf(part));
  return new Array<number>(flatdim(space)).fill(0);
}

/** The row of a value that was checked: the value itself where it is one already. */
export function rowOf(space: Space, value: Observation): Vector {
  return space.kind === "box" && !isNested(value) ? (value as Vector) : rowOfGood(space, value);
}

function rowOfGood(space: Space, value: Observation): Float64Array {
  const row = new Float64Array(flatdim(space));
  write(space, value, row, 0);
  return row;
}

/**
 * The value that a row is of: the inverse of {@link flatten}. Of a one-hot it is the place of the largest number, so that
 * probabilities become the most probable value; the first of equals.
 *
 * @param row [flatdim(space)]
 * @returns of a box an array, or arrays of rows as its shape says; else as {@link Observation} says
 * @throws RangeError when the row is of another length
 *
 * @example
 * import { dict, flatten, unflatten } from "generative-agent/environments";
 * const robot = dict({ position: box([0, 0], [5, 5]), holds: discrete(3) });
 * const value = unflatten(robot, [0.1, 0.2, 0.7, 1, 4.5]); // { holds: 2, position: [1, 4.5] }
 * flatten(robot, value); // [0, 0, 1, 1, 4.5]
 */
export function unflatten(space: Space, row: Vector): Observation {
  const size = flatdim(space);
  if (row.length !== size) throw new RangeError(`row: expected ${size} numbers, got ${row.length}`);
  return read(space, Array.from(row));
}

/** Writes the row of a good value from `at` on. @returns where it ends */
function write(space: Space, value: Observation, row: Float64Array, at: number): number {
  const values = value as readonly Observation[];
  if (space.kind === "discrete") return writeOneHot(space.n, value as number, row, at);
  if (space.kind === "multiDiscrete")
    return space.nvec.reduce((end, n, g) => writeOneHot(n, values[g] as number, row, end), at);
  if (space.kind === "dict" || space.kind === "tuple")
    return partsOf(space).reduce(
      (end, [name, part]) => write(part, (value as Readonly<Record<string, Observation>>)[name], row, end),
      at,
    );
  return writeNumbers(values, row, at);
}

/** Numbers, or arrays of rows of them. */
function writeNumbers(values: ArrayLike<Observation>, row: Float64Array, at: number): number {
  let end = at;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number") row[end++] = value;
    else end = writeNumbers(value as ArrayLike<Observation>, row, end);
  }
  return end;
}

function writeOneHot(n: number, value: number, row: Float64Array, at: number): number {
  if (Number.isNaN(value)) row.fill(Number.NaN, at, at + n);
  else row[at + value] = 1;
  return at + n;
}

function read(space: Space, row: readonly number[]): Observation {
  if (space.kind === "multiBinary") return row;
  if (space.kind === "discrete") return row.indexOf(Math.max(...row));
  if (space.kind === "box") return rowsOf(space.shape ?? [row.length], row);
  if (space.kind === "multiDiscrete")
    return cut(row, space.nvec).map((oneHot) => oneHot.indexOf(Math.max(...oneHot)));
  const parts = partsOf(space);
  const rows = cut(
    row,
    parts.map(([, part]) => flatdim(part)),
  );
  const values = parts.map(([name, part], i) => [name, read(part, rows[i])] as const);
  return space.kind === "dict" ? Object.fromEntries(values) : values.map(([, value]) => value);
}

/** Numbers as arrays of rows. */
function rowsOf([count, ...shape]: readonly number[], row: readonly number[]): Observation {
  if (shape.length === 0) return row;
  const sizes = new Array<number>(count).fill(row.length / count);
  return cut(row, sizes).map((part) => rowsOf(shape, part));
}

/** Pieces of a row, one after the other. */
function cut(row: readonly number[], sizes: readonly number[]): (readonly number[])[] {
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return row.slice(end - size, end);
  });
}
