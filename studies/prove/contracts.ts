/** What the f32 functions of assembly/math promise, as their doc-comments say it; proved by walk.ts. */
import { activate } from "../../src/core/activation.ts";
import type { Core } from "../../src/core/core.ts";
import * as math from "../../src/core/math.ts";

/** One function's promise. */
export interface Contract {
  readonly kernel: (core: Core, out: Float32Array, x: Float32Array) => Float32Array;
  /** The function in f64, to some 1e-15 of itself: 1e-8 ulp of f32. */
  readonly exact: (x: number) => number;
  /** Where the bound holds, both ends included. */
  readonly domain: readonly [low: number, high: number];
  /** max |kernel − exact|, in ulp of the exact value. */
  readonly bound: number;
  /** Pieces of the number line, both ends included, on which neither function falls, or neither rises. */
  readonly monotone: readonly Piece[];
  /** Arguments and their values, bit for bit. */
  readonly special: readonly (readonly [x: number, y: number])[];
}

export interface Piece {
  readonly low: number;
  readonly high: number;
  readonly direction: 1 | -1;
}

const { NaN: nan, POSITIVE_INFINITY: infinite } = Number;
const rising = (low: number, high: number): Piece => ({ low, high, direction: 1 });
const falling = (low: number, high: number): Piece => ({ low, high, direction: -1 });
const everywhere = [rising(-infinite, infinite)];

/** e⁻ˣ of a large negative x would lose the digits of 1 + e⁻ˣ; of a positive one it is small. */
const logistic = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

/** Turning points of sin (at (k + ½) π) and cos (at k π) between −100 and 100, and the pieces between them. */
function waves(offset: number): readonly Piece[] {
  const turns = Array.from({ length: 65 }, (_, i) => (i - 32 + offset) * Math.PI).filter(
    (x) => Math.abs(x) < 100,
  );
  const ends = [-100, ...turns, 100];
  return ends.slice(1).map((high, i) => {
    const middle = (ends[i] + high) / 2;
    const slope = offset === 0 ? -Math.sin(middle) : Math.cos(middle);
    return { low: ends[i], high, direction: slope > 0 ? 1 : -1 };
  });
}

/** The second grade of silu, inside the hidden layers of networks (`assembly/math/hidden.ts`). */
function siluHidden(core: Core, out: Float32Array, x: Float32Array): Float32Array {
  return activate(core, out, x, "silu");
}

export const contracts: readonly Contract[] = [
  {
    kernel: math.exp,
    exact: Math.exp,
    domain: [-infinite, infinite],
    bound: 1.01, // 1.0024 at 59.300010681152344, 1.0002 at −5.8619279861450195; 1 elsewhere
    monotone: everywhere,
    special: [
      [-infinite, 0],
      [-104, 0],
      [-0, 1],
      [0, 1],
      [1e-45, 1],
      [88.73, infinite],
      [infinite, infinite],
      [nan, nan],
    ],
  },
  {
    kernel: math.log,
    exact: Math.log,
    domain: [0, infinite],
    bound: 1,
    monotone: [rising(0, infinite)],
    special: [
      [-infinite, nan],
      [-1, nan],
      [-1e-45, nan],
      [-0, -infinite],
      [0, -infinite],
      [1, 0],
      [infinite, infinite],
      [nan, nan],
    ],
  },
  {
    kernel: math.tanh,
    exact: Math.tanh,
    domain: [-infinite, infinite],
    bound: 1.96,
    monotone: everywhere,
    special: [
      [-infinite, -1],
      [-9.02, -1],
      [-0, -0],
      [0, 0],
      [1e-45, Math.fround(1e-45)],
      [9.02, 1],
      [infinite, 1],
      [nan, nan],
    ],
  },
  {
    kernel: math.sigmoid,
    exact: logistic,
    domain: [-87, infinite],
    bound: 1.9,
    monotone: everywhere,
    special: [
      [0, 0.5],
      [40, 1],
      [infinite, 1],
      [nan, nan],
    ],
  },
  {
    kernel: math.silu,
    exact: (x) => (x === infinite ? x : x * logistic(x)),
    domain: [-87, infinite],
    bound: 1.9,
    // least at −1.278; on (−2.5, 0) the quotient's two parts rise together
    monotone: [falling(-infinite, -2.5), rising(0, infinite)],
    special: [
      [0, 0],
      [40, 40],
      [infinite, infinite],
      [nan, nan],
    ],
  },
  {
    kernel: siluHidden,
    exact: (x) => (x === infinite ? x : x * logistic(x)),
    domain: [-30, infinite],
    bound: 84, // 5e-6 of the value, where an ulp is 6e-8 of it
    monotone: [],
    special: [
      [0, 0],
      [-0, -0],
      [40, 40],
      [infinite, infinite],
      [nan, nan],
    ],
  },
  {
    kernel: math.softplus,
    exact: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    domain: [-infinite, infinite],
    bound: 1.7,
    monotone: [rising(-infinite, 0), rising(0.5, infinite)],
    special: [
      [-infinite, 0],
      [40, 40],
      [infinite, infinite],
      [nan, nan],
    ],
  },
  {
    kernel: math.sin,
    exact: Math.sin,
    domain: [-100, 100],
    bound: 1.11,
    monotone: waves(0.5),
    special: [
      [-infinite, nan],
      [-0, 0],
      [0, 0],
      [infinite, nan],
      [nan, nan],
    ],
  },
  {
    kernel: math.cos,
    exact: Math.cos,
    domain: [-100, 100],
    bound: 1.11,
    monotone: waves(0),
    special: [
      [-infinite, nan],
      [-0, 1],
      [0, 1],
      [infinite, nan],
      [nan, nan],
    ],
  },
];

/** The contract of a function. @throws RangeError when there is none of the name */
export function contractOf(name: string): Contract {
  const contract = contracts.find(({ kernel }) => kernel.name === name);
  if (contract) return contract;
  const known = contracts.map(({ kernel }) => kernel.name).join(", ");
  throw new RangeError(`function: expected one of ${known}, got ${name}`);
}

/** The special values that a kernel does not keep: `f(x) = y`. */
export function wrongValues(core: Core, { kernel, special }: Contract): readonly string[] {
  return core.scope(() => {
    const x = core.f32(Math.ceil(special.length / 4) * 4);
    x.set(special.map(([argument]) => argument));
    const out = kernel(core, core.f32(x.length), x);
    return special.flatMap(([argument, value], i) =>
      Object.is(out[i], Math.fround(value)) ? [] : [`${kernel.name}(${argument}) = ${out[i]}`],
    );
  });
}
