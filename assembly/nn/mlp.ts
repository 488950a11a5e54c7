import {
  denseBackwardInput, denseBackwardParameters, denseForward, denseForwardColumns, denseForwardRow,
} from "../linalg/dense";
import { countEvaluations } from "../linalg/meter";
import { F32, pad4, ROW, TILE, VEC } from "../memory";
import { uniform } from "../random/uniform";
import { activate, activateBackward, activateForward } from "./activation";

/*
 * Multi-layer perceptrons.
 *
 * A shape is the array of u32 `[layers, activation, width_0, …, width_layers]`, width_0 the inputs. The
 * parameters of layer l lie behind those of layer l − 1: weight `[pad4(width_l)/4][width_{l−1}][4]`, then
 * bias `[pad4(width_l)]`. The activation stands between layers, not behind the last.
 * Training keeps every layer's values, layer after layer: `[l][tile][pad4(width_l)][TILE]`, inputs first.
 */

// @ts-ignore: decorator
@inline
function layersOf(shape: usize): usize {
  return load<u32>(shape);
}

// @ts-ignore: decorator
@inline
function activationOf(shape: usize): u32 {
  return load<u32>(shape, 4);
}

// @ts-ignore: decorator
@inline
function widthOf(shape: usize, layer: usize): usize {
  return load<u32>(shape + layer * 4, 8);
}

/** Bytes that a forward pass over `tiles` keeps: every layer's values, inputs and outputs included. */
export function activationBytes(shape: usize, tiles: usize): usize {
  let rows: usize = 0;
  for (let l: usize = 0; l <= layersOf(shape); l++) rows += pad4(widthOf(shape, l));
  return rows * tiles * ROW;
}

/** The outputs among what a forward pass over `tiles` keeps. */
export function outputOf(activations: usize, shape: usize, tiles: usize): usize {
  return activations + activationBytes(shape, tiles) - pad4(outputsOf(shape)) * tiles * ROW;
}

/** Inputs of the network. */
export function inputsOf(shape: usize): usize {
  return widthOf(shape, 0);
}

/** Outputs of the network. */
export function outputsOf(shape: usize): usize {
  return widthOf(shape, layersOf(shape));
}

/**
 * Initial parameters: weights uniform with variance 1/inputs, biases zero; the last layer's times `outputScale`.
 *
 * @param parameters  written
 */
export function mlpInitialise(
  parameters: usize, shape: usize, outputScale: f32, seedLow: u32, seedHigh: u32, stream: u32,
): void {
  const layers = layersOf(shape);
  for (let l: usize = 0; l < layers; l++) {
    const inputs = widthOf(shape, l), outputs = widthOf(shape, l + 1);
    const size = pad4(outputs) * inputs;
    uniform(parameters, seedLow, seedHigh, stream, <u32>l, 0, size);
    const bound = sqrt<f32>(<f32>3 / <f32>inputs) * (l + 1 == layers ? outputScale : 1);
    // W[o,k] = (2u − 1) √(3/inputs),  zero for the padding outputs
    for (let o: usize = 0; o < pad4(outputs); o++) {
      for (let k: usize = 0; k < inputs; k++) {
        const w = parameters + (((o >> 2) * inputs + k) * 4 + (o & 3)) * F32;
        store<f32>(w, o < outputs ? (2 * load<f32>(w) - 1) * bound : 0);
      }
    }
    parameters += size * F32;
    memory.fill(parameters, 0, pad4(outputs) * F32);
    parameters += pad4(outputs) * F32;
  }
}

/**
 * The network over tiles, without keeping what lies between.
 *
 * @param out        [tiles][pad4(outputs)][TILE]  written
 * @param x          [tiles][pad4(inputs)][TILE]
 * @param workspace  [2][pad4(widest layer)][TILE]
 */
export function mlpPredict(
  out: usize, x: usize, workspace: usize, parameters: usize, shape: usize, tiles: usize,
): void {
  for (let tile: usize = 0; tile < tiles; tile++) {
    mlpPredictColumns(out, x, workspace, parameters, shape, ROW);
    x += pad4(inputsOf(shape)) * ROW;
    out += pad4(outputsOf(shape)) * ROW;
  }
}

/**
 * The network over some columns of a tile, from the first that the addresses point at on; nobody else's are computed.
 *
 * @param out        [pad4(outputs)][TILE]          written in the columns
 * @param x          [pad4(inputs)][TILE]
 * @param workspace  [2][pad4(widest layer)][TILE]  from the same column on
 * @param columns    bytes of a row, a multiple of those of `PARTICLES`
 */
export function mlpPredictColumns(
  out: usize, x: usize, workspace: usize, parameters: usize, shape: usize, columns: usize,
): void {
  countEvaluations(columns);
  const layers = layersOf(shape), activation = activationOf(shape);
  let half: usize = 0;
  for (let l: usize = 1; l < layers; l++) half = max(half, pad4(widthOf(shape, l)) * ROW);
  let to = workspace;
  for (let l: usize = 1; l <= layers; l++) {
    const inputs = widthOf(shape, l - 1), outputs = widthOf(shape, l);
    const bias = parameters + pad4(outputs) * inputs * F32;
    if (l == layers) to = out;
    denseForwardColumns(to, x, parameters, bias, inputs, outputs, columns);
    if (l < layers) activateColumns(to, activation, pad4(outputs), columns);
    parameters = bias + pad4(outputs) * F32;
    x = to;
    to = workspace + (l & 1) * half;
  }
}

/** The activation of some columns of a tile, in place. */
function activateColumns(x: usize, activation: u32, rows: usize, columns: usize): void {
  if (columns == ROW) return activate(x, x, activation, rows * TILE);
  for (const end = x + rows * ROW; x < end; x += ROW) activate(x, x, activation, columns / F32);
}

/**
 * The network of one vector.
 *
 * @param out        [pad4(outputs)]  written
 * @param x          [inputs]
 * @param workspace  [2][pad4(widest layer)]
 */
export function mlpPredictRow(out: usize, x: usize, workspace: usize, parameters: usize, shape: usize): void {
  countEvaluations(F32);
  const layers = layersOf(shape), activation = activationOf(shape);
  let half: usize = 0;
  for (let l: usize = 1; l < layers; l++) half = max(half, pad4(widthOf(shape, l)) * F32);
  let to = workspace;
  for (let l: usize = 1; l <= layers; l++) {
    const inputs = widthOf(shape, l - 1), outputs = widthOf(shape, l);
    const bias = parameters + pad4(outputs) * inputs * F32;
    if (l == layers) to = out;
    denseForwardRow(to, x, parameters, bias, inputs, outputs);
    if (l < layers) activate(to, to, activation, pad4(outputs));
    parameters = bias + pad4(outputs) * F32;
    x = to;
    to = workspace + (l & 1) * half;
  }
}

/**
 * The network over tiles, keeping every layer for the backward pass.
 *
 * @param activations  [l][tiles][pad4(width_l)][TILE]  layer 0 holds the inputs; the others are written
 * @param slopes       as `activations`                 of the hidden layers' activations, written
 */
export function mlpForward(
  activations: usize, slopes: usize, parameters: usize, shape: usize, tiles: usize,
): void {
  countEvaluations(tiles * ROW);
  const layers = layersOf(shape), activation = activationOf(shape);
  for (let l: usize = 1; l <= layers; l++) {
    const inputs = widthOf(shape, l - 1), outputs = widthOf(shape, l);
    const bias = parameters + pad4(outputs) * inputs * F32;
    const x = activations, size = tiles * pad4(inputs) * ROW;
    activations += size;
    slopes += size;
    denseForward(activations, x, parameters, bias, inputs, outputs, tiles);
    if (l < layers) activateForward(activations, slopes, activation, tiles * pad4(outputs) * TILE);
    parameters = bias + pad4(outputs) * F32;
  }
}

/**
 * Adjoint of `mlpForward`.
 *
 *   y_l = W_l h_{l−1} + b_l,  h_l = f(y_l)   ⇒   ∂L/∂h_{l−1} = W_lᵀ ∂L/∂y_l,   ∂L/∂y_l = f'(y_l) ∂L/∂h_l
 *
 * @param dParameters   as `parameters`   accumulated into
 * @param dActivations  as `activations`  last layer: ∂L/∂output, given; the others are written, layer 0 is ∂L/∂input
 * @param wanted        inputs whose ∂L/∂input is computed, the first so many; 0 where it is not read
 */
export function mlpBackward(
  dParameters: usize, dActivations: usize, activations: usize, slopes: usize,
  parameters: usize, shape: usize, wanted: usize, tiles: usize,
): void {
  const layers = layersOf(shape);
  let offset: usize = 0;
  for (let l: usize = 0; l < layers; l++) {
    offset += tiles * pad4(widthOf(shape, l)) * ROW;
    const size = pad4(widthOf(shape, l + 1)) * (widthOf(shape, l) + 1) * F32;
    parameters += size;
    dParameters += size;
  }
  for (let l = layers; l > 0; l--) {
    const inputs = widthOf(shape, l - 1), outputs = widthOf(shape, l);
    const weightBytes = pad4(outputs) * inputs * F32, biasBytes = pad4(outputs) * F32;
    parameters -= weightBytes + biasBytes;
    dParameters -= weightBytes + biasBytes;
    const dY = dActivations + offset;
    if (l < layers) activateBackward(dY, slopes + offset, tiles * pad4(outputs) * TILE);
    offset -= tiles * pad4(inputs) * ROW;
    denseBackwardParameters(
      dParameters, dParameters + weightBytes, dY, activations + offset, inputs, outputs, tiles,
    );
    denseBackwardInput(dActivations + offset, dY, parameters, inputs, outputs, l > 1 ? inputs : wanted, tiles);
  }
}
