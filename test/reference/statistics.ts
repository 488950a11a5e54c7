/** Moments of samples. */

/** The mean of the k-th power. */
export function moment(values: Float32Array | Float64Array, k: number): number {
  let sum = 0;
  for (const value of values) sum += value ** k;
  return sum / values.length;
}

/** Pearson's correlation of two samples of one size. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [moment(a, 1), moment(b, 1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
