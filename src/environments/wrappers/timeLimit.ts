import { expectInteger, expectNoPromise } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import type { Environment, Observation, Space, Start, Step, SynchronousEnvironment } from "../environment.ts";
import { copyingWith } from "./copying.ts";

/**
 * An environment whose episodes are cut after `steps` steps: the last one is `truncated`, unless the world ends on it.
 * For worlds that go on for ever. A world that has a limit of its own keeps it; the shorter one counts.
 *
 *   truncated' = truncated ∨ (¬terminated ∧ t ≥ steps)
 *
 * @param steps ≥ 1
 * @throws RangeError when `steps` is no whole number from 1; TypeError when the environment is a Promise
 *
 * @example
 * const world = timeLimit(await createEnvironment("pendulum"), 3);
 * world.reset({ seed: 1 });
 * for (let t = 1; t < 3; t++) world.step([0]);
 * world.step([0]).truncated; // true
 */
export function timeLimit<Seen extends Observation>(
  environment: SynchronousEnvironment<Space, Seen>,
  steps: number,
): SynchronousEnvironment<Space, Seen>;
export function timeLimit(environment: Environment, steps: number): Environment;
export function timeLimit(environment: Environment, steps: number): Environment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  expectInteger("steps", steps, 1);
  let t = 0;
  const begin = (start: Start): Start => {
    t = 0;
    return start;
  };
  const count = (step: Step): Step => {
    t++;
    return { ...step, truncated: step.truncated || (!step.terminated && t >= steps) };
  };
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset: (options) => andThen(environment.reset(options), begin),
    step: (action) => andThen(environment.step(action), count),
    ...copyingWith(environment, {
      save: () => t,
      load: (taken: number) => {
        expectInteger("kept", taken, 0);
        t = taken;
      },
    }),
  };
}
