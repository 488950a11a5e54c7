import type { Core } from "./core.ts";
import { expectMultiple, expectRoom, expectShape, type View } from "./expect.ts";

/** [N] each, written: estimates that are too low and too high in expectation, in nats. */
export interface Ratios {
  readonly lower: Float32Array;
  readonly upper: Float32Array;
}

/** Binding of `assembly/information/contrast.ts`; shapes as there. */
export function contrast(
  { kernels }: Core,
  { lower, upper }: Ratios,
  own: Float32Array,
  others: Float32Array,
  workspace: Float32Array,
  correction?: Float32Array,
): void {
  const { memory } = kernels;
  const N = expectRatios({ lower, upper }, memory);
  expectMultiple("others.length", others.length, N);
  const K = others.length / N;
  expectShape("own", own, [N], memory);
  expectShape("others", others, [K, N], memory);
  expectRoom("workspace", workspace, 4 * K, memory);
  if (correction !== undefined) expectShape("correction", correction, [K + 1, N], memory);
  kernels.contrast(
    lower.byteOffset,
    upper.byteOffset,
    own.byteOffset,
    others.byteOffset,
    correction?.byteOffset ?? 0,
    workspace.byteOffset,
    K,
    N,
  );
}

/** Binding of `assembly/information/contrast.ts`; shapes as there. */
export function contrastOutcomes(
  { kernels }: Core,
  { lower, upper }: Ratios,
  own: Float32Array,
  others: Float32Array,
  workspace: Float32Array,
): void {
  const { memory } = kernels;
  const N = expectRatios({ lower, upper }, memory);
  expectMultiple("own.length", own.length, N);
  expectMultiple("others.length", others.length, own.length);
  const [X, K] = [own.length / N, others.length / own.length];
  expectShape("own", own, [X, N], memory);
  expectShape("others", others, [K, X, N], memory);
  expectRoom("workspace", workspace, 4 * K, memory);
  kernels.contrastOutcomes(
    lower.byteOffset,
    upper.byteOffset,
    own.byteOffset,
    others.byteOffset,
    workspace.byteOffset,
    X,
    K,
    N,
  );
}

/** Binding of `assembly/information/pairwise.ts`; shapes as there. */
export function pairwiseGaussian(
  { kernels }: Core,
  { lower, upper }: Ratios,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
  logWeights: Float32Array,
  workspace: Float32Array,
): void {
  const { memory } = kernels;
  const N = expectRatios({ lower, upper }, memory);
  const D = expectGaussians(mean, std, N, memory);
  expectShape("x", x, [D, N], memory);
  expectShape("logWeights", logWeights, [N], memory);
  expectRoom("workspace", workspace, pairwiseRoom(D, N), memory);
  kernels.pairwiseGaussian(
    lower.byteOffset,
    upper.byteOffset,
    x.byteOffset,
    mean.byteOffset,
    std.byteOffset,
    Number(std.length === D),
    logWeights.byteOffset,
    workspace.byteOffset,
    D,
    N,
  );
}

/** Values of the workspace of `pairwiseGaussian`. */
export function pairwiseRoom(D: number, N: number): number {
  return (2 * D + 7) * N;
}

/** Binding of `assembly/information/outcomes.ts`; shapes as there. */
export function categoricalRatios(
  { kernels }: Core,
  { lower, upper }: Ratios,
  logProbabilities: Float32Array,
  logWeights: Float32Array,
  workspace: Float32Array,
): void {
  const { memory } = kernels;
  const N = expectRatios({ lower, upper }, memory);
  expectMultiple("logProbabilities.length", logProbabilities.length, N);
  const X = logProbabilities.length / N;
  expectShape("logProbabilities", logProbabilities, [X, N], memory);
  expectShape("logWeights", logWeights, [N], memory);
  expectRoom("workspace", workspace, 4 * N, memory);
  kernels.categoricalRatios(
    lower.byteOffset,
    upper.byteOffset,
    logProbabilities.byteOffset,
    logWeights.byteOffset,
    workspace.byteOffset,
    X,
    N,
  );
}

/** Binding of `assembly/information/momentMatched.ts`; shapes as there. */
export function momentMatchedRatios(
  { kernels }: Core,
  ratio: Float32Array,
  mean: Float32Array,
  std: Float32Array,
  weights: Float32Array,
  workspace: Float32Array,
): Float32Array {
  const N = ratio.length;
  expectMultiple("ratio.length", N, 4);
  expectShape("ratio", ratio, [N], kernels.memory);
  const D = expectGaussians(mean, std, N, kernels.memory);
  expectShape("weights", weights, [N], kernels.memory);
  expectRoom("workspace", workspace, momentMatchedRoom(D), kernels.memory);
  kernels.momentMatchedRatios(
    ratio.byteOffset,
    mean.byteOffset,
    std.byteOffset,
    Number(std.length === D),
    weights.byteOffset,
    workspace.byteOffset,
    D,
    N,
  );
  return ratio;
}

/** Values of the workspace of `momentMatchedRatios`. */
export function momentMatchedRoom(D: number): number {
  return 2 * D * (D + 2);
}

/** Binding of `assembly/information/ratioMoments.ts`; shapes as there. */
export function ratioMoments(
  { kernels }: Core,
  out: Float32Array,
  ratios: Float32Array,
  weights: Float32Array,
): Float32Array {
  const N = weights.length;
  expectMultiple("ratios.length", ratios.length, N);
  const S = ratios.length / N;
  expectShape("out", out, [2], kernels.memory);
  expectShape("ratios", ratios, [S, N], kernels.memory);
  expectShape("weights", weights, [N], kernels.memory);
  kernels.ratioMoments(out.byteOffset, ratios.byteOffset, weights.byteOffset, S, N);
  return out;
}

/** Checks both outputs. @returns N */
function expectRatios({ lower, upper }: Ratios, memory: WebAssembly.Memory): number {
  expectMultiple("lower.length", lower.length, 4);
  expectShape("lower", lower, [lower.length], memory);
  expectShape("upper", upper, [lower.length], memory);
  return lower.length;
}

/** Checks the Gaussians of N lanes. @returns D */
function expectGaussians(mean: View, std: View, N: number, memory: WebAssembly.Memory): number {
  expectMultiple("mean.length", mean.length, N);
  const D = mean.length / N;
  expectShape("mean", mean, [D, N], memory);
  expectShape("std", std, std.length === D ? [D] : [D, N], memory);
  return D;
}
