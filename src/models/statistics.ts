import { compressed, KNEE, type Slopes } from "../core/compress.ts";
import type { Core } from "../core/core.ts";
import { followMoments, type RunningMoments } from "../core/running.ts";
import type { Memory } from "./network.ts";

/** Running scales of the experience: networks see and predict numbers of size one, and 0 of what never varied. */
export interface Statistics {
  /** [D + A] of the model's inputs: mean and inverse deviation of x, 0 and 1 for the action. */
  readonly inputShift: Float32Array;
  readonly inputScale: Float32Array;
  /** [D + 1] of the model's targets: 0 and inverse root mean square of x' − x, then mean and inverse deviation of r. */
  readonly targetShift: Float32Array;
  readonly targetScale: Float32Array;
  /** [D] one unit of predicted change, in units of the scaled state. */
  readonly stepScale: Float32Array;
  /** How scaled rewards far from the others are compressed. */
  readonly slopes: Slopes;
  /** [1] each: mean and inverse deviation of the rewards that came with an end. */
  readonly ending: { readonly shift: Float32Array; readonly scale: Float32Array };
  /** [1] each: mean and inverse deviation of the values of plans; 0 and 0 while nothing distinguishes them. */
  readonly value: { readonly shift: Float32Array; readonly scale: Float32Array };
  /** What the scales of states and changes follow from, whenever they are refreshed. */
  readonly running: { readonly state: RunningMoments; readonly change: RunningMoments };
  readonly counts: {
    /** Rows seen. */
    rows: number;
  };
}

/** Beyond all that scaled numbers are. */
const UNBOUNDED = 1e38;

export function allocateStatistics(memory: Memory, D: number, A: number): Statistics {
  const statistics = {
    inputShift: memory.f32(D + A),
    inputScale: memory.f32(D + A),
    targetShift: memory.f32(D + 1),
    targetScale: memory.f32(D + 1),
    stepScale: memory.f32(D),
    slopes: {
      low: memory.f32(1).fill(1),
      high: memory.f32(1).fill(1),
      least: memory.f32(1).fill(-UNBOUNDED),
      most: memory.f32(1).fill(UNBOUNDED),
    },
    ending: { shift: memory.f32(1), scale: memory.f32(1) },
    value: { shift: memory.f32(1), scale: memory.f32(1) },
    running: {
      state: { mean: memory.f32(D), std: memory.f32(D) },
      change: { mean: memory.f32(D), std: memory.f32(D) },
    },
    counts: { rows: 0 },
  };
  statistics.inputScale.fill(1);
  statistics.targetScale.fill(1);
  statistics.stepScale.fill(1);
  statistics.ending.scale.fill(1);
  return statistics;
}

/** States stay within as many standard deviations of the experience, in plans and where they are learned from. */
export const STATE_BOUND = 8;

/** Changes count as at most so many deviations: a jump is rarer than a state far away, and less often a fault. */
export const CHANGE_BOUND = 16;

/**
 * Takes in a row of the experience. No reading moves the scales far (`assembly/linalg/running.ts`).
 *
 * @param window rows after which older ones fade
 */
export function includeRow(
  core: Core,
  { running, counts }: Statistics,
  { state, change }: { readonly state: Float32Array; readonly change: Float32Array },
  window: number,
): void {
  const count = Math.min(++counts.rows, window);
  followMoments(core, running.state, state, { bound: STATE_BOUND, count });
  followMoments(core, running.change, change, { bound: CHANGE_BOUND, count });
}

/**
 * Sets the scales to what was seen so far.
 *
 *   inputs (x − mean x) / std x,   targets (x' − x) / rms(x' − x)
 *
 * What never varied has the scale 0: nothing is read from it, and it is not predicted to vary.
 */
export function refreshStatistics({
  inputShift,
  inputScale,
  targetScale,
  stepScale,
  running: { state, change },
}: Statistics): void {
  inputShift.set(state.mean);
  for (let d = 0; d < stepScale.length; d++) {
    inputScale[d] = inverse(state.std[d]);
    targetScale[d] = inverse(Math.sqrt(change.mean[d] * change.mean[d] + change.std[d] * change.std[d]));
    stepScale[d] = targetScale[d] > 0 ? inputScale[d] / targetScale[d] : 0;
  }
}

/**
 * Sets the scales of one-hots to those of choices that are all as probable, 1 / n each, whatever was seen so far:
 *
 *   inputs (x − 1 / n) / √((1 / n) (1 − 1 / n)),   targets (x' − x) / √(2 / n)
 *
 * A choice that was seen once is as plain to the networks as one that was seen often.
 *
 * @param choices [D] n of the one-hots, 0 of other numbers
 * @param origin  [D] what x is counted from
 */
export function scaleChoices(
  { inputShift, inputScale, targetScale, stepScale }: Statistics,
  choices: readonly number[],
  origin: readonly number[],
): void {
  choices.forEach((n, d) => {
    if (n < 2) return;
    inputShift[d] = 1 / n - origin[d];
    inputScale[d] = n / Math.sqrt(n - 1);
    targetScale[d] = Math.sqrt(n / 2);
    stepScale[d] = inputScale[d] / targetScale[d];
  });
}

/** A scaled number within ±bound. */
export function bounded(x: number, bound = STATE_BOUND): number {
  return Math.min(bound, Math.max(-bound, x));
}

/** Mean and standard deviation of rewards. */
export interface RewardMoments {
  readonly mean: number;
  readonly std: number;
}

/** The least and the greatest of them. */
export interface RewardExtremes {
  readonly lowest: number;
  readonly highest: number;
  /** What rewards count as at least, and at most. */
  readonly least: number;
  readonly most: number;
}

/** Compressed deviations that those beyond the knee spread over. */
const FAR = 24;

/** Slope of the compression, so that a reward so many deviations away is among the last of its spread. */
function slopeOf(deviations: number): number {
  return deviations > KNEE + FAR ? FAR / (deviations - KNEE) : 1;
}

/** Refreshes the scales of the rewards of steps that did not end the world, and of those that did. */
export function refreshRewardScales(
  { targetShift, targetScale, slopes, ending }: Statistics,
  continuing: RewardMoments & RewardExtremes,
  final: RewardMoments,
): void {
  const last = targetShift.length - 1;
  targetShift[last] = continuing.mean;
  targetScale[last] = inverse(continuing.std);
  slopes.low[0] = slopeOf((continuing.mean - continuing.lowest) * inverse(continuing.std));
  slopes.high[0] = slopeOf((continuing.highest - continuing.mean) * inverse(continuing.std));
  ending.shift[0] = final.mean;
  ending.scale[0] = inverse(final.std);
  slopes.least[0] = -UNBOUNDED;
  slopes.most[0] = UNBOUNDED;
  const { least, most } = continuing;
  if (continuing.std === 0) return;
  slopes.least[0] = compressed((least - continuing.mean) / continuing.std, slopes);
  if (most < Infinity) slopes.most[0] = compressed((most - continuing.mean) / continuing.std, slopes);
}

/** Deviations below it have no inverse among numbers of 32 bits: what varies less does not vary. */
const LEAST = 2 ** -126;

/** The scale of a deviation, and the deviation of a scale; both are 0 where nothing varies. */
export function inverse(deviation: number): number {
  return deviation > LEAST ? 1 / deviation : 0;
}
