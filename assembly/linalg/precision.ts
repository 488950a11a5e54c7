import { F32 } from "../memory";
import { F64, invertCholesky } from "./cholesky";

/**
 * Adds an outer product to a symmetric matrix.
 *
 *   Λ[i,j] ← Λ[i,j] + factor v[i] v[j], each sum in f64
 *
 * @param matrix  [size][size]  read and written
 * @param vector  [size]
 */
export function addOuter(matrix: usize, vector: usize, factor: f32, size: usize): void {
  for (let i: usize = 0; i < size; i++) {
    const scaled = <f64>factor * <f64>load<f32>(vector + i * F32);
    for (let j: usize = 0; j < size; j++, matrix += F32) {
      const product = scaled * <f64>load<f32>(vector + j * F32);
      store<f32>(matrix, <f32>(<f64>load<f32>(matrix) + product));
    }
  }
}

/**
 * The inverse of a matrix's Cholesky factor as the weight of a dense layer.
 *
 *   weight[o,k] = scale (L⁻¹)[o,k] for k ≤ o, else 0;   Λ = L Lᵀ
 *
 * @param weight     [pad4(size)/4][size][4]  its lower triangle is written; the rest stays 0
 * @param matrix     [size][size]             Λ, symmetric positive definite
 * @param workspace  [size][size] f64
 */
export function inverseFactor(weight: usize, matrix: usize, workspace: usize, scale: f32, size: usize): void {
  for (let i: usize = 0; i < size * size; i++)
    store<f64>(workspace + i * F64, <f64>load<f32>(matrix + i * F32));
  invertCholesky(workspace, size);
  for (let o: usize = 0; o < size; o++) {
    for (let k: usize = 0; k <= o; k++) {
      const value = <f64>scale * load<f64>(workspace + (o * size + k) * F64);
      store<f32>(weight + (((o >> 2) * size + k) * 4 + (o & 3)) * F32, <f32>value);
    }
  }
}
