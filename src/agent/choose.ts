import { activate } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { argmax, modeOfBins, sampleIndex } from "../core/heads.ts";
import { mlpPredictRow, widestHidden } from "../core/mlp.ts";
import { normal, uniform } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4 } from "../core/tiles.ts";
import type { Action } from "../environments/environment.ts";
import type { Planner } from "../inference/planner.ts";
import { type ActionCoding, decodeAction } from "../models/actionCoding.ts";
import type { Memory, Network } from "../models/network.ts";
import type { Statistics } from "../models/statistics.ts";

/** The part of an agent's state that choosing an action reads and writes. */
export interface Chooser {
  readonly core: Core;
  readonly model: { readonly sizes: { readonly coding: ActionCoding }; readonly habit: Network };
  readonly work: { readonly row: ChoiceRow };
  readonly seed: readonly [number, number];
  /** Steps learned from: what the draws of exploration follow. */
  readonly counts: { readonly steps: number };
}

/** One row of the habit, and of what is drawn. */
export type ChoiceRow = ReturnType<typeof allocateChoiceRow>;

/** @param size D of the habit's input */
export function allocateChoiceRow(
  memory: Memory,
  size: number,
  { groups, bins, size: A }: ActionCoding,
  hidden: readonly number[],
) {
  return {
    state: memory.f32(pad4(size)),
    logits: memory.f32(pad4(groups * bins)),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0])),
    action: memory.f32(pad4(A)),
    draws: memory.f32(pad4(A)),
  };
}

/** An action drawn before anything is known: tanh u with u ∼ N(0, 1), or any of the discrete ones. */
export function chooseAtRandom(chooser: Chooser): Action {
  const { core, model, work } = chooser;
  const { row } = work;
  const { coding } = model.sizes;
  if (coding.isDiscrete) {
    drawExploration(chooser, uniform, row.draws);
    return Math.floor(row.draws[0] * coding.size);
  }
  drawExploration(chooser, normal, row.action);
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** The first action of a planner's first plan: a draw from it, or its centre. */
export function chooseFromPlan(chooser: Chooser, { mean, std }: Planner, isDrawn: boolean): Action {
  const { core, model, work } = chooser;
  const { row } = work;
  const { coding } = model.sizes;
  if (coding.isDiscrete) {
    const probabilities = mean.subarray(0, coding.size);
    if (!isDrawn) return argmax(core, probabilities);
    drawExploration(chooser, uniform, row.draws);
    return drawFrom(probabilities, row.draws[0]);
  }
  if (isDrawn) drawExploration(chooser, normal, row.draws);
  else row.draws.fill(0);
  // u = μ + σ ε
  for (let a = 0; a < coding.size; a++) row.action[a] = mean[a] + std[a] * row.draws[a];
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** The logits [groups][bins] of the habit at `row.state`. */
export function habitLogits({ core, model, work: { row } }: Chooser): Float32Array {
  const { groups, bins } = model.sizes.coding;
  mlpPredictRow(core, row.logits, row.state, row.hidden, model.habit.parameters, model.habit.shape);
  return row.logits.subarray(0, groups * bins);
}

/** An action of the habit at `row.state`: a draw from it, or its mode. */
export function chooseFromHabit(chooser: Chooser, isDrawn: boolean): Action {
  const { core, model, work } = chooser;
  const { row } = work;
  const { coding } = model.sizes;
  const { groups, bins } = coding;
  const logits = habitLogits(chooser);
  if (isDrawn) drawExploration(chooser, uniform, row.draws);
  if (coding.isDiscrete) return isDrawn ? sampleIndex(core, logits, row.draws[0]) : argmax(core, logits);
  if (isDrawn) {
    for (let g = 0; g < groups; g++) {
      const index = sampleIndex(core, logits.subarray(g * bins, (g + 1) * bins), row.draws[g]);
      row.action[g] = (2 * index) / (bins - 1) - 1;
    }
  } else modeOfBins(core, row.action.subarray(0, groups), logits, { groups, bins });
  return decodeAction(coding, row.action);
}

/** The part of an agent's state that acting by habit at an observation reads and writes. */
export interface HabitChooser extends Chooser {
  readonly model: Chooser["model"] & {
    readonly statistics: Pick<Statistics, "inputShift" | "inputScale">;
  };
}

/** An action of the habit at an observation: a draw from it, or its mode. */
export function chooseByHabit(
  chooser: HabitChooser,
  observation: ArrayLike<number>,
  isDrawn: boolean,
): Action {
  const { inputShift, inputScale } = chooser.model.statistics;
  // x̂ = (x − shift) · scale
  for (let d = 0; d < observation.length; d++)
    chooser.work.row.state[d] = (observation[d] - inputShift[d]) * inputScale[d];
  return chooseFromHabit(chooser, isDrawn);
}

/** Fills `out` with the random numbers of this step's exploration. */
function drawExploration(
  { core, seed, counts }: Chooser,
  draw: typeof uniform | typeof normal,
  out: Float32Array,
): void {
  draw(core, out, seed[0], seed[1], STREAMS.exploration, 0, counts.steps);
}

/** The index drawn from probabilities by inversion. */
function drawFrom(probabilities: Float32Array, draw: number): number {
  let cumulative = 0;
  for (let k = 0; k < probabilities.length - 1; k++) {
    cumulative += probabilities[k];
    if (draw < cumulative) return k;
  }
  return probabilities.length - 1;
}
