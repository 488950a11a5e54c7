/** Twins of `assembly/linalg`: f64, one particle at a time. */
import { pad4 } from "../../src/core/tiles.ts";
import type { Rows } from "./arrays.ts";

/** W[o][k] and b[o]. */
export interface Layer {
  readonly weight: Rows;
  readonly bias: number[];
}

/** y[o] = b[o] + Σ_k W[o][k] x[k] */
export function dense({ weight, bias }: Layer, x: readonly number[]): number[] {
  return weight.map((row, o) => row.reduce((sum, w, k) => sum + w * x[k], bias[o]));
}

/** ∂L/∂x[k] = Σ_o W[o][k] ∂L/∂y[o] */
export function denseInputGradient({ weight }: Layer, dY: readonly number[]): number[] {
  return weight[0].map((_, k) => dY.reduce((sum, dy, o) => sum + weight[o][k] * dy, 0));
}

/** ∂L/∂W[o][k] = Σ_n ∂L/∂y_n[o] x_n[k],  ∂L/∂b[o] = Σ_n ∂L/∂y_n[o] */
export function denseParameterGradient(xs: Rows, dYs: Rows): Layer {
  const weight = dYs[0].map((_, o) =>
    xs[0].map((_, k) => xs.reduce((sum, x, n) => sum + dYs[n][o] * x[k], 0)),
  );
  const bias = dYs[0].map((_, o) => dYs.reduce((sum, dY) => sum + dY[o], 0));
  return { weight, bias };
}

/** [out/4][in][4]: packed[(⌊o/4⌋ · in + k) · 4 + o mod 4] = W[o][k] */
export function packWeight(weight: Rows): number[] {
  const inputs = weight[0].length;
  const packed = new Array<number>(pad4(weight.length) * inputs).fill(0);
  weight.forEach((row, o) => {
    row.forEach((w, k) => {
      packed[(Math.floor(o / 4) * inputs + k) * 4 + (o % 4)] = w;
    });
  });
  return packed;
}

/** The inverse of `packWeight`. */
export function unpackWeight(packed: ArrayLike<number>, outputs: number, inputs: number): Rows {
  return Array.from({ length: outputs }, (_, o) =>
    Array.from({ length: inputs }, (_, k) => packed[(Math.floor(o / 4) * inputs + k) * 4 + (o % 4)]),
  );
}

/** The bias, and zeros up to a multiple of four. */
export function packBias(bias: readonly number[]): number[] {
  return [...bias, ...new Array<number>(pad4(bias.length) - bias.length).fill(0)];
}

/** Mean and standard deviation of each column. */
export function columnMoments(rows: Rows): { mean: number[]; std: number[] } {
  const mean = rows[0].map((_, d) => rows.reduce((sum, row) => sum + row[d], 0) / rows.length);
  const std = mean.map((m, d) =>
    Math.sqrt(rows.reduce((sum, row) => sum + (row[d] - m) ** 2, 0) / rows.length),
  );
  return { mean, std };
}

/** out[d][n] = x[d][indices[n]] */
export function gatherColumns(x: Rows, indices: readonly number[]): Rows {
  return x.map((row) => indices.map((n) => row[n]));
}

/** out[o][n] + Σ_k matrix[o][k] x[k][n] */
export function addProduct(out: Rows, matrix: Rows, x: Rows): Rows {
  return out.map((row, o) =>
    row.map((value, n) => value + matrix[o].reduce((sum, m, k) => sum + m * x[k][n], 0)),
  );
}

/** Running moments, a value beyond `bound` deviations counted as one that lies there from the sixth row on. */
export function runningMoments(rows: Rows, bound: number): { mean: number[]; std: number[] } {
  const columns = rows[0].map((_, d) => {
    let [mean, variance] = [0, 0];
    rows.forEach((row, i) => {
      const n = i + 1;
      const limit = variance > 0 && n > 5 ? bound * Math.sqrt(variance) : Infinity;
      const delta = Math.max(-limit, Math.min(limit, row[d] - mean));
      variance = (1 - 1 / n) * (variance + delta ** 2 / n);
      mean += delta / n;
    });
    return { mean, std: Math.sqrt(variance) };
  });
  return { mean: columns.map(({ mean }) => mean), std: columns.map(({ std }) => std) };
}
