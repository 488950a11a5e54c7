import type { Core } from "./core.ts";
import { expectInteger, expectMultiple, expectShape, type View } from "./expect.ts";

/** Numbers drawn one at a time; each draw advances a counter, and nothing else is kept. */
export interface Random {
  /** A uniform number in [low, high); default [0, 1). */
  uniform(low?: number, high?: number): number;
  /** A standard normal number. */
  normal(): number;
  /** A uniform whole number in [0, n). */
  integer(n: number): number;
  /** Numbers drawn so far. */
  readonly drawn: number;
}

/**
 * A generator for the TypeScript layer: same seed and stream, same numbers, on every engine.
 *
 * @param seed   whole number ≥ 0
 * @param stream whole number below 2³²; streams of one seed are independent
 * @param drawn  how many numbers to go on after
 * @throws RangeError when `seed` or `stream` is not such a number
 *
 * @example
 * createRandom(core, 1).uniform() === createRandom(core, 1).uniform(); // true
 */
export function createRandom({ kernels }: Core, seed: number, stream = 0, drawn = 0): Random {
  const [low, high] = seedWords(seed);
  expectInteger("stream", stream, 0, 0xffffffff);
  let index = drawn;
  const unit = () => kernels.uniform64(low, high, stream, index++);
  return {
    uniform: (from = 0, to = 1) => from + (to - from) * unit(),
    normal: () => kernels.normal64(low, high, stream, index++),
    integer(n) {
      expectInteger("n", n, 1);
      return Math.floor(n * unit());
    },
    get drawn() {
      return index;
    },
  };
}

/** The two 32-bit words of a seed. @throws RangeError unless `seed` is a whole number ≥ 0 */
export function seedWords(seed: number): [low: number, high: number] {
  expectInteger("seed", seed, 0);
  return [seed >>> 0, Math.floor(seed / 4294967296)];
}

/** Binding of `assembly/random/philox.ts`; shapes as there. */
export function philox(
  { kernels }: Core,
  out: Uint32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
  block: number,
): Uint32Array {
  expectDraw(out, kernels.memory);
  kernels.philox(out.byteOffset, seedLow, seedHigh, stream, tile, step, block, out.length);
  return out;
}

/** Binding of `assembly/random/uniform.ts`; shapes as there. */
export function uniform(
  { kernels }: Core,
  out: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
): Float32Array {
  expectDraw(out, kernels.memory);
  kernels.uniform(out.byteOffset, seedLow, seedHigh, stream, tile, step, out.length);
  return out;
}

/** Binding of `assembly/random/normal.ts`; shapes as there. */
export function normal(
  { kernels }: Core,
  out: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  tile: number,
  step: number,
): Float32Array {
  expectDraw(out, kernels.memory);
  kernels.normal(out.byteOffset, seedLow, seedHigh, stream, tile, step, out.length);
  return out;
}

/** Binding of `assembly/random/uniform.ts`; shapes as there. */
export function drawIndices(
  { kernels }: Core,
  out: Uint32Array,
  population: number,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  expectDraw(out, kernels.memory);
  expectInteger("population", population, 1, 0xffffffff);
  kernels.drawIndices(out.byteOffset, population, seedLow, seedHigh, stream, step, out.length);
  return out;
}

function expectDraw(out: View, memory: WebAssembly.Memory): void {
  expectMultiple("out.length", out.length, 4);
  expectShape("out", out, [out.length], memory);
}
