import { activate } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { argmax, modeOfBins, sampleIndex } from "../core/heads.ts";
import { normal, uniform } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4 } from "../core/tiles.ts";
import type { Action } from "../environments/environment.ts";
import type { Planner } from "../inference/plan.ts";
import { type ActionCoding, decodeAction, printable } from "../models/actionCoding.ts";
import { allocateHabitRow, type Guide, habitLogits } from "../models/learned/guide.ts";
import type { Memory } from "../models/network.ts";

/** What choosing an action works with. */
export interface Chooser {
  readonly core: Core;
  readonly seed: readonly [number, number];
  readonly coding: ActionCoding;
  readonly row: ChoiceRow;
  /** The running episode, 0, 1, 2 …: each draws numbers of its own. Default 0. */
  readonly lane?: number;
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

/** [A] 1 where an action may take a choice, else 0; undefined: every one may. */
export type Mask = Float32Array | undefined;

/**
 * An action drawn before anything is known: tanh u with u ∼ N(0, 1), or any of the allowed choices with equal probability.
 * It persists from step to step, by each ρ of a spectrum for 25 steps in turn, so that some of the first steps go
 * somewhere and others hesitate:
 *
 *   u_t = ρ u_{t−1} + √(1 − ρ²) ξ_t,  ξ ∼ N(0, 1);   a choice is kept with probability ρ, while it is allowed
 */
export function chooseAtRandom(
  chooser: Chooser,
  step: number,
  spectrum: readonly number[],
  mask?: Mask,
): Action {
  const { core, coding, row } = chooser;
  const block = Math.floor(step / BLOCK);
  const rho = spectrum[block % spectrum.length];
  const first = rho > 0 ? block * BLOCK : step;
  row.action.fill(0);
  for (let s = first; s <= step; s++) {
    drawAt(s, chooser, coding.isDiscrete ? uniform : normal, row.draws);
    if (coding.isDiscrete) keepDraws(coding, row, s === first ? 0 : rho);
    else mixDraws(coding, row, s === first ? 0 : rho);
  }
  if (coding.isDiscrete) return chooseEach(coding, mask, (n, at) => evenChoice(row.action[at], n, at, mask));
  activate(core, row.action, row.action, "tanh");
  return decodeAction(coding, row.action);
}

/** Of each group its first draw; kept with probability ρ, which its second decides (of one choice nothing depends on). */
function keepDraws({ groups }: ActionCoding, { action, draws }: ChoiceRow, rho: number): void {
  let at = 0;
  for (const n of groups) {
    if (!(draws[at + 1] < rho)) action[at] = draws[at];
    at += n;
  }
}

function mixDraws({ size }: ActionCoding, { action, draws }: ChoiceRow, rho: number): void {
  const take = Math.sqrt(1 - rho * rho);
  for (let a = 0; a < size; a++) action[a] = rho * action[a] + take * draws[a];
}

/** The choice that a number in [0, 1) stands for. Where that is not allowed, what the number has left chooses among those that are. */
function evenChoice(draw: number, n: number, at: number, mask: Mask): number {
  const place = draw * n;
  const choice = Math.floor(place);
  if (mask === undefined || mask[at + choice] === 1) return choice;
  const allowed = Array.from({ length: n }, (_, k) => k).filter((k) => mask[at + k] === 1);
  return allowed[Math.floor((place - choice) * allowed.length)];
}

/**
 * The first action of a planner's first plan.
 *
 * @param step what a draw from the plan follows; undefined: the plan's centre
 */
export function chooseFromPlan(
  chooser: Chooser,
  { mean, std }: Planner,
  step: number | undefined,
  mask?: Mask,
): Action {
  const { core, coding, row } = chooser;
  if (coding.isDiscrete) {
    if (step !== undefined) drawAt(step, chooser, uniform, row.draws);
    return chooseEach(coding, mask, (n, at, g) => {
      const probabilities = mean.subarray(at, at + n);
      return step === undefined ? argmax(core, probabilities) : drawFrom(probabilities, row.draws[g]);
    });
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
  mask?: Mask,
): Action {
  const { core, coding, row } = chooser;
  const logits = habitLogits(core, guide, row.habit, features, coding);
  if (step !== undefined) drawAt(step, chooser, uniform, row.draws);
  if (coding.isDiscrete)
    return chooseEach(coding, mask, (n, at, g) => {
      const own = logits.subarray(at, at + forbid(logits, n, at, mask));
      return step === undefined ? argmax(core, own) : sampleIndex(core, own, row.draws[g]);
    });
  const { size: groups } = coding;
  const [bins] = coding.groups;
  if (step === undefined) modeOfBins(core, row.action.subarray(0, groups), logits, { groups, bins });
  else
    for (let g = 0; g < groups; g++) {
      const index = sampleIndex(core, logits.subarray(g * bins, (g + 1) * bins), row.draws[g]);
      row.action[g] = (2 * index) / (bins - 1) - 1;
    }
  return decodeAction(coding, row.action);
}

/** Takes what is not allowed out of a group's logits. @returns one more than the last choice that is allowed */
function forbid(logits: Float32Array, n: number, at: number, mask: Mask): number {
  if (mask === undefined) return n;
  for (let k = 0; k < n; k++) if (mask[at + k] === 0) logits[at + k] = -Infinity;
  return mask.subarray(at, at + n).lastIndexOf(1) + 1;
}

/**
 * A choice of each group.
 *
 * @param choose from the choices of the group, where they lie and its number
 * @throws Error when a choice is not allowed: a model that has lost itself
 */
function chooseEach(
  { groups, space }: ActionCoding,
  mask: Mask,
  choose: (n: number, at: number, g: number) => number,
): Action {
  let at = 0;
  const choices = groups.map((n, g) => {
    const choice = choose(n, at, g);
    if (mask !== undefined && mask[at + choice] !== 1)
      throw new Error(`action: expected one that the mask allows from the model, got ${choice}`);
    at += n;
    return choice;
  });
  return space.kind === "discrete" ? choices[0] : printable(Int32Array.from(choices));
}

/** Fills `out` with the random numbers of a step's exploration. */
function drawAt(
  step: number,
  { core, seed, lane = 0 }: Chooser,
  draw: typeof uniform | typeof normal,
  out: Float32Array,
): void {
  draw(core, out, seed[0], seed[1], STREAMS.exploration, lane, step);
}

/** The index drawn from probabilities by inversion; none of probability 0. */
function drawFrom(probabilities: Float32Array, draw: number): number {
  let last = probabilities.length - 1;
  while (last > 0 && probabilities[last] === 0) last--;
  let cumulative = 0;
  for (let k = 0; k < last; k++) {
    cumulative += probabilities[k];
    if (draw < cumulative) return k;
  }
  return last;
}
