import type { Core } from "./core.ts";
import { expectInteger, expectNumber, expectRoom, expectShape } from "./expect.ts";
import { type Groups, sumOfRuns, totalOf } from "./heads.ts";
import { TILE } from "./tiles.ts";

/** The predictions of an ensemble for one tile. */
export interface EnsembleSizes {
  readonly members: number;
  readonly width: number;
  /** Rows of one head, at least 2·width. */
  readonly rows: number;
}

/** Binding of `assembly/information/ensembleLogLikelihoodRatio.ts`; shapes as there. */
export function ensembleLogLikelihoodRatio(
  { kernels }: Core,
  ratio: Float32Array,
  heads: Float32Array,
  epsilon: Float32Array,
  workspace: Float32Array,
  { noise, members, width, rows }: EnsembleSizes & { readonly noise: number },
): Float32Array {
  expectNumber("noise", noise, 1e-6);
  expectInteger("rows", rows, 2 * width);
  expectShape("ratio", ratio, [TILE], kernels.memory);
  expectShape("heads", heads, [members, rows, TILE], kernels.memory);
  expectShape("epsilon", epsilon, [members, width, TILE], kernels.memory);
  expectRoom("workspace", workspace, members * (2 * width + 2) * TILE, kernels.memory);
  kernels.ensembleLogLikelihoodRatio(
    ratio.byteOffset,
    heads.byteOffset,
    epsilon.byteOffset,
    workspace.byteOffset,
    noise,
    members,
    width,
    rows,
  );
  return ratio;
}

/** Binding of `assembly/information/realisedRatio.ts`; shapes as there. */
export function realisedRatio(
  { kernels }: Core,
  out: Float32Array,
  heads: Float32Array,
  target: Float32Array,
  { noise, members, width, rows }: EnsembleSizes & { readonly noise: number },
): Float32Array {
  expectNumber("noise", noise, 1e-6);
  expectInteger("rows", rows, 2 * width);
  expectShape("out", out, [2], kernels.memory);
  expectShape("heads", heads, [members, rows], kernels.memory);
  expectShape("target", target, [width], kernels.memory);
  kernels.realisedRatio(out.byteOffset, heads.byteOffset, target.byteOffset, noise, members, width, rows);
  return out;
}

/** Binding of `assembly/information/realisedRatio.ts`; shapes as there. */
export function categoricalDivergence(
  { kernels }: Core,
  label: Float32Array,
  logits: Float32Array,
  groups: Groups,
): number {
  const size = totalOf(groups);
  expectShape("label", label, [size], kernels.memory);
  expectShape("logits", logits, [size], kernels.memory);
  return sumOfRuns(groups, (first, count, bins) => {
    const at = first * 4;
    return kernels.categoricalDivergence(label.byteOffset + at, logits.byteOffset + at, count, bins);
  });
}
