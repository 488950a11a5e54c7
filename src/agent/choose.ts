import { activate } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { argmax, modeOfBins, sampleIndex } from "../core/heads.ts";
import { normal, uniform } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4 } from "../core/tiles.ts";
import type { Action } from "../environments/environment.ts";
import type { Planner } from "../inference/plan.ts";
import { type ActionCoding, decodeAction } from "../models/actionCoding.ts";
import { allocateHabitRow, type Guide, habitLogits } from "../models/learned/guide.ts";
import type { Memory } from "../models/network.ts";

/** What choosing an action works with. */
export interface Chooser {
  readonly core: Core;
  readonly seed: readonly [number, number];
  readonly coding: ActionCoding;
  readonly row: ChoiceRow;
}

/** Workspace of one action: the habit's pass, and what is drawn. */
export type ChoiceRow = ReturnType<typeof allocateChoiceRow>;

/** @param hidden widths of the habit's hidden layers */
export function allocateChoiceRow(memory: Memory, coding: ActionCoding, hidden: readonly number[]) {
  return {
    habit: allocateHabitRow(memory, coding, hidden),
    action: memory.f32(pad4(coding.size)),
    draws: memory.f32(pad4(coding.size)),
  };
}

/** Steps that one persistence of random actions lasts. */
const BLOCK = 25;

/**
 * An action drawn before anything is known: tanh u with u ∼ N(0, 1), or any of the discrete ones with equal probability.
 * It persists from step to step, by each ρ of a spectrum for 25 steps in turn, so that some of the first steps go
 * somewhere and others hesitate:
 *
 *   u_t = ρ u_{t−1} + √(1 − ρ²) ξ_t,  ξ ∼ N(0, 1);   a discrete action is kept with probability ρ
 */
export function chooseAtRandom(chooser: Chooser, step: number, spectrum: readonly number[]): Action {
  const { core, coding, row } = chooser;
  const block = Math.floor(step / BLOCK);
  const rho = spectrum[block % spectrum.length];
  const first = rho > 0 ? block * BLOCK : step;
  let choice = 0;
  row.action.fill(0);
  for (let s = first; s <= step; s++) {
    drawAt(s, chooser, coding.isDiscrete ? uniform : normal, row.draws);
    if (s === first || row.draws[1] >= rho) choice = Math.floor(row.draws[0] * coding.size);
    const [keep, take] = s === first ? [0, 1] : [rho, Math.sqrt(1 - rho * rho)];
    for (let a = 0; a < coding.size; a++) row.action[a] = keep * row.action[a] + take * row.draws[a];
  }
  if (coding.isDiscrete) return choice;
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/**
 * The first action of a planner's first plan.
 *
 * @param step what a draw from the plan follows; undefined: the plan's centre
 */
export function chooseFromPlan(chooser: Chooser, { mean, std }: Planner, step: number | undefined): Action {
  const { core, coding, row } = chooser;
  if (coding.isDiscrete) {
    const probabilities = mean.subarray(0, coding.size);
    if (step === undefined) return argmax(core, probabilities);
    drawAt(step, chooser, uniform, row.draws);
    return drawFrom(probabilities, row.draws[0]);
  }
  if (step === undefined) row.draws.fill(0);
  else drawAt(step, chooser, normal, row.draws);
  // u = μ + σ ε
  for (let a = 0; a < coding.size; a++) row.action[a] = mean[a] + std[a] * row.draws[a];
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/**
 * An action of the habit.
 *
 * @param features [pad4(F)] of the belief
 * @param step     what a draw from the habit follows; undefined: its mode
 */
export function chooseFromHabit(
  chooser: Chooser,
  guide: Pick<Guide, "habit">,
  features: Float32Array,
  step: number | undefined,
): Action {
  const { core, coding, row } = chooser;
  const { groups, bins } = coding;
  const logits = habitLogits(core, guide, row.habit, features, coding);
  if (step !== undefined) drawAt(step, chooser, uniform, row.draws);
  if (coding.isDiscrete)
    return step === undefined ? argmax(core, logits) : sampleIndex(core, logits, row.draws[0]);
  if (step === undefined) modeOfBins(core, row.action.subarray(0, groups), logits, { groups, bins });
  else
    for (let g = 0; g < groups; g++) {
      const index = sampleIndex(core, logits.subarray(g * bins, (g + 1) * bins), row.draws[g]);
      row.action[g] = (2 * index) / (bins - 1) - 1;
    }
  return decodeAction(coding, row.action);
}

/** Fills `out` with the random numbers of a step's exploration. */
function drawAt(
  step: number,
  { core, seed }: Chooser,
  draw: typeof uniform | typeof normal,
  out: Float32Array,
): void {
  draw(core, out, seed[0], seed[1], STREAMS.exploration, 0, step);
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
