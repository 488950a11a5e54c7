/** A linear probe: how much of the true state can be read off a latent by ridge regression. */

/** A latent beside the quantities it may tell of. */
export interface Example {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  /** Whether it is kept for judging, and not fitted. */
  readonly isHeldOut: boolean;
}

/** Penalty of a squared weight, per fitted example, inputs standardised: no more than keeps the equations regular. */
const RIDGE = 1e-6;

/**
 * R² of each target on the held-out examples, predicted linearly from the inputs.
 *
 *   W = (XᵀX/N + RIDGE)⁻¹ XᵀY/N,   R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²
 *
 * X holds the fitted inputs, standardised, and Y the fitted targets less their means; ȳ is a mean of the held-out ones.
 *
 * @returns a number ≤ 1 for each target, 0 for a probe as good as the mean; undefined without examples of both kinds
 */
export function probe(examples: readonly Example[]): readonly number[] | undefined {
  const fitted = examples.filter(({ isHeldOut }) => !isHeldOut);
  const heldOut = examples.filter(({ isHeldOut }) => isHeldOut);
  if (fitted.length === 0 || heldOut.length === 0) return undefined;
  const { weights, shift, scale, bias } = fit(fitted);
  return bias.map((mean, k) => {
    const actual = heldOut.map(({ targets }) => targets[k]);
    const predicted = heldOut.map(({ inputs }) =>
      inputs.reduce((sum, value, i) => sum + (weights[i][k] * (value - shift[i])) / scale[i], mean),
    );
    const centre = meanOf(actual);
    const spread = meanOf(actual.map((value) => (value - centre) ** 2));
    return 1 - meanOf(actual.map((value, n) => (value - predicted[n]) ** 2)) / spread;
  });
}

function fit(examples: readonly Example[]) {
  const columns = (of: (example: Example) => readonly number[]) =>
    of(examples[0]).map((_, i) => examples.map((example) => of(example)[i]));
  const inputs = columns((example) => example.inputs);
  const shift = inputs.map(meanOf);
  const scale = inputs.map(
    (values, i) => Math.sqrt(meanOf(values.map((value) => (value - shift[i]) ** 2))) || 1,
  );
  const X = inputs.map((values, i) => values.map((value) => (value - shift[i]) / scale[i]));
  const targets = columns((example) => example.targets);
  const bias = targets.map(meanOf);
  const product = (a: readonly number[], b: readonly number[]) => meanOf(a.map((value, n) => value * b[n]));
  const matrix = X.map((a, i) => X.map((b, j) => product(a, b) + (i === j ? RIDGE : 0)));
  const right = X.map((a) => targets.map((values) => product(a, values)));
  return { weights: solve(matrix, right), shift, scale, bias };
}

/** X of A X = B by elimination, A symmetric and positive definite: no pivots are needed. */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const D = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...right[i]]);
  for (let pivot = 0; pivot < D; pivot++)
    for (let i = 0; i < D; i++) {
      const factor = rows[i][pivot] / rows[pivot][pivot];
      if (i !== pivot) rows[i] = rows[i].map((value, j) => value - factor * rows[pivot][j]);
    }
  return rows.map((row, i) => row.slice(D).map((value) => value / row[i]));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
