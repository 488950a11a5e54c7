import type { Core } from "./core.ts";
import { expectInteger, expectShape } from "./expect.ts";
import { pad4, TILE } from "./tiles.ts";

/** Sizes of a dense layer. */
export interface DenseSizes {
  readonly inputs: number;
  readonly outputs: number;
  /** Tiles of particles; 1 where a function takes one row. */
  readonly tiles: number;
}

/** Binding of `assembly/linalg/dense.ts`; shapes as there. */
export function denseForward(
  core: Core,
  y: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  { inputs, outputs, tiles }: DenseSizes,
): Float32Array {
  const { kernels } = core;
  expectParameters(core, weight, bias, inputs, outputs);
  expectInteger("tiles", tiles, 1);
  expectShape("y", y, [tiles, pad4(outputs), TILE], kernels.memory);
  expectShape("x", x, [tiles, pad4(inputs), TILE], kernels.memory);
  kernels.denseForward(
    y.byteOffset,
    x.byteOffset,
    weight.byteOffset,
    bias.byteOffset,
    inputs,
    outputs,
    tiles,
  );
  return y;
}

/** Binding of `assembly/linalg/dense.ts`; shapes as there. */
export function denseForwardRow(
  core: Core,
  y: Float32Array,
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
): Float32Array {
  const { kernels } = core;
  expectParameters(core, weight, bias, x.length, y.length);
  expectShape("y", y, [pad4(y.length)], kernels.memory);
  expectShape("x", x, [x.length], kernels.memory);
  kernels.denseForwardRow(y.byteOffset, x.byteOffset, weight.byteOffset, bias.byteOffset, x.length, y.length);
  return y;
}

/** Binding of `assembly/linalg/dense.ts`; shapes as there. */
export function denseBackwardInput(
  { kernels }: Core,
  dX: Float32Array,
  dY: Float32Array,
  weight: Float32Array,
  { inputs, outputs, tiles }: DenseSizes,
): Float32Array {
  expectShape("weight", weight, [pad4(outputs) / 4, inputs, 4], kernels.memory);
  expectShape("dX", dX, [tiles, pad4(inputs), TILE], kernels.memory);
  expectShape("dY", dY, [tiles, pad4(outputs), TILE], kernels.memory);
  kernels.denseBackwardInput(dX.byteOffset, dY.byteOffset, weight.byteOffset, inputs, outputs, inputs, tiles);
  return dX;
}

/** Binding of `assembly/linalg/dense.ts`; shapes as there. */
export function denseBackwardParameters(
  core: Core,
  dWeight: Float32Array,
  dBias: Float32Array,
  dY: Float32Array,
  x: Float32Array,
  { inputs, outputs, tiles }: DenseSizes,
): void {
  const { kernels } = core;
  expectShape("dWeight", dWeight, [pad4(outputs) / 4, inputs, 4], kernels.memory);
  expectShape("dBias", dBias, [pad4(outputs)], kernels.memory);
  expectShape("dY", dY, [tiles, pad4(outputs), TILE], kernels.memory);
  expectShape("x", x, [tiles, pad4(inputs), TILE], kernels.memory);
  kernels.denseBackwardParameters(
    dWeight.byteOffset,
    dBias.byteOffset,
    dY.byteOffset,
    x.byteOffset,
    inputs,
    outputs,
    tiles,
  );
}

function expectParameters(
  { kernels }: Core,
  weight: Float32Array,
  bias: Float32Array,
  inputs: number,
  outputs: number,
): void {
  expectInteger("inputs", inputs, 1);
  expectInteger("outputs", outputs, 1);
  expectShape("weight", weight, [pad4(outputs) / 4, inputs, 4], kernels.memory);
  expectShape("bias", bias, [pad4(outputs)], kernels.memory);
}
