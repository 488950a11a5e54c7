import { expectInteger } from "../core/expect.ts";
import type { Action, Space } from "./environment.ts";

/**
 * Throws unless `action` is of the kind, length and range that `space` asks for. The coordinates of a box have
 * to be finite, but may lie outside the bounds: to clip them is the world's affair.
 *
 * @throws TypeError for a number where an array is expected, or the reverse
 * @throws RangeError for a wrong length, a coordinate that is not finite, or a choice outside 0 … n − 1
 *
 * @example
 * expectAction(discrete(3), 2);
 * try {
 *   expectAction(discrete(3), 5);
 * } catch (error) {
 *   console.log(error); // RangeError: action: expected a whole number in [0, 2], got 5
 * }
 */
export function expectAction(space: Space, action: Action): void {
  if (space.kind === "discrete") {
    if (typeof action !== "number")
      throw new TypeError(`action: expected a whole number in [0, ${space.n - 1}], got ${kindOf(action)}`);
    expectInteger("action", action, 0, space.n - 1);
    return;
  }
  const length = space.low.length;
  if (typeof action !== "object" || action === null || typeof action.length !== "number")
    throw new TypeError(`action: expected an array of [${length}] numbers, got ${kindOf(action)}`);
  if (action.length !== length)
    throw new RangeError(`action: expected an array of [${length}] numbers, got ${action.length}`);
  for (let d = 0; d < length; d++)
    if (!Number.isFinite(action[d]))
      throw new RangeError(`action[${d}]: expected a finite number, got ${action[d]}`);
}

/** Names a value of the wrong kind, for a message. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "object") return "length" in value ? "an array" : "an object";
  return typeof value === "number" ? `the number ${value}` : `a ${typeof value}`;
}
