import type { ScalarMath } from "../core/math.ts";
import { box } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

const SPEED = 8;
const TORQUE = 2;
/** Seconds per step. */
const INTERVAL = 0.05;

export const pendulumDescription: WorldDescription = {
  title: "Pendulum-v1",
  timeLimit: 200,
  observationSpace: box([-1, -1, -SPEED], [1, 1, SPEED]),
  actionSpace: box([-TORQUE], [TORQUE]),
};

/**
 * Gymnasium's Pendulum-v1: observation (cos θ, sin θ, ω), action the torque [u] in [−2, 2] N m, 200 steps,
 * start θ ~ U(−π, π), ω ~ U(−1, 1). A torque outside the bounds is clipped.
 *
 * @see https://gymnasium.farama.org/environments/classic_control/pendulum
 */
export function pendulum({ math, random }: WorldTools): World {
  return createWorld(pendulumDescription, pendulumDynamics(math), random);
}

/** The equations, over the state (θ, ω). */
export function pendulumDynamics(math: ScalarMath): Dynamics {
  return {
    size: 2,
    start: (generator) => [generator.uniform(-Math.PI, Math.PI), generator.uniform(-1, 1)],
    step: (state, torque) => pendulumStep(state, torque, math),
    observe: ([angle, velocity]) => [math.cos(angle), math.sin(angle), velocity],
  };
}

/**
 * One step of the pendulum, m = l = 1, g = 10, Δ = .05 s; θ = 0 is upright.
 *
 *   ω' = clip(ω + (15 sin θ + 3u) Δ, ±8),   θ' = θ + ω' Δ,   u clipped to ±2
 *   reward = −(wrap(θ)² + .1 ω² + .001 u²)
 *
 * The reward is that of the state before the step; θ is wrapped in the reward only. As with Gymnasium's float32
 * actions, u, 3u and .001u² are rounded to float32.
 *
 * @param state [2] θ in rad, ω in rad/s
 */
export function pendulumStep(
  [angle, velocity]: readonly number[],
  torque: number,
  { sin }: Pick<ScalarMath, "sin">,
): Outcome {
  const u = Math.fround(Math.min(Math.max(torque, -TORQUE), TORQUE));
  const effort = Math.fround(Math.fround(0.001) * Math.fround(u * u));
  const distance = wrap(angle);
  const cost = distance * distance + 0.1 * (velocity * velocity) + effort;

  const acceleration = 15 * sin(angle) + Math.fround(3 * u);
  const nextVelocity = Math.min(Math.max(velocity + acceleration * INTERVAL, -SPEED), SPEED);
  const nextAngle = angle + nextVelocity * INTERVAL;
  return { state: [nextAngle, nextVelocity], reward: -cost, terminated: false };
}

/** (angle + π) mod 2π − π, in [−π, π). */
function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  const remainder = (angle + Math.PI) % turn;
  return (remainder < 0 ? remainder + turn : remainder) - Math.PI;
}
