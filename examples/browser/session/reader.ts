/** Reads a hidden quantity off the particles of a belief, to draw it. The agent never sees it. */

/** A linear fit by recursive least squares, which forgets slowly, for the latent it reads keeps changing. */
export interface Reader {
  learn(inputs: ArrayLike<number>, target: number): void;
  read(inputs: ArrayLike<number>): number;
}

const FORGETTING = 0.997;
/** Variance of the weights before anything was seen, and the most that forgetting makes of it. */
const [PRIOR, MOST] = [100, 1e4];

/** @param size inputs; a constant is added */
export function createReader(size: number): Reader {
  const n = size + 1;
  const weights = new Float64Array(n);
  const covariance = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (i === j ? PRIOR : 0)),
  );
  const at = (inputs: ArrayLike<number>, i: number) => (i < size ? inputs[i] : 1);
  const read = (inputs: ArrayLike<number>) =>
    weights.reduce((sum, weight, i) => sum + weight * at(inputs, i), 0);
  return {
    read,
    learn(inputs, target) {
      const error = target - read(inputs);
      // k = P x / (λ + xᵀ P x),  w ← w + k error,  P ← (P − k xᵀ P) / λ
      const product = covariance.map((row) => row.reduce((sum, value, j) => sum + value * at(inputs, j), 0));
      const norm = product.reduce((sum, value, i) => sum + value * at(inputs, i), FORGETTING);
      const isFull = covariance.some((row, i) => row[i] > MOST);
      for (let i = 0; i < n; i++) {
        weights[i] += (product[i] / norm) * error;
        for (let j = 0; j < n; j++)
          covariance[i][j] =
            (covariance[i][j] - (product[i] * product[j]) / norm) / (isFull ? 1 : FORGETTING);
      }
    },
  };
}
