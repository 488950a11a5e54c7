import { expectInteger } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import { type Box, box, type Environment, type Start, type SynchronousEnvironment } from "../environment.ts";
import type { Dynamics } from "../world.ts";
import { copying } from "./copying.ts";

/**
 * An environment of which some coordinates of the observation are seen, and the others hidden. Rewards, endings and
 * info are the environment's own.
 *
 *   observation'[i] = observation[indices[i]]
 *
 * @param indices coordinates of the observation, in the order in which they are seen; one or more
 * @throws RangeError for no index, or one that the observation does not have
 *
 * @example
 * const environment = observeOnly(await createEnvironment("acrobot"), [0, 1, 2, 3]);
 * environment.observationSpace.low.length; // 4: the angles alone, without their velocities
 */
export function observeOnly(
  environment: SynchronousEnvironment,
  indices: readonly number[],
): SynchronousEnvironment;
export function observeOnly(environment: Environment, indices: readonly number[]): Environment;
export function observeOnly(environment: Environment, indices: readonly number[]): Environment {
  const observationSpace = boxOf(environment.observationSpace, indices);
  const narrow = <Answer extends Start>(answer: Answer): Answer => ({
    ...answer,
    observation: Float32Array.from(indices, (d) => answer.observation[d]),
  });
  return {
    observationSpace,
    actionSpace: environment.actionSpace,
    reset: (options) => andThen(environment.reset(options), narrow),
    step: (action) => andThen(environment.step(action), narrow),
    ...copying(environment),
  };
}

/** The same equations seen through some coordinates of their observation; the state stays whole. */
export function seenThrough(indices: readonly number[], dynamics: Dynamics): Dynamics {
  return {
    ...dynamics,
    observe(state, random) {
      const observation = dynamics.observe(state, random);
      return indices.map((d) => observation[d]);
    },
  };
}

/** The bounds of some coordinates. @throws RangeError as `observeOnly` */
export function boxOf({ low, high }: Box, indices: readonly number[]): Box {
  if (indices.length === 0) throw new RangeError("indices: expected one or more, got none");
  for (const [i, d] of indices.entries()) expectInteger(`indices[${i}]`, d, 0, low.length - 1);
  return box(
    indices.map((d) => low[d]),
    indices.map((d) => high[d]),
  );
}
