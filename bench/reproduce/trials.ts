/** One seed of a task: what `npm run reproduce` measures. Importable by itself, so that settings can be compared. */

import { repeatAction } from "../../src/agent/repeatAction.ts";
import {
  type Agent,
  type AgentOptions,
  createAgent,
  createEnvironment,
  evaluate,
  loadAgent,
  type Policy,
  recommendedOptions,
  type Step,
} from "../../src/index.ts";

/** Figures of one seed, by name; Infinity where something was not reached. */
export type Figures = Record<string, number>;
/** Learns from zero experience with a seed, by the task's recommended options unless `options` says otherwise. */
export type Trial = (seed: number, options?: AgentOptions) => Promise<Figures>;

/** What the driver tells after each step. */
interface Progress {
  readonly agent: Agent;
  /** Environment steps. */
  readonly steps: number;
  readonly episode: number;
  /** Of the episode so far. */
  readonly return: number;
  readonly step: Step;
}

/** Steps an agent through episodes of a task while `watch` answers true. */
async function run(
  task: string,
  seed: number,
  options: AgentOptions,
  { steps, watch }: { steps: number; watch: (progress: Progress) => Promise<boolean> | boolean },
): Promise<Agent> {
  const original = await createEnvironment(task);
  const agent = await createAgent(original, { ...recommendedOptions(task), ...options, seed });
  const environment = repeatAction(original, agent.options.actionRepeat);
  let { observation } = environment.reset({ seed });
  let episode = 1;
  let sum = 0;
  let taken = 0;
  while (taken < steps) {
    const action = agent.act(observation, { explore: true });
    const step = environment.step(action);
    agent.learn({ ...step, observation, action, nextObservation: step.observation });
    sum += step.reward;
    taken += environment.length;
    if (!(await watch({ agent, steps: taken, episode, return: sum, step }))) break;
    observation = step.observation;
    if (step.terminated || step.truncated) {
      observation = environment.reset({}).observation;
      agent.reset();
      episode++;
      sum = 0;
    }
  }
  return agent;
}

/** Returns of a copy of the agent on the starts seeded 1000, 1001, …; the running episode is not disturbed. */
async function returnsOf(
  agent: Agent,
  task: string,
  episodes: number,
  policy: Policy = "plan",
): Promise<readonly number[]> {
  const copy = await loadAgent(agent.save());
  return (await evaluate(copy, await createEnvironment(task), { episodes, policy })).returns;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Pendulum: steps until the planner's mean return on 10 starts is −200 or more, looked at every 50 steps; planner and
 * habit on 100 starts at the end.
 */
export const pendulum: Trial = async (seed, options = {}) => {
  let solved = Number.POSITIVE_INFINITY;
  const agent = await run("pendulum", seed, options, {
    steps: 2000,
    async watch({ agent, steps }) {
      if (steps % 50 === 0 && steps >= 100 && solved === Number.POSITIVE_INFINITY)
        if (meanOf(await returnsOf(agent, "pendulum", 10)) >= -200) solved = steps;
      return true;
    },
  });
  const planner = await returnsOf(agent, "pendulum", 100);
  const habit = await returnsOf(agent, "pendulum", 100, "habit");
  return {
    "steps to −200": solved,
    "planner return": meanOf(planner),
    "habit return": meanOf(habit),
    "habit below planner": meanOf(planner) - meanOf(habit),
    "habit's worst episode": Math.min(...habit),
  };
};

/** A sparse goal: steps to the first one, and the planner's return at the end. */
function sparse(task: string, steps: number): Trial {
  return async (seed, options = {}) => {
    let first = Number.POSITIVE_INFINITY;
    const agent = await run(task, seed, options, {
      steps,
      watch({ step, steps }) {
        if (step.terminated) first = Math.min(first, steps);
        return true;
      },
    });
    return { "steps to the first goal": first, "planner return": meanOf(await returnsOf(agent, task, 10)) };
  };
}

export const mountainCarContinuous = sparse("mountain-car-continuous", 3000);
export const mountainCar = sparse("mountain-car", 3000);
export const acrobot = sparse("acrobot", 3000);

/** The same without information gain: whether the goal is found at all. */
export const mountainCarContinuousWithout: Trial = (seed, options = {}) =>
  sparse("mountain-car-continuous", 3000)(seed, { ...options, informationWeight: 0 });

/** CartPole: steps until the planner's mean return on 10 starts is 475 or more, looked at every 100 steps from 300 on. */
export const cartPole: Trial = async (seed, options = {}) => {
  let solved = Number.POSITIVE_INFINITY;
  await run("cartpole", seed, options, {
    steps: 2000,
    async watch({ agent, steps }) {
      if (steps % 100 === 0 && steps >= 300)
        if (meanOf(await returnsOf(agent, "cartpole", 10)) >= 475) solved = steps;
      return solved === Number.POSITIVE_INFINITY;
    },
  });
  return { "steps to 475": solved };
};

/** Swing-up: the first of 12 learning trials (after one random trial) whose last second is upright throughout. */
export const cartPoleSwingUp: Trial = async (seed, options = {}) => {
  const second = 20;
  let upright = 0;
  let solved = Number.POSITIVE_INFINITY;
  await run("cartpole-swingup", seed, options, {
    steps: 60 * 13,
    watch({ step, episode }) {
      upright = step.info?.upright ? upright + 1 : 0;
      if (step.truncated && upright >= second) solved = episode - 1;
      if (step.truncated) upright = 0;
      return solved === Number.POSITIVE_INFINITY;
    },
  });
  return { "trials to upright": solved };
};

export const trials: Readonly<Record<string, Trial>> = {
  pendulum,
  "mountain-car-continuous": mountainCarContinuous,
  "mountain-car-continuous, information off": mountainCarContinuousWithout,
  cartpole: cartPole,
  acrobot,
  "mountain-car": mountainCar,
  "cartpole-swingup": cartPoleSwingUp,
};
