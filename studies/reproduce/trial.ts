/** What the trials of all tables share: learning with somebody watching, and looks at a copy of the agent. */

import {
  type Agent,
  createAgent,
  createEnvironment,
  environments,
  evaluate,
  loadAgent,
  type Options,
  type Step,
  train,
} from "../../src/index.ts";
import type { Policy, StepReport, SynchronousEnvironment } from "../../src/types.ts";

/** Figures of one seed, by name; Infinity where something was not reached. */
export type Figures = Record<string, number>;
/** Learns from zero experience with a seed, by the defaults unless `options` says otherwise. */
export type Trial = (seed: number, options?: Options) => Promise<Figures>;

/** What `watch` sees after each step. */
export interface Progress extends StepReport {
  readonly agent: Agent;
}

/** Steps an agent through episodes of a task while `watch` answers true. */
export async function run(
  task: string,
  seed: number,
  options: Options,
  { steps, watch }: { steps: number; watch: (progress: Progress) => Promise<boolean> | boolean },
): Promise<Agent> {
  const environment = await createEnvironment(task);
  const agent = await createAgent(environment, {
    model: environments.find(({ name }) => name === task)?.isPartial ? "latent" : "observed",
    ...options,
    seed,
  });
  const training = train(agent, environment, { steps, seed });
  for (let report = await training.step(); report !== undefined; report = await training.step())
    if (!(await watch({ ...report, agent }))) break;
  return agent;
}

/** When to look at an agent that learns, and what for. */
export interface Look {
  /** Environment steps of learning. */
  readonly steps: number;
  /** Steps of the first look, and those between two. */
  readonly from: number;
  readonly every: number;
  isSolved(agent: Agent): Promise<boolean>;
  /** Whether learning goes on after that. */
  readonly goesOn: boolean;
}

/** The agent, and the steps after which it was first found to have solved its task; Infinity when it was not. */
export async function stepsUntil(
  task: string,
  seed: number,
  options: Options,
  { steps, from, every, isSolved, goesOn }: Look,
): Promise<{ readonly agent: Agent; readonly solved: number }> {
  let solved = Number.POSITIVE_INFINITY;
  let next = from;
  const agent = await run(task, seed, options, {
    steps,
    async watch({ agent, steps }) {
      if (steps < next || solved < Number.POSITIVE_INFINITY) return true;
      next += every;
      if (await isSolved(agent)) solved = steps;
      return goesOn || solved === Number.POSITIVE_INFINITY;
    },
  });
  return { agent, solved };
}

/** Whether the planner's mean return on ten starts is `threshold` or more. */
export function returns(task: string, threshold: number): Look["isSolved"] {
  return async (agent) => meanOf(await returnsOf(agent, task, 10)) >= threshold;
}

/** A sparse goal: steps to the first one, and the planner's return at the end. */
export function firstGoal(task: string, steps: number): Trial {
  return async (seed, options = {}) => {
    let first = Number.POSITIVE_INFINITY;
    const agent = await run(task, seed, options, {
      steps,
      watch({ terminated, steps }) {
        if (terminated) first = Math.min(first, steps);
        return true;
      },
    });
    return { "steps to the first goal": first, "planner return": meanOf(await returnsOf(agent, task, 10)) };
  };
}

/** Returns of a copy of the agent on the starts seeded 1000, 1001, …; the running episode is not disturbed. */
export async function returnsOf(
  agent: Agent,
  task: string,
  episodes: number,
  policy: Policy = "plan",
): Promise<readonly number[]> {
  const copy = await loadAgent(agent.save());
  return (await evaluate(copy, await createEnvironment(task), { episodes, policy })).returns;
}

/** The answers of every step, episode by episode, of a copy of the agent that plans on the starts 1000, 1001, …. */
export async function stepsOf(agent: Agent, task: string, episodes: number): Promise<readonly Step[][]> {
  const copy = await loadAgent(agent.save());
  const taken: Step[][] = [];
  const environment = watched(await createEnvironment(task), {
    onReset: () => taken.push([]),
    onStep: (step) => taken.at(-1)?.push(step),
  });
  await evaluate(copy, environment, { episodes });
  return taken;
}

/** Share of the episodes whose last step says `success` in its info. */
export function successOf(episodes: readonly (readonly Step[])[]): number {
  return meanOf(episodes.map((steps) => Number(steps.at(-1)?.info?.success === true)));
}

/** An environment that tells of what it is asked for, before and after each step. */
export function watched(
  environment: SynchronousEnvironment,
  tell: {
    readonly onReset?: () => void;
    readonly onAct?: () => void;
    readonly onStep?: (step: Step) => void;
  },
): SynchronousEnvironment {
  return {
    observationSpace: environment.observationSpace,
    actionSpace: environment.actionSpace,
    reset(options) {
      tell.onReset?.();
      return environment.reset(options);
    },
    step(action) {
      tell.onAct?.();
      const step = environment.step(action);
      tell.onStep?.(step);
      return step;
    },
  };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
