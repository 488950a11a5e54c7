// Sets of N particles as rows [D][N], one row a dimension, N a multiple of 4.
import { F32, VEC } from "../memory";

/**
 * Columns of a set, by index.
 *
 *   out[d,n] = x[d, indices[n]]
 *
 * @param out      [D, N]  written; not `x` itself
 * @param x        [D, N]
 * @param indices  [N]  u32, below N
 */
export function gatherColumns(out: usize, x: usize, indices: usize, D: usize, N: usize): void {
  const row = N * F32;
  for (const end = x + D * row; x < end; x += row, out += row) {
    // out[n] = x[indices[n]]
    for (let n: usize = 0; n < row; n += F32) {
      const from = x + <usize>load<u32>(indices + n) * F32;
      store<f32>(out + n, load<f32>(from));
    }
  }
}

/**
 * Product of a small matrix and a set of columns.
 *
 *   out[o,n] += Σ_k matrix[o,k] x[k,n]
 *
 * @param out     [O, N]  accumulated into
 * @param matrix  [O, K]
 * @param x       [K, N]
 */
export function addProduct(out: usize, matrix: usize, x: usize, O: usize, K: usize, N: usize): void {
  const row = N * F32;
  for (const end = out + O * row; out < end; out += row, matrix += K * F32) {
    for (let n: usize = 0; n < row; n += VEC) {
      let sum = v128.load(out + n);
      // out[n] += Σ_k matrix[k] x[k,n]
      for (let k: usize = 0, from = x + n; k < K; k++, from += row)
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(matrix + k * F32), v128.load(from)));
      v128.store(out + n, sum);
    }
  }
}
