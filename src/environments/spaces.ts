import { expectArray, shown } from "../core/expect.ts";

/** Gymnasium's spaces, in plain objects that JSON can hold: https://gymnasium.farama.org/api/spaces */

/** Arrays of numbers with a lower and an upper bound for each; ±Infinity where there is none. */
export interface Box {
  /** What distinguishes it from other spaces. */
  readonly kind: "box";
  /** [D] lower bounds, inclusive, row by row. */
  readonly low: readonly number[];
  /** [D] upper bounds, inclusive, none below its lower one. */
  readonly high: readonly number[];
  /** Sizes of the array's dimensions, whose product is D; left out: [D]. */
  readonly shape?: readonly number[];
}

/** The whole numbers 0 … n − 1. */
export interface Discrete {
  /** What distinguishes it from other spaces. */
  readonly kind: "discrete";
  /** How many, ≥ 1. */
  readonly n: number;
}

/** Several whole numbers at once: the g-th is one of 0 … nvec[g] − 1. */
export interface MultiDiscrete {
  /** What distinguishes it from other spaces. */
  readonly kind: "multiDiscrete";
  /** [G] how many of each, ≥ 1. */
  readonly nvec: readonly number[];
}

/** Arrays of n numbers, each 0 or 1. */
export interface MultiBinary {
  /** What distinguishes it from other spaces. */
  readonly kind: "multiBinary";
  /** How many, ≥ 1. */
  readonly n: number;
}

/** Objects with a value of a space under each name. */
export interface Dict {
  /** What distinguishes it from other spaces. */
  readonly kind: "dict";
  /** The space of each part, by its name; one or more. */
  readonly spaces: { readonly [name: string]: Space };
}

/** A {@link Dict} whose names are known. */
export interface DictOf<Spaces extends Dict["spaces"]> extends Dict {
  /** The space of each part, by its name. */
  readonly spaces: Spaces;
}

/** Arrays with a value of each space, one after the other. */
export interface Tuple {
  /** What distinguishes it from other spaces. */
  readonly kind: "tuple";
  /** The space of each part; one or more. */
  readonly spaces: readonly Space[];
}

/** What may be seen, or done: an agent sees any space, and acts in a `Box`, a `Discrete` or a `MultiDiscrete`. */
export type Space = Box | Discrete | MultiDiscrete | MultiBinary | Dict | Tuple;

/** A flat array of numbers. */
export type Vector = ArrayLike<number>;

/**
 * What is seen, by its space: of a `Box` an array of D numbers, row by row, or arrays of rows as its shape says; of a `Discrete` a
 * whole number; of a `MultiDiscrete` or `MultiBinary` an array; of a `Dict` an object; of a `Tuple` an array of its parts.
 */
export type Observation = number | Vector | readonly Observation[] | { readonly [name: string]: Observation };

/** What an agent can act in. */
export type ActionSpace = Box | Discrete | MultiDiscrete;

/** Actions by the kind of their space; agents act in the first three. */
export interface ActionByKind {
  /** [D] within its bounds, row by row. */
  readonly box: Float32Array;
  /** One of 0 … n − 1. */
  readonly discrete: number;
  /** [G] the g-th one of 0 … nvec[g] − 1. */
  readonly multiDiscrete: Int32Array;
  /** Not acted in. */
  readonly multiBinary: Action;
  /** Not acted in. */
  readonly dict: Action;
  /** Not acted in. */
  readonly tuple: Action;
}

/** An action of a space, as an agent answers it; where TypeScript does not know the space, any {@link Action}. */
export type ActionOf<A extends Space> = ActionByKind[A["kind"]];

/** A vector within a `Box`, row by row; a whole number of a `Discrete`; an array of whole numbers of a `MultiDiscrete`. */
export type Action = number | Vector;

/**
 * The arrays of D numbers x with low[d] ≤ x[d] ≤ high[d].
 *
 * @param low   [D] ≥ 1 bounds, row by row, or one for all; −Infinity where there is none
 * @param high  [D] bounds, or one for all; Infinity where there is none
 * @param shape of the array, left out: [D]; asked for where both bounds are one for all
 * @throws RangeError when the bounds differ in length or cross, there is none, or they do not fill the shape
 *
 * @example
 * box([-1, 0], [1, Infinity]).low.length; // 2
 * box(0, 255, [84, 84]).low.length; // 7056
 */
export function box(low: number | Vector, high: number | Vector, shape?: readonly number[]): Box {
  if (shape !== undefined) Array.from(shape, (n, i) => expectCount(`shape[${i}]`, n));
  if (shape === undefined && typeof low === "number" && typeof high === "number")
    throw new TypeError(
      `shape: expected one, as both bounds are one for all, got none: box(${low}, ${high}, [3])`,
    );
  const size = (shape && sizeOf(shape)) ?? lengthOf(low) ?? lengthOf(high) ?? 0;
  const [lows, highs] = [boundsOf("low", low, size), boundsOf("high", high, size)];
  if (lows.length !== highs.length || lows.length === 0)
    throw new RangeError(
      `high: expected ${lows.length || "one or more"} bounds, as low has, got ${highs.length}`,
    );
  if (lows.length !== size)
    throw new RangeError(`shape: expected sizes of ${lows.length} numbers, got [${shape}]`);
  for (let d = 0; d < size; d++)
    if (!(lows[d] <= highs[d]))
      throw new RangeError(`high[${d}]: expected a bound ≥ low[${d}] = ${lows[d]}, got ${shown(highs[d])}`);
  return { kind: "box", low: lows, high: highs, ...(shape && { shape: Array.from(shape) }) };
}

function lengthOf(bounds: number | Vector): number | undefined {
  return typeof bounds === "number" ? undefined : bounds?.length;
}

function boundsOf(name: string, bounds: number | Vector, size: number): readonly number[] {
  if (typeof bounds === "number") return new Array<number>(size).fill(bounds);
  expectArray(name, bounds);
  return Array.from(bounds);
}

/**
 * The space of the whole numbers 0 … n − 1.
 *
 * @throws RangeError unless n is a whole number ≥ 1
 *
 * @example
 * discrete(2).n; // 2
 */
export function discrete(n: number): Discrete {
  return { kind: "discrete", n: expectCount("n", n) };
}

/**
 * The space of G whole numbers at once: the g-th is one of 0 … nvec[g] − 1.
 *
 * @param nvec [G ≥ 1] whole numbers ≥ 1
 * @throws RangeError for others
 *
 * @example
 * import { multiDiscrete } from "generative-agent/environments";
 * multiDiscrete([3, 2]).nvec.length; // 2: a direction of three, and a button
 */
export function multiDiscrete(nvec: readonly number[]): MultiDiscrete {
  if (nvec.length === 0) throw new RangeError("nvec: expected one or more numbers, got none");
  return { kind: "multiDiscrete", nvec: Array.from(nvec, (n, g) => expectCount(`nvec[${g}]`, n)) };
}

/**
 * The space of arrays of n numbers, each 0 or 1.
 *
 * @throws RangeError unless n is a whole number ≥ 1
 *
 * @example
 * import { multiBinary } from "generative-agent/environments";
 * multiBinary(5).n; // 5
 */
export function multiBinary(n: number): MultiBinary {
  return { kind: "multiBinary", n: expectCount("n", n) };
}

/**
 * The space of objects with a value of a space under each name.
 *
 * @throws RangeError when there is no name
 *
 * @example
 * import { dict } from "generative-agent/environments";
 * const robot = dict({ position: box([0, 0], [5, 5]), holds: discrete(3) });
 * robot.spaces.holds.n; // 3
 */
export function dict<Spaces extends Dict["spaces"]>(spaces: Spaces): DictOf<Spaces> {
  if (Object.keys(spaces).length === 0) throw new RangeError("spaces: expected one or more, got none");
  return { kind: "dict", spaces };
}

/**
 * The space of arrays with a value of each space, one after the other.
 *
 * @throws RangeError when there is none
 *
 * @example
 * import { tuple } from "generative-agent/environments";
 * tuple([discrete(2), discrete(3)]).spaces.length; // 2
 */
export function tuple(spaces: readonly Space[]): Tuple {
  if (spaces.length === 0) throw new RangeError("spaces: expected one or more, got none");
  return { kind: "tuple", spaces };
}

/** @throws RangeError unless it is a whole number ≥ 1 */
function expectCount(name: string, n: number): number {
  if (!(Number.isInteger(n) && n >= 1))
    throw new RangeError(`${name}: expected a whole number ≥ 1, got ${shown(n)}`);
  return n;
}

/** Numbers of an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The parts of a composed space, in the order of their rows: those of a dict by their names, by UTF-16 code units. */
export function partsOf({ kind, spaces }: Dict | Tuple): readonly (readonly [name: string, part: Space])[] {
  const parts = Object.entries(spaces);
  return kind === "dict" ? parts.sort(([a], [b]) => (a < b ? -1 : 1)) : parts;
}
