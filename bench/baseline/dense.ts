/** The dense layer in the fastest plain TypeScript found: rows of particles, blocks of 3 × 4 sums held in locals. */

/** out[i,j] = bias[j] + Σ_k a[i,k] b[j,k]; out [rows, columns], a [rows, inner], b [columns, inner]. */
export function product(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  rows: number,
  columns: number,
  inner: number,
): Float32Array {
  const blocks = columns - (columns % 4);
  let i = 0;
  for (; i + 3 <= rows; i += 3)
    for (let j = 0; j < blocks; j += 4) threeByFour(out, a, b, bias, i, j, columns, inner);
  for (; i < rows; i++) for (let j = 0; j < blocks; j += 4) oneByFour(out, a, b, bias, i, j, columns, inner);
  for (let j = blocks; j < columns; j++)
    for (i = 0; i < rows; i++) {
      let sum = bias[j];
      for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[j * inner + k];
      out[i * columns + j] = sum;
    }
  return out;
}

function threeByFour(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  i: number,
  j: number,
  columns: number,
  inner: number,
): void {
  let [s0, s1, s2, s3] = [bias[j], bias[j + 1], bias[j + 2], bias[j + 3]];
  let [t0, t1, t2, t3] = [s0, s1, s2, s3];
  let [u0, u1, u2, u3] = [s0, s1, s2, s3];
  const [a0, a1, a2] = [i * inner, (i + 1) * inner, (i + 2) * inner];
  const [b0, b1, b2, b3] = [j * inner, (j + 1) * inner, (j + 2) * inner, (j + 3) * inner];
  for (let k = 0; k < inner; k++) {
    const x = a[a0 + k];
    const y = a[a1 + k];
    const z = a[a2 + k];
    const w0 = b[b0 + k];
    const w1 = b[b1 + k];
    const w2 = b[b2 + k];
    const w3 = b[b3 + k];
    s0 += w0 * x;
    s1 += w1 * x;
    s2 += w2 * x;
    s3 += w3 * x;
    t0 += w0 * y;
    t1 += w1 * y;
    t2 += w2 * y;
    t3 += w3 * y;
    u0 += w0 * z;
    u1 += w1 * z;
    u2 += w2 * z;
    u3 += w3 * z;
  }
  storeFour(out, i * columns + j, s0, s1, s2, s3);
  storeFour(out, (i + 1) * columns + j, t0, t1, t2, t3);
  storeFour(out, (i + 2) * columns + j, u0, u1, u2, u3);
}

function oneByFour(
  out: Float32Array,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
  i: number,
  j: number,
  columns: number,
  inner: number,
): void {
  let [s0, s1, s2, s3] = [bias[j], bias[j + 1], bias[j + 2], bias[j + 3]];
  const a0 = i * inner;
  const [b0, b1, b2, b3] = [j * inner, (j + 1) * inner, (j + 2) * inner, (j + 3) * inner];
  for (let k = 0; k < inner; k++) {
    const x = a[a0 + k];
    s0 += b[b0 + k] * x;
    s1 += b[b1 + k] * x;
    s2 += b[b2 + k] * x;
    s3 += b[b3 + k] * x;
  }
  storeFour(out, i * columns + j, s0, s1, s2, s3);
}

function storeFour(out: Float32Array, at: number, a: number, b: number, c: number, d: number): void {
  out[at] = a;
  out[at + 1] = b;
  out[at + 2] = c;
  out[at + 3] = d;
}

/** out[j,i] = x[i,j] */
export function transpose(out: Float32Array, x: Float32Array, rows: number, columns: number): Float32Array {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j];
  return out;
}
