/** The diagonal Gaussian's log-density in plain TypeScript. */
export function gaussianLogDensity(
  out: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  std: Float32Array,
): Float32Array {
  const N = out.length;
  let constant = -0.5 * mean.length * Math.log(2 * Math.PI);
  for (let d = 0; d < std.length; d++) constant -= Math.log(std[d]);
  out.fill(constant);
  for (let d = 0; d < mean.length; d++) {
    const mu = mean[d];
    const inverse = 1 / std[d];
    const row = d * N;
    for (let n = 0; n < N; n++) {
      const z = (x[row + n] - mu) * inverse;
      out[n] -= 0.5 * z * z;
    }
  }
  return out;
}
