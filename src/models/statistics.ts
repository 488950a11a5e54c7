import type { Core } from "../core/core.ts";
import { type Columns, columnMoments } from "../core/gather.ts";
import type { Memory } from "./network.ts";

/** Running scales of the experience: networks see and predict numbers of size one. */
export interface Statistics {
  /** [D + A] of the model's inputs: mean and inverse deviation of x, 0 and 1 for the action. */
  readonly inputShift: Float32Array;
  readonly inputScale: Float32Array;
  /** [D + 1] of the model's targets: 0 and inverse root mean square of x' − x, then mean and inverse deviation of r. */
  readonly targetShift: Float32Array;
  readonly targetScale: Float32Array;
  /** [D] one unit of predicted change, in units of the scaled state. */
  readonly stepScale: Float32Array;
  /** [1] each: mean and inverse deviation of the rewards that came with an end. */
  readonly ending: { readonly shift: Float32Array; readonly scale: Float32Array };
  /** [1] each: mean and inverse deviation of the values of plans. */
  readonly value: { readonly shift: Float32Array; readonly scale: Float32Array };
  /** [2 D] mean and deviation while refreshing. */
  readonly work: Float32Array;
}

export function allocateStatistics(memory: Memory, D: number, A: number): Statistics {
  const statistics = {
    inputShift: memory.f32(D + A),
    inputScale: memory.f32(D + A),
    targetShift: memory.f32(D + 1),
    targetScale: memory.f32(D + 1),
    stepScale: memory.f32(D),
    ending: { shift: memory.f32(1), scale: memory.f32(1) },
    value: { shift: memory.f32(1), scale: memory.f32(1) },
    work: memory.f32(2 * D),
  };
  statistics.inputScale.fill(1);
  statistics.targetScale.fill(1);
  statistics.stepScale.fill(1);
  statistics.ending.scale.fill(1);
  statistics.value.scale.fill(1);
  return statistics;
}

/** Coordinates that vary less than this keep the scale 1: they carry no information yet. */
const LEAST_DEVIATION = 1e-8;

/**
 * Refreshes the scales from the first `count` rows of the experience.
 *
 *   inputs (x − mean x) / std x,   targets (x' − x) / rms(x' − x)
 */
export function refreshStatistics(
  core: Core,
  statistics: Statistics,
  { state, change }: { readonly state: Columns; readonly change: Columns },
  count: number,
): void {
  const { inputShift, inputScale, targetScale, stepScale, work } = statistics;
  const D = state.width;
  const mean = work.subarray(0, D);
  const std = work.subarray(D);
  columnMoments(core, mean, std, state, count);
  for (let d = 0; d < D; d++) {
    inputShift[d] = mean[d];
    inputScale[d] = inverse(std[d]);
  }
  columnMoments(core, mean, std, change, count);
  for (let d = 0; d < D; d++) {
    targetScale[d] = inverse(Math.sqrt(mean[d] * mean[d] + std[d] * std[d]));
    stepScale[d] = inputScale[d] / targetScale[d];
  }
}

/** Mean and standard deviation of rewards. */
export interface RewardMoments {
  readonly mean: number;
  readonly std: number;
}

/** Refreshes the scales of the rewards of steps that did not end the world, and of those that did. */
export function refreshRewardScales(
  { targetShift, targetScale, ending }: Statistics,
  continuing: RewardMoments,
  final: RewardMoments,
): void {
  const last = targetShift.length - 1;
  targetShift[last] = continuing.mean;
  targetScale[last] = inverse(continuing.std);
  ending.shift[0] = final.mean;
  ending.scale[0] = inverse(final.std);
}

function inverse(deviation: number): number {
  return deviation > LEAST_DEVIATION ? 1 / deviation : 1;
}
