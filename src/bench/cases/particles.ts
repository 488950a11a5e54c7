import type { Core } from "../../core/core.ts";
import { logSumExp } from "../../core/logSumExp.ts";
import { contrast, pairwiseGaussian, pairwiseRoom } from "../../core/ratios.ts";
import { resampleStratified, resampleSystematic } from "../../core/resample.ts";
import { effectiveSampleSize, normaliseWeights } from "../../core/weights.ts";
import type { Case } from "../case.ts";
import { filled } from "./filled.ts";

/** What is done with the weights of particles. */
export type Weighing =
  | "logSumExp"
  | "normaliseWeights"
  | "effectiveSampleSize"
  | "resampleSystematic"
  | "resampleStratified";

/** Weights of N particles. */
export function weightCases(core: Core): Case<readonly [work: Weighing, N: number]>[] {
  let step = 0;
  return [256, 4096].flatMap((N) => {
    const logWeights = filled(core, N, -3, 3);
    const weights = core.f32(N);
    normaliseWeights(core, weights, logWeights);
    const ancestors = core.u32(N);
    const works: Record<Weighing, () => unknown> = {
      logSumExp: () => logSumExp(core, logWeights),
      normaliseWeights: () => normaliseWeights(core, weights, logWeights),
      effectiveSampleSize: () => effectiveSampleSize(core, logWeights),
      resampleSystematic: () => resampleSystematic(core, ancestors, weights, 1, 2, 3, step++),
      resampleStratified: () => resampleStratified(core, ancestors, weights, 1, 2, 3, step++),
    };
    const names = Object.keys(works) as Weighing[];
    return names.map((work) => ({ name: `${work}  N=${N}`, sizes: [work, N] as const, run: works[work] }));
  });
}

/** Log-likelihood ratios between all pairs of N Gaussians of D dimensions. */
export function pairwiseCases(core: Core): Case<readonly [D: number, N: number]>[] {
  const sizes = [
    [4, 64],
    [4, 256],
  ] as const;
  return sizes.map(([D, N]) => {
    const mean = filled(core, D * N);
    const std = filled(core, D * N, 0.5, 1.5);
    const x = core.f32(mean.map((m, i) => m + 0.5 * std[i]));
    const logWeights = core.f32(N);
    const workspace = core.f32(pairwiseRoom(D, N));
    const ratios = { lower: core.f32(N), upper: core.f32(N) };
    return {
      name: `pairwiseGaussian  D=${D} N=${N}`,
      sizes: [D, N],
      run: () => pairwiseGaussian(core, ratios, x, mean, std, logWeights, workspace),
    };
  });
}

/** Ratios of N own densities to those of K others each. */
export function contrastCases(core: Core): Case<readonly [K: number, N: number]>[] {
  const sizes = [
    [16, 256],
    [256, 256],
  ] as const;
  return sizes.map(([K, N]) => {
    const own = filled(core, N, 0, 2);
    const others = filled(core, K * N, -5, 1);
    const workspace = core.f32(4 * K);
    const ratios = { lower: core.f32(N), upper: core.f32(N) };
    return {
      name: `contrast (pce and nmc)  K=${K} N=${N}`,
      sizes: [K, N],
      run: () => contrast(core, ratios, own, others, workspace),
    };
  });
}
