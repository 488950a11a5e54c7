/** How rare the rewards are that depend on more than the action: what says how much of the time curiosity deserves. */
import type { Columns } from "../core/gather.ts";
import { cholesky, type Matrix } from "../models/matrix.ts";

/** Rows that are read at most, evenly spread over the experience. */
const MOST_ROWS = 2000;
/** Share of the rewards' variance that actions alone may leave unexplained in a world whose rewards depend on nothing else. */
const UNEXPLAINED = 0.1;
/** Mean square below which rewards of size 1 differ by rounding alone. */
const ROUNDING = 1e-13;
/** Share of the steps that carries the variance of dense rewards: 1 / kurtosis of a normal distribution. */
const DENSE = 1 / 3;
/** Rarity of dense rewards: a better reward may lie elsewhere. */
const LEAST = 0.2;

/** Where steps are stored. */
export interface Steps {
  readonly actions: Columns;
  readonly rewards: Columns;
  /** Whether a row is a step that did not end the world; others are not read. */
  isRead(row: number): boolean;
}

/**
 * 1 where rewards are rare, or depend on the action alone, or do not vary; `LEAST` where they are dense.
 *
 *   d = r − ŵᵀφ(a),  φ(a) = (1, a, a²);   rarity = max(LEAST, 1 − 3 · share),   share = (Σ d²)² / (n Σ d⁴)
 *
 * `share` is the participation ratio, 1 / kurtosis: about that share of the steps carries the variance.
 */
export function rarityOf(rows: number, { actions, rewards: given, isRead }: Steps): number {
  const every = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const features: number[][] = [];
  const rewards: number[] = [];
  for (let row = 0; row < rows; row += every) {
    if (!isRead(row)) continue;
    rewards.push(given.table[row * given.stride + given.offset]);
    const from = row * actions.stride + actions.offset;
    features.push(featuresOf(actions.table.subarray(from, from + actions.width)));
  }
  const unit = rewards.reduce((most, reward) => Math.max(most, Math.abs(reward)), 0);
  if (unit === 0) return 1;
  const scaled = rewards.map((reward) => reward / unit);
  const mean = sumOf(scaled) / scaled.length;
  const total = sumOf(scaled.map((reward) => (reward - mean) ** 2));
  const left = residuals(features, scaled).map((d) => d * d);
  const squares = sumOf(left);
  if (!(squares > Math.max(UNEXPLAINED * total, ROUNDING * left.length))) return 1;
  const share = squares ** 2 / (left.length * sumOf(left.map((square) => square * square)));
  return Math.max(LEAST, 1 - share / DENSE);
}

/** φ(a) */
function featuresOf(action: Float32Array): number[] {
  return [1, ...action, ...action.map((a) => a * a)];
}

/** r − ŵᵀφ by least squares; a feature that the ones before it determine gets no weight. */
function residuals(features: readonly (readonly number[])[], rewards: readonly number[]): number[] {
  const weights = (features[0] ?? []).map(() => 0);
  const moments = weights.map(() => weights.map(() => 0));
  features.forEach((phi, n) => {
    for (let i = 0; i < weights.length; i++) {
      weights[i] += phi[i] * rewards[n];
      for (let j = 0; j <= i; j++) moments[i][j] += phi[i] * phi[j];
    }
  });
  solve(cholesky(moments), weights);
  return rewards.map((reward, n) =>
    features[n].reduce((rest, value, k) => rest - value * weights[k], reward),
  );
}

/** b ← (L Lᵀ)⁻¹ b: L y = b, then Lᵀ w = y. Where a pivot is 0, so is the solution. */
function solve(lower: Matrix, b: number[]): void {
  for (let i = 0; i < b.length; i++) {
    for (let k = 0; k < i; k++) b[i] -= lower[i][k] * b[k];
    b[i] = lower[i][i] > 0 ? b[i] / lower[i][i] : 0;
  }
  for (let i = b.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < b.length; k++) b[i] -= lower[k][i] * b[k];
    b[i] = lower[i][i] > 0 ? b[i] / lower[i][i] : 0;
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
