import { shown } from "../core/expect.ts";
import { type Problem, refuse } from "../core/readings.ts";
import { firstProblem, lengthProblem } from "./checkValue.ts";
import { rowOf } from "./flatten.ts";
import type { Action, Space } from "./spaces.ts";

/**
 * Which actions may be taken, in Gymnasium's convention: of a discrete space [n] numbers, 1 for an action that may be taken and 0
 * for one that may not; of a multiDiscrete one such a list for each number. Booleans will do.
 */
export type ActionMask = Choices | readonly Choices[];
/** [n] of each choice whether it may be taken: 1 or true. */
export type Choices = ArrayLike<number | boolean>;

/**
 * What is wrong with a mask: there is none in this space, or it has a wrong length, another number than 0 and 1, or no 1.
 *
 * @param isLast whether no action follows, so that none need be allowed
 */
export function maskProblem(space: Space, mask: unknown, isLast = false): Problem | undefined {
  const what = "actionMask";
  if (mask === undefined) return undefined;
  if (space.kind === "discrete") return choicesProblem(what, space.n, mask, isLast);
  if (space.kind !== "multiDiscrete")
    return {
      what,
      message: `expected none, as actions are of a ${space.kind}, got ${shown(mask)}`,
      Fault: TypeError,
    };
  const { nvec } = space;
  return (
    lengthProblem(what, mask, nvec.length) ??
    firstProblem(nvec.length, (g) =>
      choicesProblem(`${what}[${g}]`, nvec[g], (mask as readonly unknown[])[g], isLast),
    )
  );
}

/** What is wrong with the mask in what a world reports. */
export function infoProblem(space: Space, info: unknown, isLast = false): Problem | undefined {
  if (typeof info !== "object" || info === null) return undefined;
  const { actionMask, action_mask: python } = info as { actionMask?: unknown; action_mask?: unknown };
  if (actionMask === undefined && python !== undefined) {
    const message = "expected `actionMask`, as it is written here, got `action_mask`";
    return { what: "info", message, Fault: TypeError };
  }
  return maskProblem(space, actionMask, isLast);
}

function choicesProblem(what: string, n: number, mask: unknown, isLast: boolean): Problem | undefined {
  const wrong = lengthProblem(what, mask, n);
  if (wrong !== undefined) return wrong;
  const values = Array.from(mask as Choices);
  const k = values.findIndex(
    (value) => typeof value === "string" || (Number(value) !== 0 && Number(value) !== 1),
  );
  if (k >= 0)
    return { what: `${what}[${k}]`, message: `expected 0 or 1, got ${shown(values[k])}`, Fault: RangeError };
  if (isLast || values.some(Number)) return undefined;
  return { what, message: "expected a choice that is allowed, got none", Fault: RangeError };
}

/**
 * A good mask as a row of 0 and 1, the lists of a multiDiscrete space one after the other.
 *
 * @param out [Σ choices] written
 */
export function writeMask(space: Space, mask: ActionMask, out: Float32Array): void {
  let at = 0;
  for (const choices of space.kind === "discrete" ? [mask as Choices] : (mask as readonly Choices[])) {
    out.set(Array.from(choices, Number), at);
    at += choices.length;
  }
}

/** Whether a mask allows an action. @throws TypeError or RangeError when it is none */
export function allows(space: Space, mask: ActionMask, action: Action): boolean {
  refuse(maskProblem(space, mask));
  const chosen = rowOf(space, action);
  const row = new Float32Array(chosen.length);
  writeMask(space, mask, row);
  return row.every((isAllowed, k) => isAllowed >= chosen[k]);
}
