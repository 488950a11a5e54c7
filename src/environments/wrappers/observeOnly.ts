import { expectInteger } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import {
  type Box,
  box,
  type Environment,
  type Space,
  type Start,
  type SynchronousEnvironment,
  type VectorWorld,
} from "../environment.ts";
import { rowOf } from "../flatten.ts";
import type { Dynamics } from "../world.ts";
import { copying } from "./copying.ts";

/**
 * An environment of which some coordinates of the observation are seen, and the others hidden. Rewards, endings and
 * info are the environment's own.
 *
 *   observation'[i] = observation[indices[i]]
 *
 * @param indices coordinates of the observation, in the order in which they are seen; one or more
 * @throws RangeError for no index, or one that the observation does not have; TypeError when observations are of no box
 *
 * @example
 * const environment = observeOnly(await createEnvironment("acrobot"), [0, 1, 2, 3]);
 * environment.observationSpace.low.length; // 4: the angles alone, without their velocities
 */
export function observeOnly(environment: SynchronousEnvironment, indices: readonly number[]): VectorWorld;
export function observeOnly(environment: Environment, indices: readonly number[]): Environment;
export function observeOnly(environment: Environment, indices: readonly number[]): Environment {
  const observationSpace = boxOf(environment.observationSpace, indices);
  const narrow = <Answer extends Start>(answer: Answer): Answer => {
    const row = rowOf(environment.observationSpace, answer.observation);
    return { ...answer, observation: Float32Array.from(indices, (d) => row[d]) };
  };
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

/** The bounds of some coordinates. @throws TypeError or RangeError as `observeOnly` */
export function boxOf(space: Space, indices: readonly number[]): Box {
  if (space.kind !== "box") throw new TypeError(`observationSpace: expected a box, got ${space.kind}`);
  const { low, high } = space;
  if (indices.length === 0) throw new RangeError("indices: expected one or more, got none");
  for (const [i, d] of indices.entries()) expectInteger(`indices[${i}]`, d, 0, low.length - 1);
  return box(
    indices.map((d) => low[d]),
    indices.map((d) => high[d]),
  );
}
