/**
 * The library's random words in an order that a battery can read. The library draws them by a key of five numbers, (seed,
 * stream, tile, step) and the place within the draw; a battery reads one sequence. An order puts side by side what must not
 * look alike: the words of one draw, or of draws whose keys are neighbours.
 */
import type { Core } from "../../src/core/core.ts";
import { philox } from "../../src/core/random.ts";

/** Words of a short draw: one row of a tile. */
export const DRAW = 32;
/** Draws that are woven together. */
export const WOVEN = 4096;
/** Words of one chunk. */
export const CHUNK = DRAW * WOVEN;

/** Words of one key's block counter: 2³² blocks of four. */
const LONGEST = 2 ** 34;

/** Writes the chunk of an order that begins after `chunk` others; `seed` is the high word of every seed. */
type Fill = (core: Core, out: Uint32Array, seed: number, chunk: number) => void;

/** The key of the `index`-th short draw: first the tile counts, then the stream, the step and the seed. */
export function keyOf(index: number) {
  return {
    tile: index % 4,
    stream: Math.floor(index / 4) % 32,
    step: Math.floor(index / 128) % 256,
    seedLow: Math.floor(index / 32768),
  };
}

/** A chunk of short draws, one after another. */
function fillShort(core: Core, out: Uint32Array, seed: number, chunk: number): void {
  for (let i = 0; i < WOVEN; i++) {
    const { tile, stream, step, seedLow } = keyOf(chunk * WOVEN + i);
    philox(core, out.subarray(i * DRAW, (i + 1) * DRAW), seedLow, seed, stream, tile, step, 0);
  }
}

/** The orders by name. */
export const layouts: Readonly<Record<string, Fill>> = {
  /** One draw without end. */
  long(core, out, seed, chunk) {
    const block = ((chunk * CHUNK) % LONGEST) / 4;
    philox(core, out, 0, seed, 0, 0, Math.floor((chunk * CHUNK) / LONGEST), block);
  },
  /** Short draws of consecutive keys, one after another. */
  short: fillShort,
  /** The first words of 4096 short draws of consecutive keys, then their second words, and so on. */
  woven(core, out, seed, chunk) {
    fillShort(core, out, seed, chunk);
    const draws = out.slice();
    for (let i = 0; i < WOVEN; i++) for (let j = 0; j < DRAW; j++) out[j * WOVEN + i] = draws[i * DRAW + j];
  },
};

/** The words of an order without end, chunk after chunk, as the machine's bytes. */
export function* bytesOf(core: Core, layout: string, seed: number): Generator<Buffer, never, void> {
  const out = core.u32(CHUNK);
  for (let chunk = 0; ; chunk++) {
    layouts[layout](core, out, seed, chunk);
    yield Buffer.from(out.slice().buffer);
  }
}
