/**
 * Classic control of which an agent sees a part: the equations, rewards and endings are those of the entire world, and
 * `state()` tells the full state.
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
  indices: [0, 1],
});

/** Pendulum-v1 seen as ω alone, in rad/s. */
export const pendulumVelocity = partOf(pendulumDescription, pendulumDynamics, {
  title: "Pendulum-v1 without angle",
  indices: [2],
});

/** CartPole-v1 seen as (x, θ), in m and rad. */
export const cartPolePosition = partOf(cartPoleDescription, cartPoleDynamics, {
  title: "CartPole-v1 without velocities",
  indices: [0, 2],
});

/** MountainCarContinuous-v0 seen as its position p alone. */
export const mountainCarContinuousPosition = partOf(
  mountainCarContinuousDescription,
  mountainCarContinuousDynamics,
  {
    title: "MountainCarContinuous-v0 without velocity",
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
  observationSpace: boxWithDistractors(DISTRACTORS, pendulumPosition.observationSpace),
  create({ math, random }) {
    const dynamics = seenThrough([0, 1], pendulumDynamics(math));
    return createWorld(pendulumDistractors, withDistractors(DISTRACTORS, dynamics), random);
  },
};

function partOf(
  whole: WorldDescription,
  dynamicsOf: (math: ScalarMath) => Dynamics,
  part: { readonly title: string; readonly indices: readonly number[] },
): PartialWorld {
  const { title, indices } = part;
  const observationSpace = boxOf(whole.observationSpace, indices);
  const narrowed: WorldDescription = { ...whole, title, observationSpace };
  return {
    ...narrowed,
    create: ({ math, random }) => createWorld(narrowed, seenThrough(indices, dynamicsOf(math)), random),
  };
}
