import { box, discrete } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

/** Mean and standard deviation of the start. */
export const LIGHT_DARK_START = { mean: 2, std: 3 };
/** Where it is light. */
const LIGHT = 5;
/** Standard deviation of a measurement in the light. */
const LEAST_NOISE = 0.01;
/** What stopping pays, one way or the other, and how near to 0 it has to be. */
const REWARD = 10;
const REACH = 1;

export const lightDarkDescription: WorldDescription = {
  title: "LightDark1D",
  timeLimit: 100,
  observationSpace: box([-Infinity], [Infinity]),
  actionSpace: discrete(3),
};

/**
 * LightDark1D of POMDPModels.jl, to be solved with a discount of .9: actions 0 and 2 move by −1 and 1 for nothing,
 * action 1 stops, which ends the episode. Start y ~ 𝒩(2, 3²). The observation is a measurement of y that is good
 * in the light, at 5, alone:
 *
 *   x ∼ 𝒩(y, (|y − 5| / √2 + .01)²)
 *
 * The first observation of an episode, of which the original has none, is always 2, the mean of the start: it tells
 * nothing. The limit of 100 steps is not the original's either; .9¹⁰⁰ is 3e-5.
 *
 * The state: (y, steps taken). The info has `success`, whether |y| < 1.
 *
 * @see https://github.com/JuliaPOMDP/POMDPModels.jl
 */
export function lightDark({ random }: WorldTools): World {
  const dynamics: Dynamics = {
    size: 2,
    start: (generator) => [LIGHT_DARK_START.mean + LIGHT_DARK_START.std * generator.normal(), 0],
    step: lightDarkStep,
    observe: ([position, steps], generator) => [
      steps === 0 ? LIGHT_DARK_START.mean : position + lightDarkNoise(position) * generator.normal(),
    ],
    info: ([position]) => ({ success: Math.abs(position) < REACH }),
  };
  return createWorld(lightDarkDescription, dynamics, random);
}

/** Standard deviation of a measurement at y: |y − 5| / √2 + .01. */
export function lightDarkNoise(position: number): number {
  return Math.abs(position - LIGHT) / Math.SQRT2 + LEAST_NOISE;
}

/** One step. @param action 0 for −1, 1 to stop, 2 for 1 */
export function lightDarkStep([position, steps]: readonly number[], action: number): Outcome {
  const isOver = action === 1;
  const reward = Math.abs(position) < REACH ? REWARD : -REWARD;
  return { state: [position + action - 1, steps + 1], reward: isOver ? reward : 0, terminated: isOver };
}
