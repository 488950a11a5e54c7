/** A small matrix as rows of one length. */
export type Matrix = readonly (readonly number[])[];

export function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
}

/** a v */
export function apply(a: Matrix, v: ArrayLike<number>): number[] {
  return a.map((row) => row.reduce((sum, value, k) => sum + value * v[k], 0));
}

export function transpose(a: Matrix): Matrix {
  return a[0].map((_, j) => a.map((row) => row[j]));
}

/** a + scale · b */
export function add(a: Matrix, b: Matrix, scale = 1): Matrix {
  return a.map((row, i) => row.map((value, j) => value + scale * b[i][j]));
}

export function identity(size: number): Matrix {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Number(i === j)));
}

/** A pivot this far below its diagonal entry is rounding of 0. */
const SINGULAR = 1e-12;

/**
 * The lower triangular L of L Lᵀ = a, for a symmetric, positive semi-definite `a`, of which the lower half is read.
 * A pivot 0 has a column 0.
 */
export function cholesky(a: Matrix): Matrix {
  const lower = a.map((row) => row.map(() => 0));
  for (let j = 0; j < a.length; j++) {
    const pivot = a[j][j] - dot(lower[j], lower[j]);
    if (!(pivot > SINGULAR * a[j][j])) continue;
    lower[j][j] = Math.sqrt(pivot);
    for (let i = j + 1; i < a.length; i++) lower[i][j] = (a[i][j] - dot(lower[i], lower[j])) / lower[j][j];
  }
  return lower;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

/** The inverse of a lower triangular matrix with a positive diagonal. */
export function invertLower(lower: Matrix): Matrix {
  const inverse = lower.map((row) => row.map(() => 0));
  for (let i = 0; i < lower.length; i++)
    for (let j = 0; j <= i; j++) {
      let rest = Number(i === j);
      for (let k = j; k < i; k++) rest -= lower[i][k] * inverse[k][j];
      inverse[i][j] = rest / lower[i][i];
    }
  return inverse;
}

/** Throws unless `matrix` has `rows` rows of `columns` finite numbers. */
export function expectMatrix(name: string, matrix: Matrix, rows: number, columns: number): void {
  const widths = [...new Set(matrix.map((row) => row?.length ?? 0))];
  if (matrix.length !== rows || widths.length !== 1 || widths[0] !== columns)
    throw new RangeError(
      `${name}: expected [${rows}, ${columns}], got ${matrix.length} rows of ${widths.join(" or ") || 0}`,
    );
  if (!matrix.every((row) => row.every(isFiniteAsF32)))
    throw new RangeError(`${name}: expected finite numbers, got ${JSON.stringify(matrix)}`);
}

function isFiniteAsF32(value: number): boolean {
  return Number.isFinite(value) && Number.isFinite(Math.fround(value));
}

/** Throws unless `matrix` is a covariance of `size` numbers; `isDefinite`: one of which none is certain. */
export function expectCovariance(name: string, matrix: Matrix, size: number, isDefinite = false): void {
  expectMatrix(name, matrix, size, size);
  const lower = cholesky(matrix);
  const product = multiply(lower, transpose(lower));
  const isClose = (i: number, j: number) =>
    Math.abs(product[i][j] - matrix[i][j]) <= 1e-6 * Math.sqrt(Math.abs(matrix[i][i] * matrix[j][j]));
  const isCovariance = matrix.every((row, i) => row.every((_, j) => isClose(i, j)));
  if (!isCovariance || (isDefinite && lower.some((row, i) => Math.fround(row[i]) === 0)))
    throw new RangeError(
      `${name}: expected a symmetric, positive ${isDefinite ? "" : "semi-"}definite matrix, got ${JSON.stringify(matrix)}`,
    );
}
