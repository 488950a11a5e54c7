/** Particles of one tile, as in `assembly/memory.ts`. */
export const TILE = 32;

/** Rows of a tile are padded to full groups of four. */
export function pad4(rows: number): number {
  return (rows + 3) & ~3;
}

/** Tiles that hold `count` particles. */
export function tilesFor(count: number): number {
  return Math.ceil(count / TILE);
}
