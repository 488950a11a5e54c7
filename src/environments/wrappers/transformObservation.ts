import { expectNoPromise } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import type { Box, Environment, Start, SynchronousEnvironment, VectorWorld } from "../environment.ts";
import { flattenSpace, rowOf } from "../flatten.ts";
import { copying } from "./copying.ts";

/**
 * An environment that is seen otherwise; the rest is its own.
 *
 *   observation' = change(observation)
 *
 * @param change takes a copy of the observation (flattened, where its space is no box), which it may write into; answers [D'] numbers, which are copied: it may answer
 *        the same array each time. It keeps no state: copies of the world (`save`) do not hold it
 * @param observationSpace of what `change` answers: [D'] bounds; default the world's own
 * @throws TypeError when `change` is no function, or the environment is a Promise
 *
 * @example
 * const inside = (x: ArrayLike<number>) => [Math.atan2(x[1], x[0]), x[2]]; // cos θ, sin θ, ω → θ, ω
 * const world = transformObservation(await createEnvironment("pendulum"), inside, box([-Math.PI, -8], [Math.PI, 8]));
 * world.reset({ seed: 1 }).observation.length; // 2
 */
export function transformObservation(
  environment: SynchronousEnvironment,
  change: (observation: Float64Array) => ArrayLike<number>,
  observationSpace?: Box,
): VectorWorld;
export function transformObservation(
  environment: Environment,
  change: (observation: Float64Array) => ArrayLike<number>,
  observationSpace?: Box,
): Environment;
export function transformObservation(
  environment: Environment,
  change: (observation: Float64Array) => ArrayLike<number>,
  observationSpace?: Box,
): Environment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  if (typeof change !== "function") throw new TypeError(`change: expected a function, got ${typeof change}`);
  const see = <Answer extends Start>(answer: Answer): Answer => ({
    ...answer,
    observation: Float64Array.from(
      change(Float64Array.from(rowOf(environment.observationSpace, answer.observation))),
    ),
  });
  return {
    observationSpace: observationSpace ?? flattenSpace(environment.observationSpace),
    actionSpace: environment.actionSpace,
    reset: (options) => andThen(environment.reset(options), see),
    step: (action) => andThen(environment.step(action), see),
    ...copying(environment),
  };
}
