import type { InformationExports } from "./informationKernels.ts";
import type { LatentExports } from "./latentKernels.ts";

/**
 * The kernels as the Wasm module exports them: pointers and sizes are plain numbers.
 * Each has one binding of the same name in this folder; the build fails when the two lists differ.
 */
export interface Exports extends InformationExports, LatentExports {
  reserve(bytes: number): number;
  mark(): number;
  release(mark: number): void;
  // linalg
  denseForward(
    y: number,
    x: number,
    weight: number,
    bias: number,
    inputs: number,
    outputs: number,
    tiles: number,
  ): void;
  denseForwardRow(y: number, x: number, weight: number, bias: number, inputs: number, outputs: number): void;
  denseBackwardInput(
    dX: number,
    dY: number,
    weight: number,
    inputs: number,
    outputs: number,
    tiles: number,
  ): void;
  denseBackwardParameters(
    dWeight: number,
    dBias: number,
    dY: number,
    x: number,
    inputs: number,
    outputs: number,
    tiles: number,
  ): void;
  gatherTiles(
    out: number,
    table: number,
    indices: number,
    shift: number,
    scale: number,
    stride: number,
    offset: number,
    width: number,
    tiles: number,
  ): void;
  pick(out: number, list: number, positions: number, N: number): void;
  columnMoments(
    mean: number,
    std: number,
    table: number,
    stride: number,
    offset: number,
    width: number,
    N: number,
  ): void;
  gatherColumns(out: number, x: number, indices: number, D: number, N: number): void;
  addProduct(out: number, matrix: number, x: number, O: number, K: number, N: number): void;
  columnChanges(
    out: number,
    table: number,
    ages: number,
    stride: number,
    offset: number,
    width: number,
    N: number,
  ): void;
  // density
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
  sampleGaussianRows(
    x: number,
    mean: number,
    std: number,
    isShared: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
    step: number,
    D: number,
    N: number,
  ): void;
  gaussianRowsLogDensity(
    out: number,
    x: number,
    mean: number,
    std: number,
    isShared: number,
    D: number,
    N: number,
  ): void;
  gaussianHeadGradient(
    dHead: number,
    head: number,
    target: number,
    ended: number,
    width: number,
    rows: number,
    tiles: number,
  ): number;
  endingHeadGradient(
    dHead: number,
    head: number,
    ended: number,
    reward: number,
    offset: number,
    row: number,
    rows: number,
    tiles: number,
  ): void;
  softmaxHead(out: number, head: number, groups: number, bins: number, rows: number, tiles: number): void;
  categoricalHeadGradient(
    dHead: number,
    head: number,
    target: number,
    groups: number,
    bins: number,
    rows: number,
    tiles: number,
  ): number;
  modeOfBins(out: number, logits: number, groups: number, bins: number): void;
  argmax(x: number, N: number): number;
  sampleIndex(logits: number, uniform: number, bins: number): number;
  // nn
  activate(out: number, x: number, activation: number, N: number): void;
  activateForward(x: number, slope: number, activation: number, N: number): void;
  activateBackward(dY: number, slope: number, N: number): void;
  mlpInitialise(
    parameters: number,
    shape: number,
    outputScale: number,
    seedLow: number,
    seedHigh: number,
    stream: number,
  ): void;
  mlpPredict(
    out: number,
    x: number,
    workspace: number,
    parameters: number,
    shape: number,
    tiles: number,
  ): void;
  mlpPredictRow(out: number, x: number, workspace: number, parameters: number, shape: number): void;
  mlpForward(activations: number, slopes: number, parameters: number, shape: number, tiles: number): void;
  mlpBackward(
    dParameters: number,
    dActivations: number,
    activations: number,
    slopes: number,
    parameters: number,
    shape: number,
    tiles: number,
  ): void;
  adam(
    parameters: number,
    gradient: number,
    first: number,
    second: number,
    learningRate: number,
    weightDecay: number,
    maxNorm: number,
    step: number,
    N: number,
  ): number;
  follow(target: number, parameters: number, rate: number, N: number): void;
  huberGradient(dV: number, v: number, target: number, delta: number, tiles: number): number;
  // simulation
  modelBytes(): number;
  // planner
  planBytes(): number;
  propose(plan: number): void;
  rollout(plan: number, first: number, end: number): void;
  rolloutBelief(plan: number, first: number, end: number): void;
  planSequentially(plan: number): void;
  cloudRows(plan: number): number;
  headCount(plan: number): number;
  rowCount(plan: number): number;
  weigh(plan: number): void;
  refine(plan: number): void;
  labelFirstAction(plan: number): void;
  imagine(plan: number, steps: number): void;
  logSumExp(x: number, N: number): number;
  logMeanExp(x: number, N: number): number;
  normaliseWeights(weights: number, logWeights: number, N: number): number;
  effectiveSampleSize(logWeights: number, N: number): number;
  weightedMoments(mean: number, std: number, x: number, weights: number, D: number, N: number): void;
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
