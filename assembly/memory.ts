/** Bytes of one f32. */
export const F32: usize = 4;
/** Bytes of one 128-bit vector: four f32 lanes. */
export const VEC: usize = 16;
/** Particles of one tile. A set of N particles lives in ⌈N / TILE⌉ tiles, `[tile][row][TILE]`. */
export const TILE: usize = 32;
/** Bytes of one row of a tile. */
export const ROW: usize = TILE * F32;

/** Address of f32 values. Fields of records have these types where TypeScript fills in an array (`scripts/records.mjs`). */
export type Floats = usize;
/** Address of u32 values, or of a record. */
export type Words = usize;

/** Rows of a tile block are padded to full groups of four, the outputs of one micro-kernel. */
// @ts-ignore: decorator
@inline
export function pad4(rows: usize): usize {
  return (rows + 3) & ~(<usize>3);
}

// The arena: everything from the compiler's own static data up to the end of the memory.
let top: usize = (__heap_base + 15) & ~(<usize>15);

/** Reserves `bytes`, 16-byte aligned. @returns the pointer, or 0 when the memory is too small. */
export function reserve(bytes: usize): usize {
  const start = top;
  const end = (start + bytes + 15) & ~(<usize>15);
  if (end > <usize>memory.size() << 16) return 0;
  top = end;
  return start;
}

/** The arena's top, to be handed to `release` later. */
export function mark(): usize {
  return top;
}

/** Gives back everything reserved since the `mark`. */
export function release(marked: usize): void {
  top = marked;
}
