/**
 * Classic control of which an agent sees a part: the equations, rewards and endings are those of the whole world, and
 * `state()` tells the whole state.
 */
import type { ScalarMath } from "../core/math.ts";
import { cartPoleDescription, cartPoleDynamics } from "./cartPole.ts";
import { boxWithDistractors, withDistractors } from "./distractors.ts";
import { mountainCarContinuousDescription, mountainCarContinuousDynamics } from "./mountainCarContinuous.ts";
import { pendulumDescription, pendulumDynamics } from "./pendulum.ts";
import { createWorld, type Dynamics, type World, type WorldDescription, type WorldTools } from "./world.ts";
import { boxOf, seenThrough } from "./wrappers/observeOnly.ts";

/** What is known of a world before it is made, and how it is made. */
export interface PartialWorld extends WorldDescription {
  create(tools: WorldTools): World;
}

const DISTRACTORS = 8;

/** Pendulum-v1 seen as (cos θ, sin θ). */
export const pendulumPosition = partOf(pendulumDescription, pendulumDynamics, {
  title: "Pendulum-v1 without velocity",
  description: "swing a pendulum up, its angle seen and its speed hidden: the reward of Pendulum-v1",
  indices: [0, 1],
});

/** Pendulum-v1 seen as ω alone, in rad/s. */
export const pendulumVelocity = partOf(pendulumDescription, pendulumDynamics, {
  title: "Pendulum-v1 without angle",
  description: "swing a pendulum up, its speed seen and its angle hidden: the reward of Pendulum-v1",
  indices: [2],
});

/** CartPole-v1 seen as (x, θ), in m and rad. */
export const cartPolePosition = partOf(cartPoleDescription, cartPoleDynamics, {
  title: "CartPole-v1 without velocities",
  description: "keep a pole upright, the velocities of cart and pole hidden: 1 per step",
  indices: [0, 2],
});

/** MountainCarContinuous-v0 seen as its position p alone. */
export const mountainCarContinuousPosition = partOf(
  mountainCarContinuousDescription,
  mountainCarContinuousDynamics,
  {
    title: "MountainCarContinuous-v0 without velocity",
    description: "rock a weak car out of a valley, its speed hidden: the reward of MountainCarContinuous-v0",
    indices: [0],
  },
);

/**
 * Pendulum-v1 seen as (cos θ, sin θ, d₁ … d₈): behind the angle, eight dimensions of autoregressive noise
 * ({@link withDistractors}) that have nothing to do with the task. The state is (θ, ω, d₁ … d₈).
 */
export const pendulumDistractors: PartialWorld = {
  ...pendulumPosition,
  title: "Pendulum-v1 without velocity, with distractors",
  description: "swing a pendulum up, its speed hidden and its angle seen beside eight dimensions of noise",
  observationSpace: boxWithDistractors(DISTRACTORS, pendulumPosition.observationSpace),
  create({ math, random }) {
    const dynamics = seenThrough([0, 1], pendulumDynamics(math));
    return createWorld(pendulumDistractors, withDistractors(DISTRACTORS, dynamics), random);
  },
};

function partOf(
  whole: WorldDescription,
  dynamicsOf: (math: ScalarMath) => Dynamics,
  part: { readonly title: string; readonly description: string; readonly indices: readonly number[] },
): PartialWorld {
  const { title, description, indices } = part;
  const observationSpace = boxOf(whole.observationSpace, indices);
  const narrowed: WorldDescription = { ...whole, title, description, observationSpace };
  return {
    ...narrowed,
    create: ({ math, random }) => createWorld(narrowed, seenThrough(indices, dynamicsOf(math)), random),
  };
}
