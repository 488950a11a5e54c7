import type { Core } from "./core.ts";
import { expectInteger, expectNumber, expectShape } from "./expect.ts";
import { TILE } from "./tiles.ts";

/** Slopes beyond the knees of `assembly/density/compress.ts`, [1] each, in (0, 1]. */
export interface Slopes {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Binding of `assembly/density/compress.ts`; shapes as there, `rows` those of one tile. */
export function compressRow(
  { kernels }: Core,
  x: Float32Array,
  { low, high }: Slopes,
  { row, rows }: { readonly row: number; readonly rows: number },
): void {
  const tiles = x.length / rows / TILE;
  expectNumber("low", low[0], 0, 1);
  expectNumber("high", high[0], 0, 1);
  expectInteger("row", row, 0, rows - 1);
  expectShape("x", x, [tiles, rows, TILE], kernels.memory);
  kernels.compressRow(x.byteOffset, low[0], high[0], row, rows, tiles);
}

/** k of `assembly/density/compress.ts`. */
export const KNEE = 8;

/** c(x) of one number. */
export function compressed(x: number, { low, high }: Slopes): number {
  if (x > KNEE) return KNEE + high[0] * (x - KNEE);
  return x < -KNEE ? -KNEE + low[0] * (x + KNEE) : x;
}
