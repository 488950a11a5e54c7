/** The kernels' twins in f64 and plain loops, written for reading. */

/** A small generator for test data: uniform on [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function maxAbsError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

/** out[n] = Σ_d log N(x[d,n]; μ[d], σ[d]²) */
export function gaussianLogDensity(
  x: ArrayLike<number>,
  mean: ArrayLike<number>,
  std: ArrayLike<number>,
  N: number,
): number[] {
  return Array.from({ length: N }, (_, n) => {
    let sum = 0;
    for (let d = 0; d < mean.length; d++) {
      const z = (x[d * N + n] - mean[d]) / std[d];
      sum += -0.5 * z * z - Math.log(std[d]) - 0.5 * Math.log(2 * Math.PI);
    }
    return sum;
  });
}
