/**
 * What the worlds of the suite share. The suite is for development: a rule of the agent is judged on all of its worlds at
 * once, never on one. Sines and chance come from the kernels, so that a world is the same on every engine.
 */
import { createCore } from "../../src/core/core.ts";
import { type ScalarMath, scalarMath } from "../../src/core/math.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import {
  type Box,
  createEnvironment,
  type Discrete,
  environments,
  expectAction,
  type Space,
} from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";

/** What one step leads to. */
export interface Outcome {
  readonly state: readonly number[];
  readonly reward: number;
  /** Whether the world ended. Default false. */
  readonly terminated?: boolean;
}

/** The equations of a world. An action is an array, [k] for the k-th of a discrete space. */
export interface Dynamics {
  start(random: Random): readonly number[];
  step(state: readonly number[], action: readonly number[], random: Random): Outcome;
  observe(state: readonly number[], random: Random): readonly number[];
  /** A careful policy written by hand; it sees the true state. */
  controller(state: readonly number[]): readonly number[];
}

/** What makes a world hard; the suite has some of every kind. */
export type Kind =
  | "dense"
  | "sparse"
  | "ending"
  | "game"
  | "grid"
  | "stochastic"
  | "moving goal"
  | "delay"
  | "scale"
  | "hidden";

/** A world of the suite. */
export interface SuiteWorld {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** One line: the task and its reward. */
  readonly description: string;
  readonly timeLimit: number;
  readonly observationSpace: Box;
  readonly actionSpace: Box | Discrete;
  /** Whether observations hide a part of the state. Default false. */
  readonly isPartial?: boolean;
  /** Whether the package has it: then its environment is the package's. Default false. */
  readonly isBuiltIn?: boolean;
  /** Whether the end of an episode is the goal, because no reward is above 0. Default false. */
  readonly isGoalAnEnd?: boolean;
  /** A mean return that others report, with the method. */
  readonly published?: { readonly return: number; readonly by: string };
  dynamics(math: ScalarMath): Dynamics;
}

/** What the package knows of one of its environments. */
export function entryOf(name: string) {
  const entry = environments.find((one) => one.name === name);
  if (entry === undefined) throw new RangeError(`name: expected an environment, got ${name}`);
  const { description, timeLimit, observationSpace, actionSpace } = entry;
  return { name, description, timeLimit, observationSpace, actionSpace, isBuiltIn: true };
}

/** The worlds' stream of a seed. */
const STREAM = 0x73756974; // the letters "suit"

/** An environment whose true state can be read. */
export interface SuiteEnvironment extends SynchronousEnvironment {
  readonly actionSpace: Box | Discrete;
  state(): readonly number[];
  readonly dynamics: Dynamics;
}

/** The environment of a world: observations are new float32 arrays; continuous actions are clipped to their bounds. */
export async function environmentOf(world: SuiteWorld): Promise<SuiteEnvironment> {
  const { observationSpace, actionSpace, timeLimit } = world;
  const core = await createCore({ bytes: 4096 });
  const dynamics = world.dynamics(scalarMath(core));
  if (world.isBuiltIn === true) return { ...(await createEnvironment(world.name)), dynamics };
  let random = createRandom(core, 0, STREAM);
  let state: readonly number[] = [];
  let steps = 0;
  const observe = () => Float32Array.from(dynamics.observe(state, random));
  return {
    observationSpace,
    actionSpace,
    dynamics,
    state: () => state,
    reset({ seed } = {}) {
      if (seed !== undefined) random = createRandom(core, seed, STREAM);
      state = dynamics.start(random);
      steps = 0;
      return { observation: observe() };
    },
    step(action) {
      expectAction(actionSpace, action);
      const outcome = dynamics.step(state, valuesOf(actionSpace, action), random);
      const { reward, terminated = false } = outcome;
      state = outcome.state;
      steps++;
      return { observation: observe(), reward, terminated, truncated: !terminated && steps >= timeLimit };
    },
  };
}

function valuesOf(space: Space, action: number | ArrayLike<number>): readonly number[] {
  if (typeof action === "number") return [action];
  if (space.kind !== "box") return Array.from(action);
  return Array.from(action, (value, d) => clip(value, space.low[d], space.high[d]));
}

/** A policy for {@link play}; `steps` of the episode are over. */
export type PolicyOf = (
  environment: SuiteEnvironment,
  random: Random,
  steps: number,
) => number | readonly number[];

/** Any action of the space, with equal probability. */
export const randomPolicy: PolicyOf = ({ actionSpace }, random) =>
  actionSpace.kind === "discrete"
    ? random.integer(actionSpace.n)
    : actionSpace.low.map((low, d) => random.uniform(low, actionSpace.high[d]));

/** The controller that the world comes with. */
export const controllerPolicy: PolicyOf = ({ actionSpace, dynamics, state }) => {
  const action = dynamics.controller(state());
  return actionSpace.kind === "discrete" ? action[0] : action;
};

/** Returns of a policy on the starts seeded 1000, 1001, …. */
export async function play(
  world: SuiteWorld,
  policy: PolicyOf,
  episodes: number,
): Promise<readonly number[]> {
  const environment = await environmentOf(world);
  const random = createRandom(await createCore({ bytes: 4096 }), 1, STREAM + 1);
  return Array.from({ length: episodes }, (_, i) => {
    environment.reset({ seed: 1000 + i });
    for (let [sum, steps] = [0, 0]; ; steps++) {
      const { reward, terminated, truncated } = environment.step(policy(environment, random, steps));
      sum += reward;
      if (terminated || truncated) return sum;
    }
  });
}

export function clip(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}

/** The angle's equal in [−π, π). */
export function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.floor((angle + Math.PI) / turn);
}

/** `size` zeros but for a 1 at `index`. */
export function oneHot(size: number, index: number): number[] {
  return Array.from({ length: size }, (_, i) => Number(i === index));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
