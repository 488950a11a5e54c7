import type { Core } from "./core.ts";
import { expectInteger, expectNumber, expectShape } from "./expect.ts";
import { TILE } from "./tiles.ts";

/** Slopes beyond the knees of `assembly/density/compress.ts`, in (0, 1], and bounds of what comes of it; [1] each. */
export interface Slopes {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly least: Float32Array;
  readonly most: Float32Array;
}

/** Binding of `assembly/density/compress.ts`; shapes as there, `rows` those of one tile. */
export function compressRow(
  { kernels }: Core,
  x: Float32Array,
  { low, high, least, most }: Slopes,
  { row, rows }: { readonly row: number; readonly rows: number },
): void {
  const tiles = x.length / rows / TILE;
  expectNumber("low", low[0], 0, 1);
  expectNumber("high", high[0], 0, 1);
  expectInteger("row", row, 0, rows - 1);
  expectShape("x", x, [tiles, rows, TILE], kernels.memory);
  kernels.compressRow(x.byteOffset, low[0], high[0], least[0], most[0], row, rows, tiles);
}

/** k of `assembly/density/compress.ts`. */
export const KNEE = 8;

/** min(most, max(least, c(x))) of one number. */
export function compressed(x: number, { low, high, least, most }: Slopes): number {
  const bent = x > KNEE ? KNEE + high[0] * (x - KNEE) : x < -KNEE ? -KNEE + low[0] * (x + KNEE) : x;
  return Math.min(most[0], Math.max(least[0], bent));
}
