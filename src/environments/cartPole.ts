import type { ScalarMath } from "../core/math.ts";
import { box, discrete } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = POLE_MASS + 1;
const HALF_LENGTH = 0.5;
const POLE_MOMENT = POLE_MASS * HALF_LENGTH;
const FORCE = 10;
/** Seconds per step. */
const INTERVAL = 0.02;
const TRACK = 2.4;
/** 12 degrees. */
const TILT = (12 * 2 * Math.PI) / 360;

const high = [2 * TRACK, Infinity, 2 * TILT, Infinity].map(Math.fround);

export const cartPoleDescription: WorldDescription = {
  title: "CartPole-v1",
  timeLimit: 500,
  observationSpace: box(
    high.map((bound) => -bound),
    high,
  ),
  actionSpace: discrete(2),
};

/**
 * Gymnasium's CartPole-v1: observation (x, v, θ, ω), action 0 or 1 for a push of 10 N to the left or right,
 * 500 steps, start U(−.05, .05) in each coordinate.
 *
 * @see https://gymnasium.farama.org/environments/classic_control/cart_pole
 */
export function cartPole({ math, random }: WorldTools): World {
  return createWorld(cartPoleDescription, cartPoleDynamics(math), random);
}

/** The equations, over the state (x, v, θ, ω). */
export function cartPoleDynamics(math: ScalarMath): Dynamics {
  return {
    size: 4,
    start: (generator) => Array.from({ length: 4 }, () => generator.uniform(-0.05, 0.05)),
    step: (state, action) => cartPoleStep(state, action, math),
    observe: (state) => state,
  };
}

/**
 * One explicit Euler step of .02 s; m_cart 1, m_pole .1, half length l = .5, F = ±10 N, θ = 0 upright.
 *
 *   q  = (F + m_pole l ω² sin θ) / (m_cart + m_pole)
 *   θ'' = (g sin θ − q cos θ) / (l (4/3 − m_pole cos² θ / (m_cart + m_pole)))
 *   x'' = q − m_pole l θ'' cos θ / (m_cart + m_pole)
 *
 * Terminates beyond ±2.4 m or ±12°; the reward is 1, on that step too.
 *
 * @param state [4] x in m, v in m/s, θ in rad, ω in rad/s
 * @param action 0 or 1
 */
export function cartPoleStep(
  [position, velocity, angle, rotation]: readonly number[],
  action: number,
  math: Pick<ScalarMath, "sin" | "cos">,
): Outcome {
  const sin = math.sin(angle);
  const cos = math.cos(angle);
  const push = ((action === 1 ? FORCE : -FORCE) + POLE_MOMENT * (rotation * rotation) * sin) / TOTAL_MASS;
  const inertia = HALF_LENGTH * (4 / 3 - (POLE_MASS * (cos * cos)) / TOTAL_MASS);
  const angular = (GRAVITY * sin - cos * push) / inertia;
  const linear = push - (POLE_MOMENT * angular * cos) / TOTAL_MASS;

  const state = [
    position + INTERVAL * velocity,
    velocity + INTERVAL * linear,
    angle + INTERVAL * rotation,
    rotation + INTERVAL * angular,
  ];
  const terminated = Math.abs(state[0]) > TRACK || Math.abs(state[2]) > TILT;
  return { state, reward: 1, terminated };
}
