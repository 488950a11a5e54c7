/**
 * The kernels as the Wasm module exports them: pointers and sizes are plain numbers.
 * Each has one binding of the same name in this folder; the build fails when the two lists differ.
 */
export interface Exports {
  reserve(bytes: number): number;
  mark(): number;
  release(mark: number): void;
  exp(out: number, x: number, N: number): void;
  log(out: number, x: number, N: number): void;
  softplus(out: number, x: number, N: number): void;
  tanh(out: number, x: number, N: number): void;
  sigmoid(out: number, x: number, N: number): void;
  silu(out: number, x: number, N: number): void;
  sin(out: number, x: number, N: number): void;
  cos(out: number, x: number, N: number): void;
  sin64(x: number): number;
  cos64(x: number): number;
  exp64(x: number): number;
  log64(x: number): number;
  philox(
    out: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    tile: number,
    step: number,
    block: number,
    N: number,
  ): void;
  uniform(
    out: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    tile: number,
    step: number,
    N: number,
  ): void;
  normal(
    out: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    tile: number,
    step: number,
    N: number,
  ): void;
  drawIndices(
    out: number,
    population: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    N: number,
  ): void;
  uniform64(seedLow: number, seedHigh: number, stream: number, index: number): number;
  normal64(seedLow: number, seedHigh: number, stream: number, index: number): number;
  gaussianLogDensity(out: number, x: number, mean: number, std: number, D: number, N: number): void;
  logSumExp(x: number, N: number): number;
  logMeanExp(x: number, N: number): number;
  normaliseWeights(weights: number, logWeights: number, N: number): number;
  effectiveSampleSize(logWeights: number, N: number): number;
  resampleSystematic(
    ancestors: number,
    weights: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    N: number,
  ): number;
  resampleStratified(
    ancestors: number,
    weights: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    N: number,
  ): number;
  resampleMultinomial(
    ancestors: number,
    weights: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    N: number,
  ): number;
  resampleResidual(
    ancestors: number,
    weights: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    N: number,
  ): number;
}

export interface Kernels extends Exports {
  readonly memory: WebAssembly.Memory;
}
