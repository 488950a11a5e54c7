/** Twins of the log-likelihood-ratio estimators of `assembly/information`: f64. */
import { type Rows, sum } from "./arrays.ts";
import { logNormal } from "./density.ts";
import { logSumExp } from "./information.ts";

/** Two estimates of one outer sample. */
export interface Pair {
  readonly lower: number;
  readonly upper: number;
}

/** ℓ_0 − log 1/(K+1) Σ_{k≥0} exp(ℓ_k + c_k) and ℓ_0 − log 1/K Σ_{k≥1} exp(ℓ_k + c_k) */
export function contrast(own: number, others: readonly number[], correction?: readonly number[]): Pair {
  const terms = [own, ...others].map((value, k) => value + (correction?.[k] ?? 0));
  const logMean = (values: readonly number[]) => logSumExpOf(values) - Math.log(values.length);
  return { lower: own - logMean(terms), upper: own - logMean(terms.slice(1)) };
}

/** Σ_x p(x) ratio of x */
export function contrastOutcomes(own: readonly number[], others: Rows): Pair {
  return overOutcomes(own, (x) =>
    contrast(
      own[x],
      others.map((draw) => draw[x]),
    ),
  );
}

/** A particle's ratios from the log-densities of its observation under all particles. */
export function againstSet(i: number, densities: readonly number[], logWeights: readonly number[]): Pair {
  const terms = densities.map((density, j) => density + logWeights[j]);
  const without = (values: readonly number[]) => logSumExpOf(values.filter((_, j) => j !== i));
  return {
    lower: densities[i] - logSumExpOf(terms) + logSumExpOf(logWeights),
    upper: densities[i] - without(terms) + without(logWeights),
  };
}

/** The ratios of every particle; x, mean and std are [N][D]. */
export function pairwiseGaussian(x: Rows, mean: Rows, std: Rows, logWeights: readonly number[]): Pair[] {
  return x.map((point, i) =>
    againstSet(
      i,
      mean.map((row, j) => sum(row.map((m, d) => logNormal(point[d], m, std[j][d] ** 2)))),
      logWeights,
    ),
  );
}

/** The ratios of every particle, averaged over the outcomes; logProbabilities [N][X]. */
export function categoricalRatios(logProbabilities: Rows, logWeights: readonly number[]): Pair[] {
  return logProbabilities.map((own, n) =>
    overOutcomes(own, (x) =>
      againstSet(
        n,
        logProbabilities.map((row) => row[x]),
        logWeights,
      ),
    ),
  );
}

/** KL(N(μ_n, R_n) ‖ N(m, S)) of every particle, S and m the mixture's moments; mean and std are [N][D]. */
export function momentMatchedRatios(mean: Rows, std: Rows, weights: readonly number[]): number[] {
  const D = mean[0].length;
  const center = mean[0].map((_, d) => sum(mean.map((row, n) => weights[n] * row[d])));
  const S = center.map((_, d) =>
    center.map((__, e) =>
      sum(
        mean.map(
          (row, n) =>
            weights[n] * ((row[d] - center[d]) * (row[e] - center[e]) + (d === e ? std[n][d] ** 2 : 0)),
        ),
      ),
    ),
  );
  const { inverse, logDeterminant } = invert(S);
  return mean.map((row, n) => {
    const error = row.map((value, d) => value - center[d]);
    const quadratic = sum(error.map((a, d) => sum(error.map((b, e) => a * inverse[d][e] * b))));
    const trace = sum(std[n].map((s, d) => inverse[d][d] * s * s));
    return 0.5 * (logDeterminant - sum(std[n].map((s) => 2 * Math.log(s))) + quadratic + trace - D);
  });
}

/** Mean of a weighted set's ratios and its standard error. */
export function ratioMoments(ratios: readonly number[], weights: readonly number[]): [number, number] {
  const mean = sum(ratios.map((ratio, n) => weights[n] * ratio));
  const variance = sum(ratios.map((ratio, n) => (weights[n] * (ratio - mean)) ** 2));
  return [mean, Math.sqrt(variance / (1 - sum(weights.map((w) => w * w))))];
}

/** Inverse and log-determinant of a positive definite matrix, by Gauss and Jordan. */
export function invert(matrix: Rows): { inverse: Rows; logDeterminant: number } {
  const D = matrix.length;
  const rows = matrix.map((row, d) => [...row, ...row.map((_, e) => (d === e ? 1 : 0))]);
  let logDeterminant = 0;
  for (let d = 0; d < D; d++) {
    logDeterminant += Math.log(rows[d][d]);
    rows[d] = rows[d].map((value) => value / rows[d][d]);
    for (let e = 0; e < D; e++)
      if (e !== d) rows[e] = rows[e].map((value, k) => value - rows[e][d] * rows[d][k]);
  }
  return { inverse: rows.map((row) => row.slice(D)), logDeterminant };
}

function overOutcomes(logProbabilities: readonly number[], ratioOf: (x: number) => Pair): Pair {
  const possible = logProbabilities.flatMap((logP, x) =>
    logP > -Infinity ? [{ p: Math.exp(logP), x }] : [],
  );
  const pairs = possible.map(({ p, x }) => ({ p, ...ratioOf(x) }));
  return {
    lower: sum(pairs.map(({ p, lower }) => p * lower)),
    upper: sum(pairs.map(({ p, upper }) => p * upper)),
  };
}

/** `logSumExp`, −∞ where every term is. */
function logSumExpOf(terms: readonly number[]): number {
  return terms.every((term) => term === -Infinity) ? -Infinity : logSumExp(terms);
}
