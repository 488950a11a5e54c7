import type { Core } from "./core.ts";
import { expectInteger, expectMultiple, expectRoom, expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** Columns of a table `[rows][stride]`, row after row. */
export interface Columns {
  readonly table: Float32Array;
  readonly stride: number;
  readonly offset: number;
  readonly width: number;
}

/** Binding of `assembly/linalg/gather.ts`; shapes as there. */
export function gatherTiles(
  { kernels }: Core,
  out: Float32Array,
  { table, stride, offset, width }: Columns,
  indices: Uint32Array,
  shift: Float32Array,
  scale: Float32Array,
): Float32Array {
  expectMultiple("indices.length", indices.length, TILE);
  const tiles = indices.length / TILE;
  expectShape("out", out, [tiles, pad4(width), TILE], kernels.memory);
  expectShape("indices", indices, [indices.length], kernels.memory);
  expectShape("shift", shift, [width], kernels.memory);
  expectShape("scale", scale, [width], kernels.memory);
  expectColumns(kernels.memory, table, stride, offset, width);
  kernels.gatherTiles(
    out.byteOffset,
    table.byteOffset,
    indices.byteOffset,
    shift.byteOffset,
    scale.byteOffset,
    stride,
    offset,
    width,
    tiles,
  );
  return out;
}

/** Binding of `assembly/linalg/gather.ts`; `positions` below the length of `list`. */
export function pick(
  { kernels }: Core,
  out: Uint32Array,
  list: Uint32Array,
  positions: Uint32Array,
): Uint32Array {
  expectShape("out", out, [positions.length], kernels.memory);
  expectRoom("list", list, 1, kernels.memory);
  expectShape("positions", positions, [out.length], kernels.memory);
  kernels.pick(out.byteOffset, list.byteOffset, positions.byteOffset, out.length);
  return out;
}

/** Binding of `assembly/linalg/gather.ts`, over the first `count` rows. */
export function columnMoments(
  { kernels }: Core,
  mean: Float32Array,
  std: Float32Array,
  { table, stride, offset, width }: Columns,
  count: number,
): void {
  expectInteger("count", count, 1, table.length / stride);
  expectShape("mean", mean, [width], kernels.memory);
  expectShape("std", std, [width], kernels.memory);
  expectColumns(kernels.memory, table, stride, offset, width);
  kernels.columnMoments(mean.byteOffset, std.byteOffset, table.byteOffset, stride, offset, width, count);
}

/** Binding of `assembly/linalg/gather.ts`, over the first `count` rows. */
export function columnChanges(
  { kernels }: Core,
  out: Float32Array,
  { table, stride, offset, width }: Columns,
  ages: Uint32Array,
  count: number,
): void {
  expectInteger("count", count, 1, table.length / stride);
  expectShape("out", out, [width], kernels.memory);
  expectRoom("ages", ages, count, kernels.memory);
  expectColumns(kernels.memory, table, stride, offset, width);
  kernels.columnChanges(out.byteOffset, table.byteOffset, ages.byteOffset, stride, offset, width, count);
}

function expectColumns(
  memory: WebAssembly.Memory,
  table: Float32Array,
  stride: number,
  offset: number,
  width: number,
): void {
  expectMultiple("table.length", table.length, stride);
  expectInteger("offset + width", offset + width, 1, stride);
  expectShape("table", table, [table.length], memory);
}
