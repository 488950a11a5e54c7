/** The log-likelihood ratios of a weighted set of particles, by conditioning and by kind of prediction. */
import type { Core } from "../../core/core.ts";
import { gaussianRowsLogDensity, sampleGaussianRows } from "../../core/gaussian.ts";
import {
  categoricalRatios,
  contrast,
  contrastOutcomes,
  pairwiseGaussian,
  pairwiseRoom,
  type Ratios,
} from "../../core/ratios.ts";
import { pad4 } from "../../core/tiles.ts";
import { normaliseWeights } from "../../core/weights.ts";
import {
  allocateGaussians,
  type CategoricalPrediction,
  type DensityPrediction,
  type GaussianPrediction,
  isCategorical,
  isDensity,
  isGaussian,
  loadGaussians,
  loadRows,
  type Prediction,
  particlesOf,
  type Row,
} from "./predictions.ts";

/** A weighted set of particles, padded with −Infinity to full vectors. */
export interface WeightedParticles {
  readonly lanes: number;
  readonly logWeights: Float32Array;
  readonly weights: Float32Array;
}

/** What drawn observations depend on, besides the number of the draw. */
export interface Draw {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly stream: number;
}

/** N, padded to full vectors. */
export const lanesFor = pad4;

export function loadSet(core: Core, particles: number, given?: Row): WeightedParticles {
  if (given !== undefined && given.length !== particles)
    throw new RangeError(`logWeights: expected [${particles}] = ${particles} values, got ${given.length}`);
  const lanes = lanesFor(particles);
  const logWeights = core.f32(lanes).fill(Number.NEGATIVE_INFINITY);
  if (given === undefined) logWeights.fill(0, 0, particles);
  else logWeights.set(relative(given));
  const weights = core.f32(lanes);
  const logMean = normaliseWeights(core, weights, logWeights);
  if (!Number.isFinite(logMean))
    throw new RangeError(`logWeights: expected a finite sum of weights, got its logarithm ${logMean}`);
  return { lanes, logWeights, weights };
}

/**
 * Logarithms of weights less the greatest of them, in f64: what f32 then rounds are their differences, however far from 0 they
 * lie. As they are where the greatest is not finite.
 */
export function relative(logWeights: Row): Float64Array {
  const values = Float64Array.from(logWeights);
  let greatest = -Infinity;
  for (const value of values) greatest = Math.max(greatest, value);
  return Number.isFinite(greatest) ? values.map((value) => value - greatest) : values;
}

export function allocateRatios(core: Core, size: number): Ratios {
  return { lower: core.f32(size), upper: core.f32(size) };
}

/** The ratios of one draw of observations. */
function drawOf({ lower, upper }: Ratios, s: number, lanes: number): Ratios {
  const [from, to] = [s * lanes, (s + 1) * lanes];
  return { lower: lower.subarray(from, to), upper: upper.subarray(from, to) };
}

export function ratiosOfBelief(
  core: Core,
  ratios: Ratios,
  { lanes, logWeights }: WeightedParticles,
  { prediction, draw }: { readonly prediction: Prediction; readonly draw: Draw },
): void {
  if (isCategorical(prediction)) {
    const rows = prediction.logProbabilities;
    const table = loadRows(core.f32(rows.length * lanes), rows, lanes);
    categoricalRatios(core, ratios, table, logWeights, core.f32(4 * lanes));
  } else if (isGaussian(prediction)) {
    const D = prediction.mean.length;
    const { mean, std } = loadGaussians(allocateGaussians(core, [prediction], lanes), prediction, lanes);
    const x = core.f32(D * lanes);
    const workspace = core.f32(pairwiseRoom(D, lanes));
    for (let step = 0; step * lanes < ratios.lower.length; step++) {
      sampleGaussianRows(core, x, mean, std, { ...draw, step, N: lanes });
      pairwiseGaussian(core, drawOf(ratios, step, lanes), x, mean, std, logWeights, workspace);
    }
  }
}

/** Values that `ratiosOfBelief` reserves at most. */
export function roomOfBelief(prediction: Prediction): number {
  const lanes = lanesFor(particlesOf(prediction));
  if (isCategorical(prediction)) return (prediction.logProbabilities.length + 4) * lanes;
  const D = isGaussian(prediction) ? prediction.mean.length : 0;
  return 3 * D * lanes + pairwiseRoom(D, lanes);
}

/** Values that `ratiosOfPath` reserves at most, for K fresh predictions. */
export function roomOfPath(prediction: Prediction, K: number): number {
  const lanes = lanesFor(particlesOf(prediction));
  if (isCategorical(prediction)) return prediction.logProbabilities.length * (K + 1) * lanes + 4 * K;
  if (isGaussian(prediction)) return (5 * prediction.mean.length + 1 + K) * lanes + 4 * K;
  return (2 * K + 2) * lanes + 4 * K;
}

/** Each particle against K fresh predictions from its own parent, all of one kind. */
export function ratiosOfPath(
  core: Core,
  ratios: Ratios,
  { lanes }: WeightedParticles,
  { prediction, fresh, draw }: PathProblem,
): void {
  const workspace = core.f32(4 * fresh.length);
  if (isGaussian(prediction))
    contrastGaussians(core, ratios, lanes, { prediction, fresh: fresh.filter(isGaussian), draw, workspace });
  else if (isCategorical(prediction))
    contrastCategoricals(core, ratios, lanes, {
      prediction,
      fresh: fresh.filter(isCategorical),
      workspace,
    });
  else
    contrastDensities(core, ratios, lanes, {
      prediction,
      fresh: fresh.filter(isDensity),
      workspace,
    });
}

interface PathProblem {
  readonly prediction: Prediction;
  readonly fresh: readonly Prediction[];
  readonly draw: Draw;
}

/** A prediction and what it is contrasted with. */
interface Contrast<Kind> {
  readonly prediction: Kind;
  readonly fresh: readonly Kind[];
  readonly workspace: Float32Array;
}

function contrastGaussians(
  core: Core,
  ratios: Ratios,
  lanes: number,
  { prediction, fresh, draw, workspace }: Contrast<GaussianPrediction> & { readonly draw: Draw },
): void {
  const own = loadGaussians(allocateGaussians(core, [prediction], lanes), prediction, lanes);
  const other = allocateGaussians(core, fresh, lanes);
  const x = core.f32(own.mean.length);
  const density = core.f32(lanes);
  const densities = core.f32(fresh.length * lanes);
  for (let step = 0; step * lanes < ratios.lower.length; step++) {
    sampleGaussianRows(core, x, own.mean, own.std, { ...draw, step, N: lanes });
    gaussianRowsLogDensity(core, density, x, own.mean, own.std);
    fresh.forEach((next, k) => {
      const { mean, std } = loadGaussians(other, next, lanes);
      gaussianRowsLogDensity(core, densities.subarray(k * lanes, (k + 1) * lanes), x, mean, std);
    });
    contrast(core, drawOf(ratios, step, lanes), density, densities, workspace);
  }
}

function contrastCategoricals(
  core: Core,
  ratios: Ratios,
  lanes: number,
  { prediction, fresh, workspace }: Contrast<CategoricalPrediction>,
): void {
  const rowsOf = (predictions: readonly CategoricalPrediction[]) =>
    predictions.flatMap(({ logProbabilities }) => logProbabilities);
  const load = (rows: readonly Row[]) => loadRows(core.f32(rows.length * lanes), rows, lanes);
  contrastOutcomes(core, ratios, load(rowsOf([prediction])), load(rowsOf(fresh)), workspace);
}

function contrastDensities(
  core: Core,
  ratios: Ratios,
  lanes: number,
  { prediction, fresh, workspace }: Contrast<DensityPrediction>,
): void {
  const load = (rows: readonly Row[]) => loadRows(core.f32(rows.length * lanes), rows, lanes);
  const all = [prediction, ...fresh];
  const zeros = new Float32Array(lanes);
  const correction = load(all.map(({ logImportance }) => logImportance ?? zeros));
  const densities = load(fresh.map(({ logDensity }) => logDensity));
  contrast(core, ratios, load([prediction.logDensity]), densities, workspace, correction);
}
