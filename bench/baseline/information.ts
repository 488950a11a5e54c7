/** Log-likelihood ratios in plain TypeScript, as `assembly/information/contrast.ts` and `pairwise.ts`. */
import { exponential } from "./math.ts";

/** Where exp rounds to nothing beside 1, and the table of `exponential` ends. */
const LOWEST = -100;

/** Sets lower[n] and upper[n] from the terms of the denominator: the own one, and `count` others from `from` on. */
function store(
  lower: Float32Array,
  upper: Float32Array,
  n: number,
  sums: {
    readonly own: number;
    readonly ownTerm: number;
    readonly logOthers: number;
    readonly logAll: number;
  },
  terms: Float64Array,
): void {
  let top = -Infinity;
  for (let k = 0; k < terms.length; k++) if (terms[k] > top) top = terms[k];
  let S = 0;
  for (let k = 0; k < terms.length; k++) {
    const below = terms[k] - top;
    if (below > LOWEST) S += exponential(below);
  }
  const { own, ownTerm, logOthers, logAll } = sums;
  const m = Math.max(top, ownTerm);
  upper[n] = own - top - Math.log(S) + logOthers;
  lower[n] = own - m - Math.log(Math.exp(ownTerm - m) + S * Math.exp(top - m)) + logAll;
}

/** own [N], others [K][N] */
export function contrast(
  lower: Float32Array,
  upper: Float32Array,
  own: Float32Array,
  others: Float32Array,
  terms: Float64Array,
): void {
  const N = own.length;
  const K = others.length / N;
  const logOthers = Math.log(K);
  const logAll = Math.log(K + 1);
  for (let n = 0; n < N; n++) {
    for (let k = 0, i = n; k < K; k++, i += N) terms[k] = others[i];
    store(lower, upper, n, { own: own[n], ownTerm: own[n], logOthers, logAll }, terms);
  }
}

/** What `pairwiseGaussian` computes in: precisions [D, N], constants and terms [N]. */
export interface Pairs {
  readonly precisions: Float64Array;
  readonly constants: Float64Array;
  readonly terms: Float64Array;
}

export function allocatePairs(D: number, N: number): Pairs {
  return {
    precisions: new Float64Array(D * N),
    constants: new Float64Array(N),
    terms: new Float64Array(N),
  };
}

/** x, mean and std are [D, N]; equal weights. */
export function pairwiseGaussian(
  lower: Float32Array,
  upper: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
  pairs: Pairs,
): void {
  const N = lower.length;
  const D = mean.length / N;
  const { precisions, constants, terms } = pairs;
  prepare(pairs, std, D, N);
  const logAll = Math.log(N);
  const logOthers = Math.log(N - 1);
  for (let i = 0; i < N; i++) {
    terms.set(constants);
    for (let d = 0, at = 0; d < D; d++) {
      const point = x[d * N + i];
      for (let j = 0; j < N; j++, at++) {
        const error = point - mean[at];
        terms[j] -= error * error * precisions[at];
      }
    }
    const own = terms[i];
    terms[i] = -Infinity;
    store(lower, upper, i, { own, ownTerm: own, logOthers, logAll }, terms);
  }
}

/** precisions = ½ / σ²,  constants = −Σ_d log σ[d] */
function prepare({ precisions, constants }: Pairs, std: Float32Array, D: number, N: number): void {
  for (let i = 0; i < D * N; i++) precisions[i] = 0.5 / (std[i] * std[i]);
  for (let n = 0; n < N; n++) {
    let product = 1;
    for (let d = 0; d < D; d++) product *= std[d * N + n];
    constants[n] = -Math.log(product);
  }
}
