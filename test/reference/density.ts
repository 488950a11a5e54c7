/** Twins of `assembly/density`: f64, one particle at a time. */
import { sum } from "./arrays.ts";
import { huber, huberSlope } from "./nn.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** log s² = −9 + 10 σ(y + 1) */
export function logVariance(y: number): number {
  return -9 + 10 * sigmoid(y + 1);
}

/** log σ = −8 + 5 σ(y) of a latent */
export function latentLogStd(y: number): number {
  return -8 + 5 * sigmoid(y);
}

/** log N(x; mean, variance) */
export function logNormal(x: number, mean: number, variance: number): number {
  return -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) ** 2 / variance);
}

/** Σ_d weight[d] (½ (m − t)² / s² + ½ log s²) of one particle's head [m, y]. */
export function gaussianHeadLoss(
  head: readonly number[],
  target: readonly number[],
  weight: readonly number[],
): number {
  const width = target.length;
  return sum(
    target.map((t, d) => {
      const v = logVariance(head[width + d]);
      return weight[d] * (0.5 * (head[d] - t) ** 2 * Math.exp(-v) + 0.5 * v);
    }),
  );
}

/** The derivatives of `gaussianHeadLoss` by m, then by y. */
export function gaussianHeadGradient(
  head: readonly number[],
  target: readonly number[],
  weight: readonly number[],
): number[] {
  const width = target.length;
  const dMean = target.map((t, d) => (weight[d] * (head[d] - t)) / Math.exp(logVariance(head[width + d])));
  const dY = target.map((t, d) => {
    const gate = sigmoid(head[width + d] + 1);
    const square = (head[d] - t) ** 2 / Math.exp(logVariance(head[width + d]));
    return weight[d] * 0.5 * (1 - square) * 10 * gate * (1 - gate);
  });
  return [...dMean, ...dY];
}

/** −t log σ(l) − (1 − t) log(1 − σ(l)) = log(1 + eˡ) − t l */
export function bernoulliLoss(logit: number, target: number): number {
  return Math.log1p(Math.exp(-Math.abs(logit))) + Math.max(0, logit) - target * logit;
}

/** Cross-entropy of the logit of ending, and where the world ended (t = 1) the Huber loss of the reward v − g. */
export function endingLoss([logit, v]: readonly number[], t: number, g: number): number {
  return bernoulliLoss(logit, t) + t * huber(v - g, 1);
}

/** The derivatives of `endingLoss`: σ(l) − t, and v − g within ±1 where the world ended. */
export function endingGradient([logit, v]: readonly number[], t: number, g: number): number[] {
  return [sigmoid(logit) - t, t * huberSlope(v - g, 1)];
}

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const exponentials = logits.map((l) => Math.exp(l - top));
  return exponentials.map((e) => e / sum(exponentials));
}

/** −Σ_k t[k] log p[k] */
export function crossEntropy(logits: readonly number[], target: readonly number[]): number {
  const top = Math.max(...logits);
  const normaliser = top + Math.log(sum(logits.map((l) => Math.exp(l - top))));
  return sum(target.map((t, k) => t * (normaliser - logits[k])));
}

/** The derivative of `crossEntropy` by the logits, p[k] Σ t − t[k]. */
export function crossEntropyGradient(logits: readonly number[], target: readonly number[]): number[] {
  return softmax(logits).map((p, k) => p * sum(target) - target[k]);
}

/** The mode and its neighbours, averaged by their probabilities. */
export function modeOfBins(logits: readonly number[]): number {
  const p = softmax(logits);
  const mode = p.indexOf(Math.max(...p));
  const near = p.map((value, k) => (Math.abs(k - mode) <= 1 ? value : 0));
  return sum(near.map((value, k) => value * (-1 + (2 * k) / (p.length - 1)))) / sum(near);
}

/** One unit of weight shared between the two centres nearest to the action. */
export function hat(action: number, bins: number): number[] {
  const place = ((action + 1) / 2) * (bins - 1);
  return Array.from({ length: bins }, (_, k) => Math.max(0, 1 - Math.abs(place - k)));
}

/** Slopes of `compress` beyond ±8. */
export interface Slopes {
  readonly low: number;
  readonly high: number;
}

/** x, or beyond ±8 with another slope. */
export function compress(x: number, { low, high }: Slopes): number {
  return Math.max(0, x - 8) * high + Math.min(0, x + 8) * low + Math.max(-8, Math.min(8, x));
}

/** Inverse of `compress`. */
export function expand(x: number, { low, high }: Slopes): number {
  return compress(x, { low: 1 / low, high: 1 / high });
}
