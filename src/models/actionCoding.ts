import { totalOf } from "../core/heads.ts";
import type { Action, Space } from "../environments/environment.ts";
import { rowOf } from "../environments/flatten.ts";

/** How the kernels see an action. */
export interface Coding {
  readonly isDiscrete: boolean;
  /** A: dimensions of a continuous action, or choices of all groups of a discrete one. */
  readonly size: number;
  /** [G] independent categoricals of the action prior: the bins of each dimension, or the choices of each group. */
  readonly groups: readonly number[];
  /** Σ groups: logits of the habit. */
  readonly labels: number;
  /** [A] of each choice: how many its group has; empty where actions are continuous. */
  readonly choices: readonly number[];
}

/** How the agent's networks see an environment's actions. */
export interface ActionCoding extends Coding {
  readonly space: Space;
  /** [A] bounds; empty where actions are discrete. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The coding of discrete actions with groups of choices, or of continuous ones with bins for each dimension. */
export function codingOf(isDiscrete: boolean, groups: readonly number[]): Coding {
  const labels = totalOf(groups);
  const choices = isDiscrete ? groups.flatMap((n) => new Array<number>(n).fill(n)) : [];
  return { isDiscrete, size: isDiscrete ? labels : groups.length, groups, labels, choices };
}

/** The coding of a space to act in, which was checked. */
export function actionCoding(space: Space, binsPerDimension: number): ActionCoding {
  if (space.kind === "discrete") return { ...codingOf(true, [space.n]), space, low: [], high: [] };
  if (space.kind === "multiDiscrete") return { ...codingOf(true, space.nvec), space, low: [], high: [] };
  if (space.kind !== "box") throw new TypeError(`actionSpace: expected one to act in, got ${space.kind}`);
  const { low, high } = space;
  const bins = new Array<number>(low.length).fill(binsPerDimension);
  return { ...codingOf(false, bins), space, low, high };
}

/**
 * Writes the model's input for an action, which was checked: a ∈ [−1, 1] by dimension, clamped when it lies outside the bounds, or
 * the one-hots.
 */
export function encodeAction(
  { isDiscrete, space, size, low, high }: ActionCoding,
  action: Action,
  out: Float32Array,
): void {
  const row = rowOf(space, action);
  if (isDiscrete) {
    out.set(row);
    return;
  }
  for (let d = 0; d < size; d++) {
    const unit = (2 * (row[d] - low[d])) / (high[d] - low[d]) - 1;
    out[d] = Math.min(1, Math.max(-1, unit));
  }
}

/** What JSON makes of an action: the array of its numbers. */
const AS_JSON = {
  value(this: Float32Array | Int32Array) {
    return Array.from(this);
  },
};

/** The action, which JSON prints as an array; nothing else distinguishes it from others. */
export function printable<Own extends Float32Array | Int32Array>(action: Own): Own {
  return Object.defineProperty(action, "toJSON", AS_JSON);
}

/** The environment's action for a ∈ [−1, 1] by dimension. @throws Error when the model has produced no number */
export function decodeAction({ low, high }: ActionCoding, unit: ArrayLike<number>): Float32Array {
  const action = printable(new Float32Array(low.length));
  for (let d = 0; d < low.length; d++) {
    if (!Number.isFinite(unit[d]))
      throw new Error(`action[${d}]: expected a finite number from the model, got ${unit[d]}`);
    action[d] = low[d] + ((unit[d] + 1) / 2) * (high[d] - low[d]);
  }
  return action;
}
