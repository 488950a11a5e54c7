import { type Activation, activations as codes } from "./activation.ts";
import type { Core } from "./core.ts";
import { expectInteger, expectRoom, expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** The shape of a multi-layer perceptron, in the kernels' memory: `[layers, activation, width_0, …]`. */
export type Shape = Uint32Array;

/** The values of a shape: widths from the inputs to the outputs, at least two. */
export function shapeValues(widths: readonly number[], activation: Activation): number[] {
  expectInteger("widths.length", widths.length, 2);
  for (const [l, width] of widths.entries()) expectInteger(`widths[${l}]`, width, 1);
  return [widths.length - 1, codes.indexOf(activation), ...widths];
}

/** Parameters of a network, padding included: Σ_l pad4(width_l) (width_{l−1} + 1). */
export function parameterCount(widths: ArrayLike<number>): number {
  let count = 0;
  for (let l = 1; l < widths.length; l++) count += pad4(widths[l]) * (widths[l - 1] + 1);
  return count;
}

/** Values that a forward pass keeps: Σ_l tiles · pad4(width_l) · TILE. */
export function activationCount(widths: ArrayLike<number>, tiles: number): number {
  let rows = 0;
  for (let l = 0; l < widths.length; l++) rows += pad4(widths[l]);
  return rows * tiles * TILE;
}

/** Binding of `assembly/nn/mlp.ts`; shapes as there. */
export function mlpInitialise(
  { kernels }: Core,
  parameters: Float32Array,
  shape: Shape,
  outputScale: number,
  { seed, stream }: { readonly seed: readonly [number, number]; readonly stream: number },
): Float32Array {
  expectShape("parameters", parameters, [parameterCount(widthsOf(shape))], kernels.memory);
  kernels.mlpInitialise(parameters.byteOffset, shape.byteOffset, outputScale, seed[0], seed[1], stream);
  return parameters;
}

/** Binding of `assembly/nn/mlp.ts`; shapes as there. */
export function mlpPredict(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  workspace: Float32Array,
  parameters: Float32Array,
  shape: Shape,
): Float32Array {
  const widths = widthsOf(shape);
  const tiles = out.length / pad4(widths[widths.length - 1]) / TILE;
  expectInteger("tiles of out", tiles, 1);
  expectShape("out", out, [tiles, pad4(widths[widths.length - 1]), TILE], kernels.memory);
  expectShape("x", x, [tiles, pad4(widths[0]), TILE], kernels.memory);
  expectRoom("workspace", workspace, 2 * widestHidden(widths) * TILE, kernels.memory);
  expectShape("parameters", parameters, [parameterCount(widths)], kernels.memory);
  kernels.mlpPredict(
    out.byteOffset,
    x.byteOffset,
    workspace.byteOffset,
    parameters.byteOffset,
    shape.byteOffset,
    tiles,
  );
  return out;
}

/** Binding of `assembly/nn/mlp.ts`; shapes as there. */
export function mlpPredictRow(
  { kernels }: Core,
  out: Float32Array,
  x: Float32Array,
  workspace: Float32Array,
  parameters: Float32Array,
  shape: Shape,
): Float32Array {
  const widths = widthsOf(shape);
  expectShape("out", out, [pad4(widths[widths.length - 1])], kernels.memory);
  expectRoom("x", x, widths[0], kernels.memory);
  expectRoom("workspace", workspace, 2 * widestHidden(widths), kernels.memory);
  expectShape("parameters", parameters, [parameterCount(widths)], kernels.memory);
  kernels.mlpPredictRow(
    out.byteOffset,
    x.byteOffset,
    workspace.byteOffset,
    parameters.byteOffset,
    shape.byteOffset,
  );
  return out;
}

/** Binding of `assembly/nn/mlp.ts`; shapes as there. */
export function mlpForward(
  { kernels }: Core,
  activations: Float32Array,
  slopes: Float32Array,
  parameters: Float32Array,
  shape: Shape,
  tiles: number,
): Float32Array {
  const widths = widthsOf(shape);
  const kept = activationCount(widths, tiles);
  expectShape("activations", activations, [kept], kernels.memory);
  expectShape("slopes", slopes, [kept], kernels.memory);
  expectShape("parameters", parameters, [parameterCount(widths)], kernels.memory);
  kernels.mlpForward(
    activations.byteOffset,
    slopes.byteOffset,
    parameters.byteOffset,
    shape.byteOffset,
    tiles,
  );
  return activations;
}

/** Binding of `assembly/nn/mlp.ts`; shapes as there. All inputs are `wanted` unless it is given. */
export function mlpBackward(
  { kernels }: Core,
  dParameters: Float32Array,
  dActivations: Float32Array,
  activations: Float32Array,
  slopes: Float32Array,
  parameters: Float32Array,
  shape: Shape,
  tiles: number,
  wanted?: number,
): Float32Array {
  const widths = widthsOf(shape);
  const kept = activationCount(widths, tiles);
  expectShape("dParameters", dParameters, [parameters.length], kernels.memory);
  expectShape("dActivations", dActivations, [kept], kernels.memory);
  expectShape("activations", activations, [kept], kernels.memory);
  expectShape("slopes", slopes, [kept], kernels.memory);
  expectShape("parameters", parameters, [parameterCount(widths)], kernels.memory);
  kernels.mlpBackward(
    dParameters.byteOffset,
    dActivations.byteOffset,
    activations.byteOffset,
    slopes.byteOffset,
    parameters.byteOffset,
    shape.byteOffset,
    wanted ?? widths[0],
    tiles,
  );
  return dParameters;
}

/** Widest hidden layer, padded; 0 without one. */
export function widestHidden(widths: ArrayLike<number>): number {
  let widest = 0;
  for (let l = 1; l < widths.length - 1; l++) widest = Math.max(widest, pad4(widths[l]));
  return widest;
}

function widthsOf(shape: Shape): Uint32Array {
  return shape.subarray(2, 3 + shape[0]);
}
