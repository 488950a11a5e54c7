/** Twins of `assembly/information`: f64. */
import { sum } from "./arrays.ts";
import { logNormal, logVariance } from "./density.ts";

/** log Σ_j exp x[j] */
export function logSumExp(x: readonly number[]): number {
  const top = Math.max(...x);
  return top + Math.log(sum(x.map((value) => Math.exp(value - top))));
}

/** What one member predicts: independent Gaussians of given mean and variance. */
export interface Prediction {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** The prediction of a head [m, y], without the observation's noise. */
export function predictionOf(head: readonly number[], width: number): Prediction {
  return {
    mean: head.slice(0, width),
    variance: head.slice(width, 2 * width).map((y) => Math.exp(logVariance(y))),
  };
}

export function logDensity(x: readonly number[], { mean, variance }: Prediction): number {
  return sum(x.map((value, d) => logNormal(value, mean[d], variance[d])));
}

/** 1/E Σ_e [ ℓ_e(y_e) − log 1/E Σ_j exp ℓ_j(y_e) ],  y_e = m_e + √v_e ε_e,  v = s² + noise² */
export function ensembleLogLikelihoodRatio(
  predictions: readonly Prediction[],
  noise: number,
  epsilon: readonly (readonly number[])[],
): number {
  const members = predictions.map(({ mean, variance }) => ({
    mean,
    variance: variance.map((s2) => s2 + noise * noise),
  }));
  const ratios = members.map(({ mean, variance }, e) => {
    const y = mean.map((m, d) => m + Math.sqrt(variance[d]) * epsilon[e][d]);
    const all = members.map((member) => logDensity(y, member));
    return all[e] - (logSumExp(all) - Math.log(members.length));
  });
  return sum(ratios) / members.length;
}

/** The two terms of the bound for a realised target: E_q[log p(t | z)] averaged − log evidence, and −KL(q‖p) averaged. */
export function realisedRatio(
  predictions: readonly Prediction[],
  noise: number,
  target: readonly number[],
): { informationGain: number; stateConsistency: number } {
  const r = noise * noise;
  const terms = predictions.map(({ mean, variance }) => {
    let likelihood = 0;
    let divergence = 0;
    target.forEach((t, d) => {
      // Bayes' rule for a Gaussian: precisions add
      const v = 1 / (1 / variance[d] + 1 / r);
      const m = v * (mean[d] / variance[d] + t / r);
      likelihood += logNormal(t, m, r) - (0.5 * v) / r;
      divergence +=
        0.5 * (v / variance[d] + (m - mean[d]) ** 2 / variance[d] - 1 - Math.log(v / variance[d]));
    });
    return { likelihood, divergence };
  });
  const E = predictions.length;
  return {
    informationGain:
      sum(terms.map(({ likelihood }) => likelihood)) / E - logEvidence(predictions, noise, target),
    stateConsistency: -sum(terms.map(({ divergence }) => divergence)) / E,
  };
}

/** log N(t; m_e, s_e² + noise²) of each member */
export function evidences(
  predictions: readonly Prediction[],
  noise: number,
  target: readonly number[],
): number[] {
  return predictions.map(({ mean, variance }) =>
    logDensity(target, { mean, variance: variance.map((s2) => s2 + noise * noise) }),
  );
}

/** log 1/E Σ_e N(t; m_e, s_e² + noise²) */
export function logEvidence(
  predictions: readonly Prediction[],
  noise: number,
  target: readonly number[],
): number {
  return logSumExp(evidences(predictions, noise, target)) - Math.log(predictions.length);
}
