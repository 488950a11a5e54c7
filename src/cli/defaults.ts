import type { Model } from "../agent/options.ts";
import type { Library } from "./context.ts";

const STEPS: Readonly<Record<string, number>> = {
  pendulum: 1200,
  "mountain-car-continuous": 3000,
  cartpole: 1500,
  "mountain-car": 3000,
  acrobot: 3000,
  "cartpole-swingup": 420,
  "pendulum-velocity": 3000,
  "cartpole-position": 3000,
  "mountain-car-continuous-position": 6000,
  "pendulum-distractors": 5000,
  "t-maze": 1200,
  "mujoco/half-cheetah": 10_000,
  "mujoco/hopper": 10_000,
  "mujoco/walker2d": 20_000,
  "mujoco/swimmer": 10_000,
  "mujoco/reacher": 5000,
  "mujoco/pusher": 10_000,
  "mujoco/inverted-pendulum": 1000,
  "mujoco/inverted-double-pendulum": 3000,
};

/** Environment steps that `train` takes without `--steps`: enough to see the task learned. */
export function defaultSteps(task: string): number {
  return STEPS[task] ?? 2000;
}

/** The kind of agent that a built-in environment needs. */
export function defaultModel({ environments }: Pick<Library, "environments">, task: string): Model {
  return environments.find(({ name }) => name === task)?.isPartial ? "latent" : "observed";
}

/** The folder of a run that was given none. */
export function defaultFolder(task: string, seed: number): string {
  return `runs/${task.replaceAll("/", "-")}-seed${seed}`;
}
