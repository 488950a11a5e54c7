/** Exact filters, f64: what a particle filter approximates. */
import { gaussian, type Random, type Rows, sum } from "./arrays.ts";

/** z_1 ∼ N(mean, covariance), z' ∼ N(A z + B a, W), x ∼ N(C z, R) */
export interface Linear {
  readonly A: Rows;
  readonly B: Rows;
  readonly C: Rows;
  readonly W: Rows;
  readonly R: Rows;
  readonly mean: number[];
  readonly covariance: Rows;
}

/** An observation; NaN where a dimension, null where nothing was seen. */
export type Seen = number[] | null;

export interface Filtered {
  readonly logEvidence: number;
  readonly mean: number[];
  readonly covariance: Rows;
}

/** After each observation: log p(x_{1:t}), E[z_t | x_{1:t}] and its covariance; actions[t] leads from t to t + 1. */
export function kalman(system: Linear, observations: readonly Seen[], actions: Rows): Filtered[] {
  const { A, B, W } = system;
  let { mean, covariance } = system;
  let logEvidence = 0;
  return observations.map((observation, t) => {
    if (t > 0) {
      mean = plus(times(A, mean), times(B, actions[t - 1]));
      covariance = product(product(A, covariance), transposed(A)).map((row, i) => plus(row, W[i]));
    }
    const updated = update(system, mean, covariance, observation);
    logEvidence += updated.logEvidence;
    mean = updated.mean;
    covariance = updated.covariance;
    return { logEvidence, mean, covariance };
  });
}

/** m + P Cᵀ S⁻¹ (x − C m), P − P Cᵀ S⁻¹ C P and log N(x; C m, S), S = C P Cᵀ + R, over the rows that were seen. */
function update({ C, R }: Linear, m: number[], P: Rows, x: Seen): Filtered {
  const seen = (x ?? []).flatMap((value, o) => (Number.isNaN(value) ? [] : [o]));
  if (x === null || seen.length === 0) return { logEvidence: 0, mean: m, covariance: P };
  const H = seen.map((o) => C[o]);
  const S = product(product(H, P), transposed(H)).map((row, i) => row.map((s, j) => s + R[seen[i]][seen[j]]));
  const surprise = seen.map((o, i) => x[o] - times(H, m)[i]);
  const { solution, determinant } = eliminate(S, [surprise, ...transposed(product(H, P))]);
  const [whitened, ...gain] = solution;
  return {
    logEvidence:
      -0.5 * (dot(surprise, whitened) + Math.log(determinant) + seen.length * Math.log(2 * Math.PI)),
    mean: plus(m, times(product(P, transposed(H)), whitened)),
    covariance: P.map((row, i) => row.map((p, j) => p - dot(times(H, P[i]), gain[j]))),
  };
}

/** A sample of the system: what `kalman` is to be given. */
export function simulate({ A, B, C, W, R, mean, covariance }: Linear, actions: Rows, random: Random): Rows {
  const noise = (S: Rows) =>
    times(
      root(S),
      S.map(() => gaussian(random)),
    );
  let z = plus(mean, noise(covariance));
  return [undefined, ...actions].map((action) => {
    if (action) z = plus(plus(times(A, z), times(B, action)), noise(W));
    return plus(times(C, z), noise(R));
  });
}

/** p(s_t | x_{1:t}) and log p(x_{1:t}) by forward sums; tables [s][s'] and [s'][x] for each step, null: nothing seen. */
export function forward(
  initial: number[],
  steps: readonly { transition?: Rows; observation: Rows; seen: number | null }[],
): { logEvidence: number; belief: number[] } {
  let belief = initial;
  let logEvidence = 0;
  for (const { transition, observation, seen } of steps) {
    if (transition) belief = times(transposed(transition), belief);
    if (seen === null) continue;
    const joint = belief.map((p, s) => p * observation[s][seen]);
    logEvidence += Math.log(sum(joint));
    belief = joint.map((p) => p / sum(joint));
  }
  return { logEvidence, belief };
}

export const times = (a: Rows, v: readonly number[]) => a.map((row) => dot(row, v));
export const transposed = (a: Rows) => a[0].map((_, j) => a.map((row) => row[j]));
export const product = (a: Rows, b: Rows) => a.map((row) => times(transposed(b), row));
const plus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + b[i]);
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]));

/** The x of S x = b for each b, and |S|, by elimination without pivoting: S is positive definite. */
function eliminate(S: Rows, columns: Rows): { solution: Rows; determinant: number } {
  const rows = S.map((row, i) => [...row, ...columns.map((column) => column[i])]);
  let determinant = 1;
  rows.forEach((pivot, j) => {
    determinant *= pivot[j];
    const scaled = pivot.map((value) => value / pivot[j]);
    rows.forEach((row, i) => {
      rows[i] = i === j ? scaled : row.map((value, k) => value - row[j] * scaled[k]);
    });
  });
  return { solution: columns.map((_, c) => rows.map((row) => row[S.length + c])), determinant };
}

/** L of L Lᵀ = S, row by row; a row of zeros stays so. */
export function root(S: Rows): Rows {
  const L: Rows = S.map((row) => row.map(() => 0));
  for (let i = 0; i < S.length; i++)
    for (let j = 0; j <= i; j++) {
      const rest = S[i][j] - dot(L[i], L[j]);
      L[i][j] = i === j ? Math.sqrt(rest) : L[j][j] === 0 ? 0 : rest / L[j][j];
    }
  return L;
}
