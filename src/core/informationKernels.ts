/** The kernels of `assembly/information`, as part of `Exports` in `kernels.ts`. */
export interface InformationExports {
  ensembleLogLikelihoodRatio(
    ratio: number,
    heads: number,
    epsilon: number,
    workspace: number,
    noise: number,
    members: number,
    width: number,
    rows: number,
  ): void;
  realisedRatio(
    out: number,
    heads: number,
    target: number,
    noise: number,
    members: number,
    width: number,
    stride: number,
  ): void;
  categoricalDivergence(label: number, logits: number, groups: number, bins: number): number;
  contrast(
    lower: number,
    upper: number,
    own: number,
    others: number,
    correction: number,
    workspace: number,
    K: number,
    N: number,
  ): void;
  contrastOutcomes(
    lower: number,
    upper: number,
    own: number,
    others: number,
    workspace: number,
    X: number,
    K: number,
    N: number,
  ): void;
  pairwiseGaussian(
    lower: number,
    upper: number,
    x: number,
    mean: number,
    std: number,
    isShared: number,
    logWeights: number,
    workspace: number,
    D: number,
    N: number,
  ): void;
  categoricalRatios(
    lower: number,
    upper: number,
    logProbabilities: number,
    logWeights: number,
    workspace: number,
    X: number,
    N: number,
  ): void;
  momentMatchedRatios(
    ratio: number,
    mean: number,
    std: number,
    isShared: number,
    weights: number,
    workspace: number,
    D: number,
    N: number,
  ): void;
  ratioMoments(out: number, ratios: number, weights: number, S: number, N: number): void;
}
