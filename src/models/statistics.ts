import type { Core } from "../core/core.ts";
import { type Columns, columnMoments } from "../core/gather.ts";
import type { Memory } from "./network.ts";

/** Running scales of the experience: networks see and predict numbers of size one. */
export interface Statistics {
  /** [D + A] of the model's inputs: mean and inverse deviation of x, 0 and 1 for the action. */
  readonly inputShift: Float32Array;
  readonly inputScale: Float32Array;
  /** [D + 1] of the model's targets: change of x, then reward. */
  readonly targetShift: Float32Array;
  readonly targetScale: Float32Array;
  /** [D] one unit of predicted change in normalised state. */
  readonly stepScale: Float32Array;
  /** [4] mean and deviation of the reward, its lowest and highest value. */
  readonly reward: Float32Array;
  readonly workspace: Float32Array;
}

export function allocateStatistics(memory: Memory, D: number, A: number): Statistics {
  const statistics = {
    inputShift: memory.f32(D + A),
    inputScale: memory.f32(D + A),
    targetShift: memory.f32(D + 1),
    targetScale: memory.f32(D + 1),
    stepScale: memory.f32(D),
    reward: memory.f32(4),
    workspace: memory.f32(2 * (D + 1)),
  };
  statistics.inputScale.fill(1);
  statistics.targetScale.fill(1);
  statistics.stepScale.fill(1);
  statistics.reward.set([0, 1, Infinity, -Infinity]);
  return statistics;
}

/** Coordinates that vary less than this keep the scale 1: they carry no information yet. */
const LEAST_DEVIATION = 1e-8;

/**
 * Refreshes the scales from the first `count` rows of the experience.
 *
 *   inputs (x − mean x) / std x,   targets dx / rms dx,  (r − mean r) / std r
 */
export function refreshStatistics(
  core: Core,
  statistics: Statistics,
  { state, target }: { readonly state: Columns; readonly target: Columns },
  count: number,
): void {
  const { inputShift, inputScale, targetShift, targetScale, stepScale, reward, workspace } = statistics;
  const D = state.width;
  const mean = workspace.subarray(0, D + 1);
  const std = workspace.subarray(D + 1);
  columnMoments(core, mean.subarray(0, D), std.subarray(0, D), state, count);
  for (let d = 0; d < D; d++) {
    inputShift[d] = mean[d];
    inputScale[d] = inverse(std[d]);
  }
  columnMoments(core, mean, std, target, count);
  for (let d = 0; d < D; d++) {
    targetScale[d] = inverse(Math.sqrt(mean[d] * mean[d] + std[d] * std[d]));
    stepScale[d] = inputScale[d] / targetScale[d];
  }
  targetShift[D] = mean[D];
  targetScale[D] = inverse(std[D]);
  reward[0] = mean[D];
  reward[1] = 1 / targetScale[D];
}

function inverse(deviation: number): number {
  return deviation > LEAST_DEVIATION ? 1 / deviation : 1;
}
