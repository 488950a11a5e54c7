import type { Environment, Step } from "../environments/environment.ts";

/**
 * An environment in which every action lasts `count` steps, or until the episode ends; its reward is their sum.
 * `length` of the last step tells how many steps it took.
 */
export function repeatAction(
  environment: Environment,
  count: number,
): Environment & { readonly length: number } {
  let length = 0;
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    get length() {
      return length;
    },
    reset: (options) => environment.reset(options),
    step(action) {
      let step: Step = environment.step(action);
      let reward = step.reward;
      for (length = 1; length < count && !step.terminated && !step.truncated; length++) {
        step = environment.step(action);
        reward += step.reward;
      }
      return { ...step, reward };
    },
  };
}
