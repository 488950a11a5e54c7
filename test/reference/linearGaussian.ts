/** The linear-Gaussian oracle of the information that an observation carries. */
import type { GaussianPrediction } from "../../src/inference/information/predictions.ts";
import { gaussian, type Random, type Rows, sum } from "./arrays.ts";
import { invert } from "./ratios.ts";

/** z ∼ N(m, P), x = C z + v, v ∼ N(0, R) with R diagonal; P is given by its root. */
export interface LinearGaussian {
  readonly m: number[];
  readonly root: Rows;
  readonly C: Rows;
  readonly std: number[];
}

export const scalar: LinearGaussian = { m: [0.4], root: [[1.3]], C: [[1.5]], std: [0.9] };
export const plane: LinearGaussian = {
  m: [1, -2],
  root: [
    [1, 0],
    [0.6, 0.7],
  ],
  C: [
    [1, 0.5],
    [-0.4, 1.2],
  ],
  std: [0.8, 1.1],
};

function times(matrix: Rows, x: readonly number[]): number[] {
  return matrix.map((row) => sum(row.map((a, i) => a * x[i])));
}

/** S = C P Cᵀ + R */
export function predicted({ root, C, std }: LinearGaussian): Rows {
  const factor = C.map((row) => root[0].map((_, k) => sum(row.map((c, i) => c * root[i][k]))));
  return factor.map((a, d) =>
    factor.map((b, e) => sum(a.map((value, k) => value * b[k])) + (d === e ? std[d] ** 2 : 0)),
  );
}

/** ½ log |S| / |R| */
export function information(system: LinearGaussian): number {
  const { logDeterminant } = invert(predicted(system));
  return 0.5 * (logDeterminant - sum(system.std.map((s) => Math.log(s * s))));
}

export function drawLatent({ m, root }: LinearGaussian, random: Random): number[] {
  const noise = m.map(() => gaussian(random));
  return times(root, noise).map((value, d) => m[d] + value);
}

/** What N draws of z predict. */
export function predictionOf(system: LinearGaussian, N: number, random: Random): GaussianPrediction {
  const rows = Array.from({ length: N }, () => times(system.C, drawLatent(system, random)));
  return { mean: system.C.map((_, d) => rows.map((row) => row[d])), std: system.std };
}
