import { expectInteger, expectNoPromise } from "../core/expect.ts";
import type { Environment, Step } from "../environments/environment.ts";

/** An environment whose actions last several steps. */
export interface RepeatedEnvironment extends Environment {
  /** Steps that the last action took: fewer than it was to last where the episode ended. */
  readonly length: number;
}

/**
 * An environment in which every action lasts `count` steps, or until the episode ends; its reward is their sum, the rest is
 * the last step's. It is what `train` and `evaluate` act in with the option `actionRepeat`: for a loop of your own.
 *
 *   r = Σ_{i<count} r_{t+i}
 *
 * @param count ≥ 1
 * @throws RangeError when `count` is no whole number from 1; TypeError when the environment, or what its `reset` or `step`
 *         answers, is a Promise
 *
 * @example
 * const world = repeatAction(await createEnvironment("mountain-car-continuous"), 4);
 * world.reset({ seed: 1 });
 * const step = world.step([1]);
 * world.length; // 4
 * step.reward; // -0.4: four times the force's cost
 */
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
    reset: (options) => atOnce("reset", environment.reset(options)),
    step(action) {
      let step: Step = atOnce("step", environment.step(action));
      let reward = step.reward;
      for (length = 1; length < count && !step.terminated && !step.truncated; length++) {
        step = atOnce("step", environment.step(action));
        reward += step.reward;
      }
      return { ...step, reward };
    },
  };
}

/** An environment's answer. @throws TypeError when it is yet to come */
function atOnce<Answer>(member: "reset" | "step", answer: Answer): Answer {
  expectNoPromise(member, answer, "an answer", "environments are synchronous");
  return answer;
}
