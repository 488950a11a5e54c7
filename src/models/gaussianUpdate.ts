import { add, cholesky, identity, invertLower, type Matrix, multiply, transpose } from "./matrix.ts";

/**
 * What seeing x = C z + v, v ∼ N(0, R), makes of z ∼ N(m, Q), whatever m and x are.
 *
 *   z | x ∼ N((I − K C) m + K x, L Lᵀ),   x ∼ N(C m, S),   S = C Q Cᵀ + R,   K = Q Cᵀ S⁻¹
 */
export interface GaussianUpdate {
  readonly C: Matrix;
  /** K. */
  readonly gain: Matrix;
  /** I − K C. */
  readonly reduced: Matrix;
  /** L. */
  readonly factor: Matrix;
  /** U: the components of U (x − C m) are independent, and have the deviations `std`; |U| = 1. */
  readonly whitening: Matrix;
  readonly std: readonly number[];
}

/** The exact update. C and R may have no rows: nothing was seen. */
export function gaussianUpdate(Q: Matrix, C: Matrix, R: Matrix): GaussianUpdate {
  if (C.length === 0) return noUpdate(Q, C, R);
  const S = add(multiply(multiply(C, Q), transpose(C)), R);
  const inverse = invertLower(cholesky(S));
  const K = multiply(multiply(Q, transpose(C)), multiply(transpose(inverse), inverse));
  const reduced = add(identity(Q.length), multiply(K, C), -1);
  // (I − K C) Q (I − K C)ᵀ + K R Kᵀ stays positive where rounding would make (I − K C) Q negative
  const covariance = add(
    multiply(multiply(reduced, Q), transpose(reduced)),
    multiply(multiply(K, R), transpose(K)),
  );
  return { C, gain: K, reduced, factor: cholesky(covariance), ...whiten(S) };
}

/** z stays N(m, Q), and x is taken given z: K = 0, S = R. */
export function noUpdate(Q: Matrix, C: Matrix, R: Matrix): GaussianUpdate {
  const gain = Q.map(() => C.map(() => 0));
  return { C, gain, reduced: identity(Q.length), factor: cholesky(Q), ...whiten(R) };
}

/** Whitens N(0, S): U = diag(l) L⁻¹ and std = l, where L Lᵀ = S and l is L's diagonal; |U| = 1. */
export function whiten(S: Matrix): { readonly whitening: Matrix; readonly std: readonly number[] } {
  const lower = cholesky(S);
  const std = lower.map((row, i) => row[i]);
  return { whitening: invertLower(lower).map((row, i) => row.map((value) => std[i] * value)), std };
}
