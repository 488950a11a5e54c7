import {
  expectArray,
  expectBoolean,
  expectFinite,
  expectKnownNames,
  type OnlyNames,
} from "../core/expect.ts";
import { expectCovariance, expectMatrix, type Matrix } from "./matrix.ts";

/**
 * Matrices of a linear-Gaussian world of n state, m action and d observation dimensions; noise is given by its covariances.
 *
 *   z_1 ∼ N(mean, covariance),   z' ∼ N(A z + B a, W),   x ∼ N(C z', R),   r = −½ z'ᵀ Q z' − ½ aᵀ U a,   V = −½ zᵀ P z
 */
export interface Matrices {
  /** A [n][n] how the state moves by itself. */
  readonly transition: Matrix;
  /** B [n][m] how an action moves it. Default: there are no actions, and nothing to plan. */
  readonly control?: Matrix;
  /** C [d][n] what is seen of it. */
  readonly observation: Matrix;
  /** W [n][n] of the process, positive semi-definite. */
  readonly transitionCovariance: Matrix;
  /** R [d][d] of the sensors, positive definite. */
  readonly observationCovariance: Matrix;
  /** z_1, which a filter begins with; planners do not read it. */
  readonly initial?: {
    /** [n]. */
    readonly mean: readonly number[];
    /** [n][n], positive semi-definite. */
    readonly covariance: Matrix;
  };
  /** Q [n][n] of the state reached. Default: zero. */
  readonly stateCost?: Matrix;
  /** U [m][m] of the action as it acts. Default: zero. */
  readonly actionCost?: Matrix;
  /** P [n][n] of the state at the horizon of a plan. Default: no value. */
  readonly valueCost?: Matrix;
  /** Whether actions lie in (−1, 1): planners infer u, and a = tanh u. Else a = u. Default false. */
  readonly isSquashed?: boolean;
}

/** A linear-Gaussian world: what {@link linearGaussianModel} returns. */
export interface LinearGaussianModel<T extends Matrices = Matrices> {
  /** Distinguishes it from other models. */
  readonly kind: "linearGaussian";
  /** As they were given. */
  readonly matrices: T;
  /** n. */
  readonly stateSize: number;
  /** m; 0 without actions. */
  readonly actionSize: number;
  /** d. */
  readonly observationSize: number;
}

const NEEDED = ["transition", "observation", "transitionCovariance", "observationCovariance"] as const;
const OPTIONAL = ["control", "initial", "stateCost", "actionCost", "valueCost", "isSquashed"] as const;
const NAMES = [...NEEDED, ...OPTIONAL];

/**
 * A known linear-Gaussian world with a quadratic reward: one object to filter with and to plan in.
 *
 * @throws TypeError when there is a matrix that {@link Matrices} do not have, or one is missing
 * @throws RangeError when a matrix has another shape than A, B and C say, a number is not finite, or a covariance is none
 *
 * @example
 * // a walk that is to stay near 0
 * const walk = linearGaussianModel({
 *   transition: [[1]],
 *   control: [[1]],
 *   observation: [[1]],
 *   transitionCovariance: [[0.01]],
 *   observationCovariance: [[0.25]],
 *   initial: { mean: [0], covariance: [[1]] },
 *   stateCost: [[1]],
 * });
 * walk.actionSize; // 1
 */
export function linearGaussianModel<T extends Matrices>(
  matrices: T & OnlyNames<T, Matrices>,
): LinearGaussianModel<T> {
  expectKnownNames("matrices", matrices, NAMES, `${NAMES.join(", ")} alone`);
  for (const name of NEEDED) expectArray(name, matrices[name]);
  const { transition, control, observation, initial, isSquashed = false } = matrices;
  if (control) expectArray("control", control);
  const [n, d] = [transition, observation].map((matrix) => Math.max(1, matrix.length));
  const m = control ? Math.max(1, control[0]?.length ?? 0) : 0;
  expectMatrix("transition", transition, n, n);
  if (control) expectMatrix("control", control, n, m);
  expectMatrix("observation", observation, d, n);
  expectCovariance("transitionCovariance", matrices.transitionCovariance, n);
  expectCovariance("observationCovariance", matrices.observationCovariance, d, true);
  if (initial) expectInitial(initial, n);
  expectCost("stateCost", matrices.stateCost, n);
  expectCost("actionCost", matrices.actionCost, m);
  expectCost("valueCost", matrices.valueCost, n);
  expectBoolean("isSquashed", isSquashed);
  return { kind: "linearGaussian", matrices, stateSize: n, actionSize: m, observationSize: d };
}

function expectInitial(initial: NonNullable<Matrices["initial"]>, n: number): void {
  expectKnownNames("initial", initial, ["mean", "covariance"]);
  expectArray("initial.mean", initial.mean);
  expectArray("initial.covariance", initial.covariance);
  if (initial.mean.length !== n)
    throw new RangeError(`initial.mean: expected ${n} values, got ${initial.mean.length}`);
  expectFinite("initial.mean", initial.mean);
  expectCovariance("initial.covariance", initial.covariance, n);
}

function expectCost(name: string, matrix: Matrix | undefined, size: number): void {
  if (matrix === undefined) return;
  expectArray(name, matrix);
  expectMatrix(name, matrix, size, size);
}
