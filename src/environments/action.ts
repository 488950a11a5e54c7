import { type Problem, refuse } from "../core/readings.ts";
import { valueProblem } from "./checkValue.ts";
import type { Action, Space } from "./spaces.ts";

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
  refuse(actionProblem(space, action));
}

/** What is wrong with an action. */
export function actionProblem(space: Space, action: unknown): Problem | undefined {
  return valueProblem(space, "action", action);
}
