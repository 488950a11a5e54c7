/** The tasks that hide a part of their state: what `npm run reproduce -- partial` measures. */
import { type Agent, createEnvironment, evaluate, loadAgent, type Options } from "../../src/index.ts";
import { type Example, probe } from "./probe.ts";
import {
  type Figures,
  firstGoal,
  meanOf,
  returns,
  returnsOf,
  run,
  stepsOf,
  stepsUntil,
  successOf,
  type Trial,
  watched,
} from "./trial.ts";

/** A trial with settings that make it what it is. */
function withSettings(trial: Trial, settings: Options): Trial {
  return (seed, options = {}) => trial(seed, { ...options, ...settings });
}

/** Steps to −250 on 10 starts, looked at every 100 steps from 300 on; the planner on 20 starts after 3,000 steps. */
const pendulumPosition: Trial = async (seed, options = {}) => {
  const { agent, solved } = await stepsUntil("pendulum-position", seed, options, {
    steps: 3000,
    from: 300,
    every: 100,
    isSolved: returns("pendulum-position", -250),
    goesOn: true,
  });
  return {
    "steps to −250": solved,
    "planner return": meanOf(await returnsOf(agent, "pendulum-position", 20)),
  };
};

/** The planner on 20 starts after 1,500 steps. */
const pendulumPositionEarly: Trial = async (seed, options = {}) => {
  const agent = await run("pendulum-position", seed, options, { steps: 1500, watch: () => true });
  return { "planner return": meanOf(await returnsOf(agent, "pendulum-position", 20)) };
};

/** Steps to −200 on 10 starts, looked at every 250 steps; the planner on 20 starts after 3,000 steps. */
const pendulumVelocity: Trial = async (seed, options = {}) => {
  const { agent, solved } = await stepsUntil("pendulum-velocity", seed, options, {
    steps: 3000,
    from: 250,
    every: 250,
    isSolved: returns("pendulum-velocity", -200),
    goesOn: true,
  });
  return {
    "steps to −200": solved,
    "planner return": meanOf(await returnsOf(agent, "pendulum-velocity", 20)),
  };
};

/** Steps within 3,000 to 475 on 10 starts, looked at every 250 steps from 500 on. */
const cartPolePosition: Trial = async (seed, options = {}) => {
  const { solved } = await stepsUntil("cartpole-position", seed, options, {
    steps: 3000,
    from: 500,
    every: 250,
    isSolved: returns("cartpole-position", 475),
    goesOn: false,
  });
  return { "steps to 475": solved };
};

/**
 * Shares of `count` mazes in which the planner looks at the cue first, and finds the arm with the reward, after it
 * has learned from each of `marks` mazes.
 */
export function tMaze(marks: readonly number[], count: number): Trial {
  return async (seed, options = {}) => {
    const figures: Figures = {};
    await run("t-maze", seed, options, {
      steps: 3 * Math.max(...marks),
      async watch({ agent, episode, terminated }) {
        if (!terminated || !marks.includes(episode)) return true;
        const mazes = await stepsOf(agent, "t-maze", count);
        const looks = mazes.map(([first]) => Number(first.info?.isAtCue === true));
        figures[`cue first, ${episode} mazes`] = meanOf(looks);
        figures[`success, ${episode} mazes`] = successOf(mazes);
        return true;
      },
    });
    return figures;
  };
}

/** The planner after each of `marks` steps, and what a linear probe finds of the true state in the belief. */
export function pendulumDistractors(marks: readonly number[], episodes: number): Trial {
  return async (seed, options = {}) => {
    const figures: Figures = {};
    await run("pendulum-distractors", seed, options, {
      steps: Math.max(...marks),
      async watch({ agent, steps }) {
        if (!marks.includes(steps)) return true;
        const { returns, examples } = await probedReturns(await loadAgent(agent.save()), episodes);
        const quality = probe(examples);
        figures[`planner return, ${steps} steps`] = meanOf(returns);
        if (quality === undefined) return true;
        figures[`R² of cos θ, sin θ, ${steps} steps`] = meanOf(quality.slice(0, 2));
        figures[`R² of ω, ${steps} steps`] = quality[2];
        figures[`R² of the distractors, ${steps} steps`] = meanOf(quality.slice(3));
        return true;
      },
    });
    return figures;
  };
}

/** Returns of an agent among distractors; its beliefs' means beside the true (cos θ, sin θ, ω, d₁ … d₈). */
export async function probedReturns(
  agent: Agent,
  episodes: number,
): Promise<{ readonly returns: readonly number[]; readonly examples: readonly Example[] }> {
  const world = await createEnvironment("pendulum-distractors");
  const examples: Example[] = [];
  let episode = -1;
  const environment = watched(world, {
    onReset: () => episode++,
    onAct() {
      const { belief } = agent.explain({ lane: -1, plan: false });
      if (belief === undefined) return;
      const [angle, velocity, ...distractors] = world.state();
      const targets = [Math.cos(angle), Math.sin(angle), velocity, ...distractors];
      examples.push({ inputs: Array.from(belief.mean), targets, isHeldOut: episode % 2 === 1 });
    },
  });
  const { returns } = await evaluate(agent, environment, { episodes });
  return { returns, examples };
}

/** Steps until at least 19 of 20 episodes succeed. */
function successes(task: string, look: { steps: number; from: number; every: number }): Trial {
  return async (seed, options = {}) => {
    const isSolved = async (agent: Agent) => successOf(await stepsOf(agent, task, 20)) >= 0.95;
    const { agent, solved } = await stepsUntil(task, seed, options, { ...look, isSolved, goesOn: true });
    return { "steps to .95": solved, success: successOf(await stepsOf(agent, task, 100)) };
  };
}

const distractors = pendulumDistractors([2000], 20);

export const partial: Readonly<Record<string, Trial>> = {
  "pendulum-position": pendulumPosition,
  "pendulum-position, 1,500 steps": pendulumPositionEarly,
  "pendulum-position, 1,500 steps, discriminative": withSettings(pendulumPositionEarly, {
    bound: "discriminative",
  }),
  "pendulum-velocity": pendulumVelocity,
  "pendulum-velocity, reward unseen": withSettings(pendulumVelocity, { recognisesReward: false }),
  "cartpole-position": cartPolePosition,
  "mountain-car-continuous-position": firstGoal("mountain-car-continuous-position", 6000),
  "t-maze": tMaze([50, 100, 200, 400], 200),
  "pendulum-distractors": withSettings(distractors, { marginalWeight: 0, observationNoise: "change" }),
  "pendulum-distractors, λ .3": withSettings(distractors, {
    marginalWeight: 0.3,
    observationNoise: "change",
  }),
  "pendulum-distractors, λ .6": withSettings(distractors, {
    marginalWeight: 0.6,
    observationNoise: "change",
  }),
  "pendulum-distractors, σ learned": withSettings(pendulumDistractors([2000, 5000], 20), {
    marginalWeight: 0,
    observationNoise: "learned",
  }),
  umbrella: successes("umbrella", { steps: 3000, from: 400, every: 200 }),
};
