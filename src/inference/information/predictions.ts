import type { Core } from "../../core/core.ts";
import { expectNumber } from "../../core/expect.ts";

/** N numbers, one a particle. */
export type Row = ArrayLike<number>;

/**
 * p(x | z_n) = Π_d N(x[d]; mean[d][n], std[d][n]²): a diagonal Gaussian for each of N particles.
 *
 * A reward that is observed too is one more dimension: `{ mean: [...mean, reward], std: [...std, rewardStd] }`.
 */
export interface GaussianPrediction {
  /** D rows of N, in the observation's units. */
  readonly mean: readonly Row[];
  /** D standard deviations in the same units: a number ≥ 1e-6 for all particles, or a row of N positive ones. */
  readonly std: readonly (number | Row)[];
}

/**
 * p(x | z_n): one of X outcomes. A reward with a few values is observed too where the outcomes are pairs (x, r).
 */
export interface CategoricalPrediction {
  /** X rows of N log-probabilities; −Infinity is allowed, and each particle's probabilities sum to one. */
  readonly logProbabilities: readonly Row[];
}

/** Any other observation model, at one x per particle that the caller has drawn or observed. */
export interface DensityPrediction {
  /** [N] log p(x_n | z), in nats. */
  readonly logDensity: Row;
  /** [N] log p(z) − log q(z) of a z drawn from a proposal q; default 0, for q = p. */
  readonly logImportance?: Row;
}

/** What N particles predict of the observation. */
export type Prediction = GaussianPrediction | CategoricalPrediction | DensityPrediction;

export function isGaussian(prediction: Prediction): prediction is GaussianPrediction {
  return "mean" in prediction;
}

export function isCategorical(prediction: Prediction): prediction is CategoricalPrediction {
  return "logProbabilities" in prediction;
}

export function isDensity(prediction: Prediction): prediction is DensityPrediction {
  return "logDensity" in prediction;
}

/** The rows of a prediction by the names of its fields. */
function fieldsOf(prediction: Prediction): readonly (readonly [name: string, row: Row])[] {
  const named = (name: string, rows: readonly (number | Row)[]) =>
    rows.flatMap((row, d) => (typeof row === "number" ? [] : [[`${name}[${d}]`, row] as const]));
  if (isGaussian(prediction)) return [...named("mean", prediction.mean), ...named("std", prediction.std)];
  if (isCategorical(prediction)) return named("logProbabilities", prediction.logProbabilities);
  const { logDensity, logImportance } = prediction;
  const rows = [["logDensity", logDensity] as const];
  return logImportance === undefined ? rows : [...rows, ["logImportance", logImportance]];
}

/**
 * Checks a prediction of N particles.
 *
 * @throws RangeError when a row has not N values, there is no row, or a σ is below 1e-6
 */
export function expectPrediction(name: string, prediction: Prediction, N: number): void {
  const fields = fieldsOf(prediction);
  if (fields.length === 0 || N === 0)
    throw new RangeError(`${name}: expected at least one row with at least one particle, got none`);
  for (const [field, row] of fields)
    if (row.length !== N)
      throw new RangeError(`${name}.${field}: expected [${N}] = ${N} values, got ${row.length}`);
  if (!isGaussian(prediction)) return;
  const { mean, std } = prediction;
  if (std.length !== mean.length)
    throw new RangeError(
      `${name}.std: expected ${mean.length} entries, one per row of mean, got ${std.length}`,
    );
  std.forEach((sigma, d) => {
    if (typeof sigma === "number") expectNumber(`${name}.std[${d}]`, sigma, LEAST_STD);
  });
}

/** Checks a prediction to be contrasted with another. @throws RangeError when kind or sizes differ */
export function expectAlike(name: string, other: Prediction, prediction: Prediction): void {
  const [kind, rows] = sizeOf(prediction);
  const [otherKind, otherRows] = sizeOf(other);
  if (otherKind !== kind || otherRows !== rows)
    throw new RangeError(`${name}: expected ${rows} rows of ${kind}, got ${otherRows} of ${otherKind}`);
  expectPrediction(name, other, particlesOf(prediction));
}

function sizeOf(prediction: Prediction): readonly [kind: string, rows: number] {
  if (isGaussian(prediction)) return ["mean", prediction.mean.length];
  if (isCategorical(prediction)) return ["logProbabilities", prediction.logProbabilities.length];
  return ["logDensity", 1];
}

/** Least standard deviation: its inverse square is far from the largest f32. */
const LEAST_STD = 1e-6;

/** How many particles a prediction is about. */
export function particlesOf(prediction: Prediction): number {
  return fieldsOf(prediction)[0]?.[1].length ?? 0;
}

/** Rows of N values, at the start of rows of `lanes`. */
export function loadRows(out: Float32Array, rows: readonly Row[], lanes: number): Float32Array {
  rows.forEach((row, d) => {
    out.set(row, d * lanes);
  });
  return out;
}

/** Gaussians in the kernels' layout: mean [D, lanes], std [D] or [D, lanes]. */
export interface Gaussians {
  readonly mean: Float32Array;
  readonly std: Float32Array;
}

export function allocateGaussians(
  core: Core,
  predictions: readonly GaussianPrediction[],
  lanes: number,
): Gaussians {
  const D = predictions[0].mean.length;
  const isShared = predictions.every(({ std }) => std.every((sigma) => typeof sigma === "number"));
  return { mean: core.f32(D * lanes), std: core.f32(isShared ? D : D * lanes) };
}

export function loadGaussians(out: Gaussians, { mean, std }: GaussianPrediction, lanes: number): Gaussians {
  loadRows(out.mean, mean, lanes);
  const isShared = out.std.length === std.length;
  std.forEach((sigma, d) => {
    if (typeof sigma !== "number") out.std.set(sigma, d * lanes);
    else if (isShared) out.std[d] = sigma;
    else out.std.fill(sigma, d * lanes, (d + 1) * lanes);
  });
  return out;
}
