/** Weights and resampling in plain TypeScript. */
import { exponential } from "./math.ts";
import { philox } from "./random.ts";

const NO_TILE = 0xffffffff;

function maximum(x: Float32Array): number {
  let max = -Infinity;
  for (let n = 0; n < x.length; n++) if (x[n] > max) max = x[n];
  return max;
}

/** exp(x − max), 0 where it would leave the table of `exponential`. */
function weight(x: number, max: number): number {
  return x - max > -104 ? exponential(x - max) : 0;
}

export function logSumExp(x: Float32Array): number {
  const max = maximum(x);
  let sum = 0;
  for (let n = 0; n < x.length; n++) sum += weight(x[n], max);
  return max + Math.log(sum);
}

export function normaliseWeights(weights: Float32Array, logWeights: Float32Array): number {
  const max = maximum(logWeights);
  let sum = 0;
  for (let n = 0; n < weights.length; n++) {
    const w = weight(logWeights[n], max);
    weights[n] = w;
    sum += w;
  }
  const inverse = 1 / sum;
  for (let n = 0; n < weights.length; n++) weights[n] *= inverse;
  return max + Math.log(sum / weights.length);
}

export function effectiveSampleSize(logWeights: Float32Array): number {
  const max = maximum(logWeights);
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < logWeights.length; n++) {
    const w = weight(logWeights[n], max);
    sum += w;
    squares += w * w;
  }
  return (sum * sum) / squares;
}

const first = new Uint32Array(4);

export function resampleSystematic(
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = ancestors.length;
  const total = sumOf(weights);
  const u = philox(first, seedLow, seedHigh, stream, NO_TILE, step)[0] / 2 ** 32;
  let n = 0;
  let covered = weights[0];
  for (let k = 0; k < N; k++) {
    const position = (total * (k + u)) / N;
    while (covered <= position && n < N - 1) covered += weights[++n];
    ancestors[k] = n;
  }
  return ancestors;
}

export function resampleStratified(
  ancestors: Uint32Array,
  weights: Float32Array,
  seedLow: number,
  seedHigh: number,
  stream: number,
  step: number,
): Uint32Array {
  const N = ancestors.length;
  const total = sumOf(weights);
  philox(ancestors, seedLow, seedHigh, stream, NO_TILE, step);
  let n = 0;
  let covered = weights[0];
  for (let k = 0; k < N; k++) {
    const position = (total * (k + ancestors[k] / 2 ** 32)) / N;
    while (covered <= position && n < N - 1) covered += weights[++n];
    ancestors[k] = n;
  }
  return ancestors;
}

function sumOf(weights: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < weights.length; n++) sum += weights[n];
  return sum;
}
