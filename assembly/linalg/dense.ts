import { multiplyAdd } from "../math/multiplyAdd";
import { F32, pad4, ROW, VEC } from "../memory";
import { accumulateWeights, addTwo, BLOCK_STEP, BLOCKS, PARTICLE_STEP } from "./accumulateWeights";
import { fourRows } from "./fourRows";
import { countProducts } from "./meter";
import { transpose } from "./transpose";

/*
 * The dense layer Y = W X + b and its adjoints.
 *
 * X and Y are tiles `[tile][rows][TILE]`, lanes are particles, rows padded to multiples of four.
 * W is stored `[out/4][in][4]`: four outputs of one input side by side. The same block serves the tiled
 * product, the one-row product (lanes are outputs) and both adjoints; rows beyond `outputs` are zero.
 * The micro-kernels keep eight accumulators (docs/decisions/0002-tiles.md): four rows × eight particles where lanes
 * are particles (`fourRows.ts`), eight outputs × four inputs in the weights' gradient, where lanes are outputs
 * (`accumulateWeights.ts`); sixteen in the build that pairs vectors (0014-paired-vectors.md). The adjoints transpose
 * the operand that they read across, block by block, so that all of them run one loop without a branch.
 */

/** Rows whose products are summed at once in the adjoint for the input; a power of two. */
const SPAN: usize = 256;
const ZERO = memory.data<v128>([f32x4.splat(0)]);
/** Four splat biases. */
const START = memory.data(64, 16);
/** Weights of four inputs, [SPAN][4]. */
const TRANSPOSED = memory.data(4096, 16);

/**
 * Dense layer over tiles.
 *
 *   y[o,n] = b[o] + Σ_k W[o,k] x[k,n]
 *
 * @param y       [tiles][pad4(outputs)][TILE]  written
 * @param x       [tiles][pad4(inputs)][TILE]
 * @param weight  [pad4(outputs)/4][inputs][4]
 * @param bias    [pad4(outputs)]
 */
export function denseForward(
  y: usize, x: usize, weight: usize, bias: usize, inputs: usize, outputs: usize, tiles: usize,
): void {
  for (let tile: usize = 0; tile < tiles; tile++, x += pad4(inputs) * ROW, y += pad4(outputs) * ROW)
    denseForwardColumns(y, x, weight, bias, inputs, outputs, ROW);
}

/**
 * Dense layer over some columns of a tile; the others are left as they are.
 *
 * @param y        [pad4(outputs)][TILE] from the first column on, written
 * @param x        [pad4(inputs)][TILE] from the first column on
 * @param columns  bytes of a row that are computed, a multiple of those of PARTICLES
 */
export function denseForwardColumns(
  y: usize, x: usize, weight: usize, bias: usize, inputs: usize, outputs: usize, columns: usize,
): void {
  countProducts(inputs, pad4(outputs), columns);
  const blockBytes = inputs * VEC;
  for (const end = bias + pad4(outputs) * F32; bias < end; bias += VEC, weight += blockBytes, y += 4 * ROW) {
    for (let i: usize = 0; i < 4; i++) v128.store(START + i * VEC, v128.load32_splat(bias + i * F32));
    fourRows(y, x, weight, weight + blockBytes, START, VEC, 0, columns);
  }
}

/**
 * Dense layer of one vector; lanes are outputs.
 *
 *   y[o] = b[o] + Σ_k W[o,k] x[k]
 *
 * @param y  [pad4(outputs)]  written
 * @param x  [inputs]
 */
export function denseForwardRow(
  y: usize, x: usize, weight: usize, bias: usize, inputs: usize, outputs: usize,
): void {
  countProducts(inputs, pad4(outputs), F32);
  const blocks = pad4(outputs) >> 2;
  const blockBytes = inputs * VEC;
  const end = x + inputs * F32;
  let block: usize = 0;
  // four blocks of four outputs at a time: four independent sums hide the latency of the addition
  for (; block + 4 <= blocks; block += 4, weight += 4 * blockBytes, bias += 4 * VEC, y += 4 * VEC) {
    let y0 = v128.load(bias), y1 = v128.load(bias, VEC), y2 = v128.load(bias, 2 * VEC), y3 = v128.load(bias, 3 * VEC);
    let w0 = weight, w1 = w0 + blockBytes, w2 = w1 + blockBytes, w3 = w2 + blockBytes;
    for (let k = x; k < end; k += F32, w0 += VEC, w1 += VEC, w2 += VEC, w3 += VEC) {
      const value = v128.load32_splat(k);
      y0 = multiplyAdd(y0, v128.load(w0), value);
      y1 = multiplyAdd(y1, v128.load(w1), value);
      y2 = multiplyAdd(y2, v128.load(w2), value);
      y3 = multiplyAdd(y3, v128.load(w3), value);
    }
    v128.store(y, y0);
    v128.store(y, y1, VEC);
    v128.store(y, y2, 2 * VEC);
    v128.store(y, y3, 3 * VEC);
  }
  for (; block < blocks; block++, bias += VEC, y += VEC) {
    let sum = v128.load(bias);
    for (let k = x; k < end; k += F32, weight += VEC) sum = multiplyAdd(sum, v128.load(weight), v128.load32_splat(k));
    v128.store(y, sum);
  }
}

/**
 * Adjoint of the dense layer for its input, or for the first of its inputs.
 *
 *   y[o,n] = b[o] + Σ_k W[o,k] x[k,n]   ⇒   ∂L/∂x[k,n] = Σ_o W[o,k] ∂L/∂y[o,n]
 *
 * @param dX  [tiles][pad4(inputs)][TILE]   written in `wanted` rows, and on to a multiple of four; rows beyond `inputs` are zero
 * @param dY  [tiles][pad4(outputs)][TILE]  rows beyond `outputs` are zero
 */
export function denseBackwardInput(
  dX: usize, dY: usize, weight: usize, inputs: usize, outputs: usize, wanted: usize, tiles: usize,
): void {
  countProducts(wanted, pad4(outputs), tiles * ROW);
  const xStride = pad4(inputs) * ROW, yStride = pad4(outputs) * ROW;
  for (let k: usize = 0; k < wanted; k += 4) {
    const count = min<usize>(4, inputs - k);
    for (let first: usize = 0; first < outputs; first += SPAN) {
      const span = min(SPAN, pad4(outputs) - first), end = TRANSPOSED + span * VEC;
      transposeWeights(weight + ((first >> 2) * inputs + k) * VEC, end, count, inputs);
      let x = dX + k * ROW, y = dY + first * ROW;
      let start = first == 0 ? ZERO : x;
      const next: usize = first == 0 ? 0 : 1;
      // dx[k,n] += W[o,k] dy[o,n] for four k and the o of a span
      for (let tile: usize = 0; tile < tiles; tile++) {
        fourRows(x, y, TRANSPOSED, end, start, next * ROW, next * VEC, ROW);
        if (count < 4) memory.fill(x + count * ROW, 0, (4 - count) * ROW);
        x += xStride;
        y += yStride;
        start += next * xStride;
      }
    }
  }
}

/** W[o, k … k + 3] from TRANSPOSED to `end`; beyond the `count` inputs that there are, the last is repeated. */
// @ts-ignore: decorator
@inline
function transposeWeights(weight: usize, end: usize, count: usize, inputs: usize): void {
  const b = min<usize>(1, count - 1) * VEC, c = min<usize>(2, count - 1) * VEC, d = (count - 1) * VEC;
  for (let out = TRANSPOSED, w = weight; out < end; out += 4 * VEC, w += inputs * VEC)
    transpose(out, VEC, w, w + b, w + c, w + d);
}

/**
 * Adjoint of the dense layer for its parameters.
 *
 *   y[o,n] = b[o] + Σ_k W[o,k] x[k,n]   ⇒   ∂L/∂W[o,k] = Σ_n ∂L/∂y[o,n] x[k,n],   ∂L/∂b[o] = Σ_n ∂L/∂y[o,n]
 *
 * @param dWeight  [pad4(outputs)/4][inputs][4]     accumulated into, tile by tile
 * @param dBias    [pad4(outputs)]                  accumulated into, tile by tile
 * @param dY       [tiles][pad4(outputs)][TILE]     rows beyond `outputs` are zero
 * @param x        [tiles][pad4(inputs)][TILE]      rows beyond `inputs` are finite
 */
export function denseBackwardParameters(
  dWeight: usize, dBias: usize, dY: usize, x: usize, inputs: usize, outputs: usize, tiles: usize,
): void {
  countProducts(inputs, pad4(outputs), tiles * ROW);
  const blocks = pad4(outputs) >> 2, blockBytes = inputs * VEC;
  for (let tile: usize = 0; tile < tiles; tile++, x += pad4(inputs) * ROW) {
    let dW = dWeight, b = dBias;
    // two blocks of four outputs at a time; where one is left, it is computed twice and stored twice
    for (let block: usize = 0; block < blocks; block += 2, dW += 2 * blockBytes, b += 2 * VEC) {
      const second: usize = block + 1 < blocks ? 1 : 0;
      let sum0 = f32x4.splat(0), sum1 = sum0;
      for (let out = BLOCKS, y = dY, z = dY + second * 4 * ROW; y < dY + ROW; out += 4 * PARTICLE_STEP) {
        sum0 = f32x4.add(sum0, transpose(out, PARTICLE_STEP, y, y + ROW, y + 2 * ROW, y + 3 * ROW));
        sum1 = f32x4.add(sum1, transpose(out + BLOCK_STEP, PARTICLE_STEP, z, z + ROW, z + 2 * ROW, z + 3 * ROW));
        y += VEC;
        z += VEC;
      }
      addTwo(b, second * VEC, sum0, sum1);
      accumulateWeights(dW, second * blockBytes, x, inputs);
      dY += (1 + second) * 4 * ROW;
    }
  }
}
