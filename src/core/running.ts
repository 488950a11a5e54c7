import type { Core } from "./core.ts";
import { expectInteger, expectNumber, expectRoom, expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** Running means and deviations of the columns of what was seen. */
export interface RunningMoments {
  /** [D]. */
  readonly mean: Float32Array;
  /** [D]. */
  readonly std: Float32Array;
}

/** Binding of `assembly/linalg/running.ts`; shapes as there. */
export function followMoments(
  { kernels }: Core,
  { mean, std }: RunningMoments,
  row: Float32Array,
  { bound, count }: { readonly bound: number; readonly count: number },
): void {
  const D = mean.length;
  expectNumber("bound", bound, 0);
  expectInteger("count", count, 1);
  expectShape("mean", mean, [D], kernels.memory);
  expectShape("std", std, [D], kernels.memory);
  expectRoom("row", row, D, kernels.memory);
  kernels.followMoments(mean.byteOffset, std.byteOffset, row.byteOffset, bound, count, D);
}

/** Binding of `assembly/linalg/running.ts`; shapes as there, `rows` those of one tile. */
export function clipRows(
  { kernels }: Core,
  x: Float32Array,
  unit: Float32Array,
  { bound, rows }: { readonly bound: number; readonly rows: number },
): void {
  const tiles = x.length / pad4(rows) / TILE;
  expectNumber("bound", bound, 0);
  expectInteger("rows", rows, unit.length);
  expectShape("x", x, [tiles, pad4(rows), TILE], kernels.memory);
  expectShape("unit", unit, [unit.length], kernels.memory);
  kernels.clipRows(x.byteOffset, unit.byteOffset, bound, unit.length, rows, tiles);
}
