/** Bytes of one f64. */
export const F64: usize = 8;

/**
 * Inverse of the Cholesky factor of a symmetric positive definite matrix, in place and in f64.
 *
 *   S = L Lᵀ,   S ← L⁻¹
 *
 * @param S [D][D] f64, lower triangle read and written; the upper is left alone
 * @returns log det S = −2 Σ_d log L⁻¹[d,d]; NaN when S is not positive definite
 */
export function invertCholesky(S: usize, D: usize): f64 {
  let logDeterminant: f64 = 0;
  for (let i: usize = 0; i < D; i++) {
    const row = S + i * D * F64;
    // L[i,j] = (S[i,j] − Σ_{k<j} L[i,k] L[j,k]) / L[j,j], and L[i,i] the root of what is left of S[i,i]
    for (let j: usize = 0; j <= i; j++) {
      const other = S + j * D * F64;
      let rest = load<f64>(row + j * F64);
      for (let k: usize = 0; k < j; k++) rest -= load<f64>(row + k * F64) * load<f64>(other + k * F64);
      store<f64>(row + j * F64, j < i ? rest / load<f64>(other + j * F64) : Math.sqrt(rest));
    }
    logDeterminant += 2 * Math.log(load<f64>(row + i * F64));
  }
  for (let j: usize = 0; j < D; j++) {
    const diagonal = S + (j * D + j) * F64;
    store<f64>(diagonal, 1 / load<f64>(diagonal));
    // L⁻¹[i,j] = −Σ_{j≤k<i} L[i,k] L⁻¹[k,j] / L[i,i]
    for (let i = j + 1; i < D; i++) {
      const row = S + i * D * F64;
      let sum: f64 = 0;
      for (let k = j; k < i; k++) sum -= load<f64>(row + k * F64) * load<f64>(S + (k * D + j) * F64);
      store<f64>(row + j * F64, sum / load<f64>(row + i * F64));
    }
  }
  return logDeterminant;
}
