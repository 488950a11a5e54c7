import type { Action, Space } from "../environments/environment.ts";

/** How the agent's networks see an environment's actions. */
export interface ActionCoding {
  readonly isDiscrete: boolean;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  readonly size: number;
  /** Independent categoricals of the action prior: one a dimension, or one in all. */
  readonly groups: number;
  /** Bins of each. */
  readonly bins: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** @throws RangeError when a continuous action has no finite bounds */
export function actionCoding(space: Space, binsPerDimension: number): ActionCoding {
  if (space.kind === "discrete")
    return { isDiscrete: true, size: space.n, groups: 1, bins: space.n, low: [], high: [] };
  const { low, high } = space;
  low.forEach((bound, d) => {
    if (!Number.isFinite(bound) || !Number.isFinite(high[d]) || bound >= high[d])
      throw new RangeError(
        `actionSpace: expected finite bounds low < high, got [${bound}, ${high[d]}] at ${d}`,
      );
  });
  return { isDiscrete: false, size: low.length, groups: low.length, bins: binsPerDimension, low, high };
}

/**
 * Writes the model's input for an action: a ∈ [−1, 1] by dimension, clamped when it lies outside the bounds, or the
 * one-hot.
 *
 * @throws RangeError or TypeError when the action is not of the space
 */
export function encodeAction(
  { isDiscrete, size, low, high }: ActionCoding,
  action: Action,
  out: Float32Array,
): void {
  if (isDiscrete) {
    if (typeof action !== "number" || !Number.isInteger(action) || action < 0 || action >= size)
      throw new RangeError(`action: expected a whole number in [0, ${size - 1}], got ${String(action)}`);
    out.fill(0);
    out[action] = 1;
    return;
  }
  if (typeof action === "number" || action.length !== size)
    throw new TypeError(
      `action: expected ${size} numbers, got ${typeof action === "number" ? action : action.length}`,
    );
  for (let d = 0; d < size; d++) {
    if (!Number.isFinite(action[d]))
      throw new RangeError(`action[${d}]: expected a finite number, got ${action[d]}`);
    const unit = (2 * (action[d] - low[d])) / (high[d] - low[d]) - 1;
    out[d] = Math.min(1, Math.max(-1, unit));
  }
}

/** The environment's action for a ∈ [−1, 1] by dimension. @throws Error when the model has produced no number */
export function decodeAction({ low, high }: ActionCoding, unit: ArrayLike<number>): Float32Array {
  const action = new Float32Array(low.length);
  for (let d = 0; d < low.length; d++) {
    if (!Number.isFinite(unit[d]))
      throw new Error(`action[${d}]: expected a finite number from the model, got ${unit[d]}`);
    action[d] = low[d] + ((unit[d] + 1) / 2) * (high[d] - low[d]);
  }
  return action;
}
