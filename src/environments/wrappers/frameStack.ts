import { expectInteger, expectNoPromise, shown } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import {
  box,
  type Environment,
  type Start,
  type SynchronousEnvironment,
  type VectorWorld,
} from "../environment.ts";
import { flattenSpace, rowOf } from "../flatten.ts";
import { copyingWith } from "./copying.ts";

/**
 * An environment that shows its last `count` observations, the oldest first: velocities, say, where positions alone are seen.
 * Before that many have come, the episode's first one stands for those that are missing. Where more is hidden than a few
 * observations tell, an agent with `model: "latent"` is the better choice.
 *
 *   observation' = [x_{t−count+1}, …, x_t]   [count · D],   x_s = x_0 for s < 0,   x the flattened observation
 *
 * @param count ≥ 1
 * @throws RangeError when `count` is no whole number from 1; TypeError when the environment is a Promise
 *
 * @example
 * const world = frameStack(await createEnvironment("pendulum-position"), 2); // cos θ, sin θ: now and a step before
 * world.observationSpace.low.length; // 4
 * const { observation } = world.reset({ seed: 1 });
 * observation[0] === observation[2]; // true
 */
export function frameStack(environment: SynchronousEnvironment, count: number): VectorWorld;
export function frameStack(environment: Environment, count: number): Environment;
export function frameStack(environment: Environment, count: number): Environment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  expectInteger("count", count, 1);
  const { low, high } = flattenSpace(environment.observationSpace);
  const rowIn = ({ observation }: Start) => rowOf(environment.observationSpace, observation);
  const repeated = (bounds: readonly number[]) =>
    Array.from({ length: count * bounds.length }, (_, i) => bounds[i % bounds.length]);
  // [count · D], replaced at each step, never written into
  let frames = new Float64Array(count * low.length);
  const first = (start: Start): Start => {
    frames = new Float64Array(count * low.length);
    for (let f = 0; f < count; f++) frames.set(rowIn(start), f * low.length);
    return { ...start, observation: frames.slice() };
  };
  const next = <Answer extends Start>(answer: Answer): Answer => {
    const newer = new Float64Array(count * low.length);
    newer.set(frames.subarray(low.length));
    newer.set(rowIn(answer), (count - 1) * low.length);
    frames = newer;
    return { ...answer, observation: newer.slice() };
  };
  return {
    observationSpace: box(repeated(low), repeated(high)),
    actionSpace: environment.actionSpace,
    reset: (options) => andThen(environment.reset(options), first),
    step: (action) => andThen(environment.step(action), next),
    ...copyingWith(environment, {
      save: () => Array.from(frames),
      load: (kept: ArrayLike<number>) => {
        if (kept?.length !== frames.length)
          throw new RangeError(
            `kept: expected [${frames.length}] numbers, got ${kept?.length ?? shown(kept)}`,
          );
        frames = Float64Array.from(kept);
      },
    }),
  };
}
