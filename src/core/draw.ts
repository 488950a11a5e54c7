import type { Core } from "./core.ts";
import { normal, seedWords, uniform } from "./random.ts";

/** Fills arrays with random numbers and returns them. No two fills share a number; same seed, same numbers. */
export interface Draw {
  /**
   * Standard normal numbers.
   *
   * @param out an array that a model was given, of a length that is a multiple of 4, or parts of it; or any other array
   * @throws RangeError when it is a part of another length
   */
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

/**
 * A source at step 0; whoever raises `step` sets `fills` back to 0.
 *
 * @param scratch of the core, its length a multiple of 4: arrays elsewhere are filled through it, a fill for each part
 * @throws RangeError when `seed` is not a whole number ≥ 0
 */
export function createDraw(core: Core, seed: number, stream: number, scratch?: Float32Array): DrawSource {
  const fill = (kernel: typeof normal, out: Float32Array): Float32Array => {
    const [low, high] = source.seed;
    if (scratch === undefined || out.buffer === core.kernels.memory.buffer)
      return kernel(core, out, low, high, stream, source.fills++, source.step);
    for (let from = 0; from < out.length; from += scratch.length) {
      kernel(core, scratch, low, high, stream, source.fills++, source.step);
      out.set(scratch.subarray(0, out.length - from), from);
    }
    return out;
  };
  const source: DrawSource = {
    seed: seedWords(seed),
    stream,
    step: 0,
    fills: 0,
    normal: (out) => fill(normal, out),
    uniform: (out) => fill(uniform, out),
  };
  return source;
}
