import { expectInteger, expectNoPromise } from "../../core/expect.ts";
import { andThen } from "../../core/promises.ts";
import type {
  Action,
  Environment,
  Observation,
  Space,
  Step,
  SynchronousEnvironment,
} from "../environment.ts";
import { allows } from "../mask.ts";
import { copying } from "./copying.ts";

/** An environment whose actions last several steps. */
export interface RepeatedEnvironment extends Environment {
  /** Steps that the last action took: fewer than it was to last where the episode ended, or it might not be repeated. */
  readonly length: number;
}

/** One that answers at once. */
export type SynchronousRepeated<Seen extends Observation = Observation> = SynchronousEnvironment<
  Space,
  Seen
> &
  Pick<RepeatedEnvironment, "length">;

/**
 * An environment in which every action lasts `count` steps, or until the episode ends or `info.actionMask` forbids the action; its
 * reward is their sum, the rest is the last step's. It is what `train` and `evaluate` act in with the option `actionRepeat`: for a loop of your own.
 *
 *   r = Σ_{i<count} r_{t+i}
 *
 * @param count ≥ 1
 * @throws RangeError when `count` is no whole number from 1; TypeError when the environment is a Promise
 *
 * @example
 * const world = repeatAction(await createEnvironment("mountain-car-continuous"), 4);
 * world.reset({ seed: 1 });
 * const step = world.step([1]);
 * world.length; // 4
 * step.reward; // -0.4: four times the force's cost
 */
export function repeatAction<Seen extends Observation>(
  environment: SynchronousEnvironment<Space, Seen>,
  count: number,
): SynchronousRepeated<Seen>;
export function repeatAction(environment: Environment, count: number): RepeatedEnvironment;
export function repeatAction(environment: Environment, count: number): RepeatedEnvironment {
  expectNoPromise("environment", environment, "an environment", "`await` is missing");
  expectInteger("count", count, 1);
  let length = 0;
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    get length() {
      return length;
    },
    reset: (options) => environment.reset(options),
    step(action) {
      length = 1;
      if (count === 1) return environment.step(action);
      length = 0;
      let reward = 0;
      const again = (step: Step): Step | PromiseLike<Step> => {
        reward = length === 0 ? step.reward : reward + step.reward;
        const isOver = ++length === count || step.terminated || step.truncated;
        if (isOver || !mayRepeat(environment.actionSpace, step, action)) return { ...step, reward };
        return andThen(environment.step(action), again);
      };
      return andThen(environment.step(action), again);
    },
    ...copying(environment),
  };
}

/** Whether the mask that came with a step allows the action again. */
function mayRepeat(space: Space, { info }: Step, action: Action): boolean {
  return info?.actionMask === undefined || allows(space, info.actionMask, action);
}
