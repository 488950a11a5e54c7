/** One-step predictions by Bayesian linear regression on fixed random features: what a small network would learn, in closed form. */
import type { Random } from "../../src/core/random.ts";
import { cholesky } from "../../src/models/matrix.ts";

type Rows = readonly (readonly number[])[];

/** Random features beside the inputs themselves. */
const FEATURES = 150;
/** Shares of the rows that are fitted; the others are predicted. */
const FITTED = 0.6;
/** Prior precisions of the weights, in those of one row's noise: of each target the best one counts. */
const RIDGES = [0.03, 0.3, 3, 30];
/** Least variance of an error, in those of the target: no world is predicted better by an agent's model after a warm-up. */
const LEAST_VARIANCE = 0.02;

/**
 * Log-densities of the rows that were not fitted, in nats, summed over the targets, each in its own deviation.
 *
 *   ŷ = wᵀ φ,  φ = (1, x, tanh(W x + b)),  W ∼ N(0, 1.5² / D), b ∼ U(−2, 2), x standardised
 */
export function logDensities(inputs: Rows, targets: Rows, random: Random): number[] {
  const features = featuresOf(standardised(inputs), random);
  const scaled = standardised(targets);
  const fitted = Math.floor(FITTED * features.length);
  const densities = new Array<number>(features.length - fitted).fill(0);
  const moments = features[0].map((_, i) =>
    features[0].map((_, j) => (j > i ? 0 : sumOver(fitted, (n) => features[n][i] * features[n][j]))),
  );
  const factors = RIDGES.map((ridge) =>
    cholesky(moments.map((row, i) => row.map((value, j) => value + (i === j ? ridge : 0)))),
  );
  for (let d = 0; d < scaled[0].length; d++) {
    if (scaled.every((row) => row[d] === 0)) continue;
    const right = features[0].map((_, i) => sumOver(fitted, (n) => features[n][i] * scaled[n][d]));
    const errors = factors.map((factor) => {
      const weights = solve(factor, right);
      return features.slice(fitted).map((phi, n) => scaled[fitted + n][d] - dot(weights, phi));
    });
    const variances = errors.map((each) => Math.max(LEAST_VARIANCE, dot(each, each) / each.length));
    const best = variances.indexOf(Math.min(...variances));
    errors[best].forEach((error, n) => {
      densities[n] -= 0.5 * (error ** 2 / variances[best] + Math.log(variances[best]));
    });
  }
  return densities;
}

/** Mean difference of two lists, and how many of its standard errors it is. */
export function compare(a: readonly number[], b: readonly number[]) {
  const gains = b.map((value, n) => value - a[n]);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length;
  return { mean, errors: mean / Math.sqrt(variance / gains.length + 1e-20) };
}

function featuresOf(inputs: Rows, random: Random): Rows {
  const live = inputs[0].filter((_, d) => inputs.some((row) => row[d] !== 0)).length;
  const scale = 1.5 / Math.sqrt(Math.max(1, live));
  const weights = Array.from({ length: FEATURES }, () => inputs[0].map(() => scale * random.normal()));
  const biases = weights.map(() => random.uniform(-2, 2));
  return inputs.map((x) => [1, ...x, ...weights.map((w, k) => Math.tanh(biases[k] + dot(w, x)))]);
}

/** Each column less its mean, in its deviations; 0 where it does not vary. */
function standardised(rows: Rows): Rows {
  const means = rows[0].map((_, d) => sumOver(rows.length, (n) => rows[n][d]) / rows.length);
  const deviations = means.map((mean, d) =>
    Math.sqrt(sumOver(rows.length, (n) => (rows[n][d] - mean) ** 2) / rows.length),
  );
  return rows.map((row) =>
    row.map((value, d) => (deviations[d] > 1e-9 ? (value - means[d]) / deviations[d] : 0)),
  );
}

/** (L Lᵀ)⁻¹ b */
function solve(lower: Rows, b: readonly number[]): number[] {
  const x = [...b];
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k];
    x[i] /= lower[i][i];
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= lower[k][i] * x[k];
    x[i] /= lower[i][i];
  }
  return x;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function sumOver(count: number, value: (n: number) => number): number {
  let sum = 0;
  for (let n = 0; n < count; n++) sum += value(n);
  return sum;
}
