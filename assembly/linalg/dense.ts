import { F32, pad4, ROW, VEC } from "../memory";

/*
 * The dense layer Y = W X + b and its adjoints.
 *
 * X and Y are tiles `[tile][rows][TILE]`, lanes are particles, rows padded to multiples of four.
 * W is stored `[out/4][in][4]`: four outputs of one input side by side. The same block serves the tiled
 * product, the single-row product (lanes are outputs) and both adjoints; rows beyond `outputs` are zero.
 * The micro-kernel keeps eight accumulators: four rows × eight particles (docs/decisions/0002-tiles.md).
 */

/** Lane-wise `sum + factor · x`. */
// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, factor: v128, x: v128): v128 {
  return f32x4.add(sum, f32x4.mul(factor, x));
}

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
  const blocks = pad4(outputs) >> 2;
  const blockBytes = inputs * VEC;
  for (let tile: usize = 0; tile < tiles; tile++, x += pad4(inputs) * ROW) {
    for (let block: usize = 0; block < blocks; block++, y += 4 * ROW) {
      const b = bias + block * VEC;
      const weights = weight + block * blockBytes;
      const end = weights + blockBytes;
      for (let n: usize = 0; n < ROW; n += 2 * VEC) {
        let y00 = v128.load32_splat(b), y01 = y00;
        let y10 = v128.load32_splat(b, 4), y11 = y10;
        let y20 = v128.load32_splat(b, 8), y21 = y20;
        let y30 = v128.load32_splat(b, 12), y31 = y30;
        // y[o,n] += W[o,k] x[k,n] for four o and eight n
        for (let w = weights, row = x + n; w < end; w += VEC, row += ROW) {
          const x0 = v128.load(row), x1 = v128.load(row, 16);
          const w0 = v128.load32_splat(w);
          y00 = multiplyAdd(y00, w0, x0);
          y01 = multiplyAdd(y01, w0, x1);
          const w1 = v128.load32_splat(w, 4);
          y10 = multiplyAdd(y10, w1, x0);
          y11 = multiplyAdd(y11, w1, x1);
          const w2 = v128.load32_splat(w, 8);
          y20 = multiplyAdd(y20, w2, x0);
          y21 = multiplyAdd(y21, w2, x1);
          const w3 = v128.load32_splat(w, 12);
          y30 = multiplyAdd(y30, w3, x0);
          y31 = multiplyAdd(y31, w3, x1);
        }
        const out = y + n;
        v128.store(out, y00);
        v128.store(out, y01, 16);
        v128.store(out + ROW, y10);
        v128.store(out + ROW, y11, 16);
        v128.store(out + 2 * ROW, y20);
        v128.store(out + 2 * ROW, y21, 16);
        v128.store(out + 3 * ROW, y30);
        v128.store(out + 3 * ROW, y31, 16);
      }
    }
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
  const blocks = pad4(outputs) >> 2;
  const blockBytes = inputs * VEC;
  const end = x + inputs * F32;
  let block: usize = 0;
  // four blocks of four outputs at a time: four independent sums hide the latency of the addition
  for (; block + 4 <= blocks; block += 4, weight += 4 * blockBytes, bias += 4 * VEC, y += 4 * VEC) {
    let y0 = v128.load(bias), y1 = v128.load(bias, 16), y2 = v128.load(bias, 32), y3 = v128.load(bias, 48);
    let w0 = weight, w1 = w0 + blockBytes, w2 = w1 + blockBytes, w3 = w2 + blockBytes;
    for (let k = x; k < end; k += F32, w0 += VEC, w1 += VEC, w2 += VEC, w3 += VEC) {
      const value = v128.load32_splat(k);
      y0 = multiplyAdd(y0, v128.load(w0), value);
      y1 = multiplyAdd(y1, v128.load(w1), value);
      y2 = multiplyAdd(y2, v128.load(w2), value);
      y3 = multiplyAdd(y3, v128.load(w3), value);
    }
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
  }
  for (; block < blocks; block++, bias += VEC, y += VEC) {
    let sum = v128.load(bias);
    for (let k = x; k < end; k += F32, weight += VEC) sum = multiplyAdd(sum, v128.load(weight), v128.load32_splat(k));
    v128.store(y, sum);
  }
}

/**
 * Adjoint of the dense layer for its input.
 *
 *   y[o,n] = b[o] + Σ_k W[o,k] x[k,n]   ⇒   ∂L/∂x[k,n] = Σ_o W[o,k] ∂L/∂y[o,n]
 *
 * @param dX  [tiles][pad4(inputs)][TILE]   written; rows beyond `inputs` are zero
 * @param dY  [tiles][pad4(outputs)][TILE]  rows beyond `outputs` are zero
 */
export function denseBackwardInput(
  dX: usize, dY: usize, weight: usize, inputs: usize, outputs: usize, tiles: usize,
): void {
  const blockBytes = inputs * VEC;
  const rows = pad4(outputs) * ROW, padding = (pad4(inputs) - inputs) * ROW;
  for (let tile: usize = 0; tile < tiles; tile++, dY += rows) {
    let k: usize = 0;
    for (; k + 4 <= inputs; k += 4, dX += 4 * ROW) {
      for (let n: usize = 0; n < ROW; n += 2 * VEC) {
        let x00 = f32x4.splat(0), x01 = x00, x10 = x00, x11 = x00, x20 = x00, x21 = x00, x30 = x00, x31 = x00;
        // dx[k,n] += W[o,k] dy[o,n] for four k and eight n
        for (let row = dY + n, end = row + rows, block = weight + k * VEC; row < end; block += blockBytes) {
          for (let w = block; w < block + VEC; w += F32, row += ROW) {
            const y0 = v128.load(row), y1 = v128.load(row, 16);
            const w0 = v128.load32_splat(w);
            x00 = multiplyAdd(x00, w0, y0);
            x01 = multiplyAdd(x01, w0, y1);
            const w1 = v128.load32_splat(w, 16);
            x10 = multiplyAdd(x10, w1, y0);
            x11 = multiplyAdd(x11, w1, y1);
            const w2 = v128.load32_splat(w, 32);
            x20 = multiplyAdd(x20, w2, y0);
            x21 = multiplyAdd(x21, w2, y1);
            const w3 = v128.load32_splat(w, 48);
            x30 = multiplyAdd(x30, w3, y0);
            x31 = multiplyAdd(x31, w3, y1);
          }
        }
        const out = dX + n;
        v128.store(out, x00);
        v128.store(out, x01, 16);
        v128.store(out + ROW, x10);
        v128.store(out + ROW, x11, 16);
        v128.store(out + 2 * ROW, x20);
        v128.store(out + 2 * ROW, x21, 16);
        v128.store(out + 3 * ROW, x30);
        v128.store(out + 3 * ROW, x31, 16);
      }
    }
    for (; k < inputs; k++, dX += ROW) backwardOneInput(dX, dY, weight + k * VEC, rows, blockBytes);
    memory.fill(dX, 0, padding);
    dX += padding;
  }
}

/** dx[n] = Σ_o W[o] dy[o,n], for one input of one tile */
function backwardOneInput(dX: usize, dY: usize, weight: usize, rows: usize, blockBytes: usize): void {
  for (let n: usize = 0; n < ROW; n += 4 * VEC) {
    let x0 = f32x4.splat(0), x1 = x0, x2 = x0, x3 = x0;
    for (let row = dY + n, end = row + rows, block = weight; row < end; block += blockBytes) {
      for (let w = block; w < block + VEC; w += F32, row += ROW) {
        const value = v128.load32_splat(w);
        x0 = multiplyAdd(x0, value, v128.load(row));
        x1 = multiplyAdd(x1, value, v128.load(row, 16));
        x2 = multiplyAdd(x2, value, v128.load(row, 32));
        x3 = multiplyAdd(x3, value, v128.load(row, 48));
      }
    }
    v128.store(dX + n, x0);
    v128.store(dX + n, x1, 16);
    v128.store(dX + n, x2, 32);
    v128.store(dX + n, x3, 48);
  }
}

/** The sums of the lanes of four vectors, as one vector. */
// @ts-ignore: decorator
@inline
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/**
 * Adjoint of the dense layer for its parameters.
 *
 *   y[o,n] = b[o] + Σ_k W[o,k] x[k,n]   ⇒   ∂L/∂W[o,k] = Σ_n ∂L/∂y[o,n] x[k,n],   ∂L/∂b[o] = Σ_n ∂L/∂y[o,n]
 *
 * @param dWeight  [pad4(outputs)/4][inputs][4]     accumulated into
 * @param dBias    [pad4(outputs)]                  accumulated into
 * @param dY       [tiles][pad4(outputs)][TILE]     rows beyond `outputs` are zero
 * @param x        [tiles][pad4(inputs)][TILE]      rows beyond `inputs` are finite
 */
export function denseBackwardParameters(
  dWeight: usize, dBias: usize, dY: usize, x: usize, inputs: usize, outputs: usize, tiles: usize,
): void {
  const yStride = pad4(outputs) * ROW, xStride = pad4(inputs) * ROW;
  const yEnd = dY + yStride;
  for (let y = dY; y < yEnd; y += 4 * ROW, dBias += VEC) {
    accumulateBias(dBias, y, yStride, tiles);
    let k: usize = 0;
    // dW[o,k] += Σ_n dy[o,n] x[k,n] for four o and two k
    for (; k + 2 <= inputs; k += 2, dWeight += 2 * VEC) {
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let rowY = y, rowX = x + k * ROW;
      for (let tile: usize = 0; tile < tiles; tile++, rowY += yStride, rowX += xStride) {
        for (let n: usize = 0; n < ROW; n += VEC) {
          const xa = v128.load(rowX + n), xb = v128.load(rowX + n, 128);
          const y0 = v128.load(rowY + n), y1 = v128.load(rowY + n, 128);
          const y2 = v128.load(rowY + n, 256), y3 = v128.load(rowY + n, 384);
          a0 = multiplyAdd(a0, y0, xa);
          b0 = multiplyAdd(b0, y0, xb);
          a1 = multiplyAdd(a1, y1, xa);
          b1 = multiplyAdd(b1, y1, xb);
          a2 = multiplyAdd(a2, y2, xa);
          b2 = multiplyAdd(b2, y2, xb);
          a3 = multiplyAdd(a3, y3, xa);
          b3 = multiplyAdd(b3, y3, xb);
        }
      }
      v128.store(dWeight, f32x4.add(v128.load(dWeight), sumLanes(a0, a1, a2, a3)));
      v128.store(dWeight, f32x4.add(v128.load(dWeight, 16), sumLanes(b0, b1, b2, b3)), 16);
    }
    if (k < inputs) {
      accumulateWeight(dWeight, y, x + k * ROW, yStride, xStride, tiles);
      dWeight += VEC;
    }
  }
}

/** dWeight[0…3] += Σ_n dy[0…3, n] x[n], for one input. */
function accumulateWeight(
  dWeight: usize, dY: usize, x: usize, yStride: usize, xStride: usize, tiles: usize,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  for (let tile: usize = 0; tile < tiles; tile++, dY += yStride, x += xStride) {
    for (let n: usize = 0; n < ROW; n += VEC) {
      const value = v128.load(x + n);
      a0 = multiplyAdd(a0, v128.load(dY + n), value);
      a1 = multiplyAdd(a1, v128.load(dY + n, 128), value);
      a2 = multiplyAdd(a2, v128.load(dY + n, 256), value);
      a3 = multiplyAdd(a3, v128.load(dY + n, 384), value);
    }
  }
  v128.store(dWeight, f32x4.add(v128.load(dWeight), sumLanes(a0, a1, a2, a3)));
}

/** dBias[0…3] += Σ_n dy[0…3, n] */
function accumulateBias(dBias: usize, dY: usize, yStride: usize, tiles: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  for (let tile: usize = 0; tile < tiles; tile++, dY += yStride) {
    for (let n: usize = 0; n < ROW; n += VEC) {
      a0 = f32x4.add(a0, v128.load(dY + n));
      a1 = f32x4.add(a1, v128.load(dY + n, 128));
      a2 = f32x4.add(a2, v128.load(dY + n, 256));
      a3 = f32x4.add(a3, v128.load(dY + n, 384));
    }
  }
  v128.store(dBias, f32x4.add(v128.load(dBias), sumLanes(a0, a1, a2, a3)));
}
