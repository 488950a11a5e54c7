/** The fully observed tasks: what `npm run reproduce -- classic` measures. */
import { firstGoal, meanOf, returns, returnsOf, run, stepsUntil, type Trial } from "./trial.ts";

/**
 * Pendulum: steps until the planner's mean return on 10 starts is −200 or more, looked at every 50 steps; planner and
 * habit on 100 starts at the end.
 */
const pendulum: Trial = async (seed, options = {}) => {
  const { agent, solved } = await stepsUntil("pendulum", seed, options, {
    steps: 2000,
    from: 100,
    every: 50,
    isSolved: returns("pendulum", -200),
    goesOn: true,
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

const mountainCarContinuous = firstGoal("mountain-car-continuous", 3000);

/** The same without curious stretches: whether the goal is found at all. */
const mountainCarContinuousWithout: Trial = (seed, options = {}) =>
  mountainCarContinuous(seed, { ...options, curiosity: 0 });

/** CartPole: steps until the planner's mean return on 10 starts is 475 or more, looked at every 100 steps from 300 on. */
const cartPole: Trial = async (seed, options = {}) => {
  const { solved } = await stepsUntil("cartpole", seed, options, {
    steps: 2000,
    from: 300,
    every: 100,
    isSolved: returns("cartpole", 475),
    goesOn: false,
  });
  return { "steps to 475": solved };
};

/** Swing-up: the first of 12 learning trials (after one random trial) whose last second is upright throughout. */
const cartPoleSwingUp: Trial = async (seed, options = {}) => {
  const second = 20;
  let upright = 0;
  let solved = Number.POSITIVE_INFINITY;
  await run("cartpole-swingup", seed, options, {
    steps: 60 * 13,
    watch({ truncated, info, episode }) {
      upright = info?.upright ? upright + 1 : 0;
      if (truncated && upright >= second) solved = episode - 1;
      if (truncated) upright = 0;
      return solved === Number.POSITIVE_INFINITY;
    },
  });
  return { "trials to upright": solved };
};

export const classic: Readonly<Record<string, Trial>> = {
  pendulum,
  "mountain-car-continuous": mountainCarContinuous,
  "mountain-car-continuous, no curiosity": mountainCarContinuousWithout,
  cartpole: cartPole,
  acrobot: firstGoal("acrobot", 3000),
  "mountain-car": firstGoal("mountain-car", 3000),
  "cartpole-swingup": cartPoleSwingUp,
};
