import { expectNoPromise } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import type { Environment, Observation, Space, Step, SynchronousEnvironment } from "../environment.ts";
import { copying } from "./copying.ts";

/**
 * An environment that rewards otherwise; the rest is its own. An agent needs no rewards near one, for it learns their scale: this
 * is to ask for something else.
 *
 *   r' = change(r, step)
 *
 * @param change takes the reward, and the step that it came with; answers a finite number. It keeps no state: copies of the
 *        world (`save`) do not hold it
 * @throws TypeError when `change` is no function, or the environment is a Promise
 *
 * @example
 * const world = transformReward(await createEnvironment("cartpole"), (reward, { terminated }) => (terminated ? -10 : reward));
 * world.reset({ seed: 1 });
 * world.step(1).reward; // 1: the pole has not fallen yet
 */
export function transformReward<Seen extends Observation>(
  environment: SynchronousEnvironment<Space, Seen>,
  change: (reward: number, step: Step<Seen>) => number,
): SynchronousEnvironment<Space, Seen>;
export function transformReward(
  environment: Environment,
  change: (reward: number, step: Step) => number,
): Environment;
export function transformReward(
  environment: Environment,
  change: (reward: number, step: Step) => number,
): Environment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  if (typeof change !== "function") throw new TypeError(`change: expected a function, got ${typeof change}`);
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset: (options) => environment.reset(options),
    step: (action) =>
      andThen(environment.step(action), (step: Step) => ({ ...step, reward: change(step.reward, step) })),
    ...copying(environment),
  };
}
