import type { Core } from "./core.ts";
import { expectInteger, expectNumber, expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** Binding of `assembly/density/gaussianHead.ts`; shapes as there, `rows` those of one tile of the head. */
export function gaussianHeadGradient(
  { kernels }: Core,
  dHead: Float32Array,
  head: Float32Array,
  target: Float32Array,
  ended: Float32Array,
  { width, rows }: { readonly width: number; readonly rows: number },
): number {
  const tiles = head.length / rows / TILE;
  expectInteger("rows", rows, 2 * width);
  expectShape("dHead", dHead, [tiles, rows, TILE], kernels.memory);
  expectShape("head", head, [tiles, rows, TILE], kernels.memory);
  expectShape("target", target, [tiles, pad4(width), TILE], kernels.memory);
  expectShape("ended", ended, [tiles, pad4(1), TILE], kernels.memory);
  return kernels.gaussianHeadGradient(
    dHead.byteOffset,
    head.byteOffset,
    target.byteOffset,
    ended.byteOffset,
    width,
    rows,
    tiles,
  );
}

/** Binding of `assembly/density/endingHead.ts`; shapes as there. */
export function endingHeadGradient(
  { kernels }: Core,
  dHead: Float32Array,
  head: Float32Array,
  ended: Float32Array,
  reward: Float32Array,
  { offset, row, rows }: { readonly offset: number; readonly row: number; readonly rows: number },
): void {
  const tiles = head.length / rows / TILE;
  expectNumber("offset", offset);
  expectInteger("row", row, 0, rows - 2);
  expectShape("dHead", dHead, [tiles, rows, TILE], kernels.memory);
  expectShape("head", head, [tiles, rows, TILE], kernels.memory);
  expectShape("ended", ended, [tiles, pad4(1), TILE], kernels.memory);
  expectShape("reward", reward, [tiles, pad4(1), TILE], kernels.memory);
  kernels.endingHeadGradient(
    dHead.byteOffset,
    head.byteOffset,
    ended.byteOffset,
    reward.byteOffset,
    offset,
    row,
    rows,
    tiles,
  );
}

/** Bins of independent categoricals, whose logits lie one below the other. */
export type Groups = readonly number[];

/** Calls a kernel once for all neighbours of equal size. @returns the sum of what it answers */
export function sumOfRuns(
  groups: Groups,
  kernel: (first: number, count: number, bins: number) => number,
): number {
  let sum = 0;
  for (let g = 0, first = 0; g < groups.length; ) {
    const [from, bins] = [g, groups[g]];
    while (groups[g] === bins) g++;
    sum += kernel(first, g - from, bins);
    first += (g - from) * bins;
  }
  return sum;
}

/** Bins of all groups. */
export function totalOf(groups: Groups): number {
  return groups.reduce((total, bins) => total + bins, 0);
}

/** Binding of `assembly/density/categoricalHead.ts`; shapes as there. */
export function softmaxHead(
  { kernels }: Core,
  out: Float32Array,
  head: Float32Array,
  groups: Groups,
): Float32Array {
  const rows = pad4(totalOf(groups));
  const tiles = head.length / rows / TILE;
  expectShape("out", out, [tiles, rows, TILE], kernels.memory);
  expectShape("head", head, [tiles, rows, TILE], kernels.memory);
  sumOfRuns(groups, (first, count, bins) => {
    const at = first * TILE * 4;
    kernels.softmaxHead(out.byteOffset + at, head.byteOffset + at, count, bins, rows, tiles);
    return 0;
  });
  return out;
}

/** Binding of `assembly/density/categoricalHead.ts`; shapes as there. */
export function categoricalHeadGradient(
  { kernels }: Core,
  dHead: Float32Array,
  head: Float32Array,
  target: Float32Array,
  groups: Groups,
): number {
  const rows = pad4(totalOf(groups));
  const tiles = head.length / rows / TILE;
  expectShape("dHead", dHead, [tiles, rows, TILE], kernels.memory);
  expectShape("head", head, [tiles, rows, TILE], kernels.memory);
  expectShape("target", target, [tiles, rows, TILE], kernels.memory);
  return sumOfRuns(groups, (first, count, bins) => {
    const at = first * TILE * 4;
    const [into, from, labels] = [dHead.byteOffset + at, head.byteOffset + at, target.byteOffset + at];
    return kernels.categoricalHeadGradient(into, from, labels, count, bins, rows, tiles);
  });
}

/** Binding of `assembly/density/bins.ts`; shapes as there. */
export function modeOfBins(
  { kernels }: Core,
  out: Float32Array,
  logits: Float32Array,
  { groups, bins }: { readonly groups: number; readonly bins: number },
): Float32Array {
  expectInteger("bins", bins, 2);
  expectShape("out", out, [groups], kernels.memory);
  expectShape("logits", logits, [groups, bins], kernels.memory);
  kernels.modeOfBins(out.byteOffset, logits.byteOffset, groups, bins);
  return out;
}

/** Binding of `assembly/density/bins.ts`. */
export function argmax({ kernels }: Core, x: Float32Array): number {
  expectInteger("x.length", x.length, 1);
  expectShape("x", x, [x.length], kernels.memory);
  return kernels.argmax(x.byteOffset, x.length);
}

/** Binding of `assembly/density/bins.ts`; `uniform` in [0, 1). */
export function sampleIndex({ kernels }: Core, logits: Float32Array, uniform: number): number {
  expectInteger("logits.length", logits.length, 1);
  expectShape("logits", logits, [logits.length], kernels.memory);
  return kernels.sampleIndex(logits.byteOffset, uniform, logits.length);
}
