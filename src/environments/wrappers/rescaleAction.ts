import { expectNoPromise } from "../../core/expect.ts";
import type { Action, Box, Environment, SynchronousEnvironment } from "../environment.ts";
import { copying } from "./copying.ts";

/** That actions are arrays of numbers. */
export interface BoxActions {
  /** Bounds of the actions. */
  readonly actionSpace: Box;
}

/**
 * An environment whose actions lie between other bounds, [−1, 1] by default; each coordinate is scaled to the world's own. An
 * agent needs no such thing, for it scales its actions itself: this is for controllers and logs.
 *
 *   action = low + (high − low) (a − from) / (to − from)
 *
 * An action outside the bounds is scaled as any other, and comes to the world outside of its own.
 *
 * @param from lower bounds, finite: one for all coordinates, or [A]
 * @param to   upper bounds, finite and above `from`
 * @throws TypeError when the actions are choices, or the environment is a Promise; RangeError when a bound is not finite, or not
 *         above the lower one
 *
 * @example
 * const world = rescaleAction(await createEnvironment("pendulum")); // its torque lies in [−2, 2]
 * world.actionSpace.low; // [-1]
 * world.reset({ seed: 1 });
 * const step = world.step([1]); // a torque of 2
 * step.truncated; // false
 */
export function rescaleAction(
  environment: SynchronousEnvironment,
  from?: number | readonly number[],
  to?: number | readonly number[],
): SynchronousEnvironment & BoxActions;
export function rescaleAction(
  environment: Environment,
  from?: number | readonly number[],
  to?: number | readonly number[],
): Environment & BoxActions;
export function rescaleAction(
  environment: Environment,
  from: number | readonly number[] = -1,
  to: number | readonly number[] = 1,
): Environment & BoxActions {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  const { actionSpace } = environment;
  if (actionSpace?.kind !== "box")
    throw new TypeError(`actionSpace: expected a box, got ${String(actionSpace?.kind)}`);
  const { low, high } = actionSpace;
  const own = {
    kind: "box",
    low: boundsOf("from", from, low.length),
    high: boundsOf("to", to, low.length),
  } as const;
  expectBounds(["actionSpace.low", "actionSpace.high"], actionSpace);
  expectBounds(["from", "to"], own);
  const scaled = (action: Action): Action => {
    if (typeof action === "number" || action?.length !== low.length) return action; // the world names the fault
    return Float64Array.from(low, (bound, d) => {
      const share = (action[d] - own.low[d]) / (own.high[d] - own.low[d]);
      // exact at both bounds
      return bound * (1 - share) + high[d] * share;
    });
  };
  return {
    observationSpace: environment.observationSpace,
    actionSpace: own,
    reset: (options) => environment.reset(options),
    step: (action) => environment.step(scaled(action)),
    ...copying(environment),
  };
}

function boundsOf(name: string, bounds: number | readonly number[], size: number): readonly number[] {
  const list = typeof bounds === "number" ? new Array<number>(size).fill(bounds) : Array.from(bounds);
  if (list.length !== size)
    throw new RangeError(`${name}: expected a number, or [${size}] numbers, got ${list.length}`);
  return list;
}

/** @throws RangeError unless the bounds are finite, the upper above the lower ones */
function expectBounds([lower, upper]: readonly [string, string], { low, high }: Box): void {
  low.forEach((bound, d) => {
    if (!Number.isFinite(bound))
      throw new RangeError(`${lower}[${d}]: expected a finite bound, got ${bound}`);
    if (!(Number.isFinite(high[d] - bound) && high[d] > bound))
      throw new RangeError(`${upper}[${d}]: expected a finite bound above ${bound}, got ${high[d]}`);
  });
}
