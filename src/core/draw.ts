import type { Core } from "./core.ts";
import { normal, seedWords, uniform } from "./random.ts";

/** Fills arrays of the core with random numbers and returns them. No two fills share a number; same seed, same numbers. */
export interface Draw {
  /** Standard normal numbers. `out`: of the core, its length a multiple of 4. @throws RangeError when it is not */
  normal(out: Float32Array): Float32Array;
  /** Uniform numbers in [0, 1), else as `normal`. */
  uniform(out: Float32Array): Float32Array;
}

/** A `Draw` and what its numbers depend on: seed, stream, step, and how many fills the step has seen. */
export interface DrawSource extends Draw {
  seed: readonly [low: number, high: number];
  readonly stream: number;
  step: number;
  fills: number;
}

/** A source at step 0; whoever raises `step` sets `fills` back to 0. @throws RangeError when `seed` is not a whole number ≥ 0 */
export function createDraw(core: Core, seed: number, stream: number): DrawSource {
  const source: DrawSource = {
    seed: seedWords(seed),
    stream,
    step: 0,
    fills: 0,
    normal: (out) => normal(core, out, source.seed[0], source.seed[1], stream, source.fills++, source.step),
    uniform: (out) => uniform(core, out, source.seed[0], source.seed[1], stream, source.fills++, source.step),
  };
  return source;
}
