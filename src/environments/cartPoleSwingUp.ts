/**
 * The cart-pole swing-up of PILCO, with the constants of MC-PILCO's published code
 * (https://github.com/merlresearch/MC-PILCO): a uniform pole on a cart with friction, 3 s trials at 20 Hz,
 * measurements with noise.
 *
 * Two things are this package's own. The published cost takes the raw angle, which an agent that sees cos θ and
 * sin θ cannot tell apart once the pole has spun round; here the angle is wrapped to (−π, π] first. And `upright`
 * and `tipDistance` in the info are measures of success from the true state; the published code reports costs.
 */
import type { ScalarMath } from "../core/math.ts";
import { box, type Info } from "./environment.ts";
import { rungeKuttaStep } from "./rungeKutta.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

const CART_MASS = 0.5;
const POLE_MASS = 0.5;
const TOTAL_MASS = CART_MASS + POLE_MASS;
const LENGTH = 0.5;
const FRICTION = 0.1;
const GRAVITY = 9.81;
const FORCE = 10;
/** Seconds between two controls. */
const INTERVAL = 0.05;
/** Runge–Kutta steps per interval, of 1 ms: within 1e-7 of half the step at up to 24 rad/s (measured by the test). */
const SUBSTEPS = 50;
/** Standard deviation of the measurements of x, v, θ and ω. */
const NOISE = 0.01;
/** Standard deviation of the start, in each coordinate. */
const SPREAD = 0.01;
/** Width of the cost in θ, in rad. */
const ANGLE_SCALE = 3;
/** Angle from the vertical, in rad, within which the pole is called upright. */
const UPRIGHT = 0.2;

export const cartPoleSwingUpDescription: WorldDescription = {
  title: "MC-PILCO cart-pole",
  timeLimit: 60,
  observationSpace: box([-Infinity, -Infinity, -1, -1, -Infinity], [Infinity, Infinity, 1, 1, Infinity]),
  actionSpace: box([-FORCE], [FORCE]),
};

/**
 * The swing-up of MC-PILCO: observation (x, v, cos θ, sin θ, ω) of the measured state, action the force [u] in
 * [−10, 10] N (clipped outside), 60 steps, start 𝒩(0, 10⁻⁴ I) with the pole hanging.
 *
 * The info, of the true state: `upright`, whether |θ| is within .2 rad of π; `tipDistance`, in m, from the pole's
 * tip to where it should be, above the middle. "Upright in the last second" is `upright` on the last 20 steps.
 */
export function cartPoleSwingUp({ math, random }: WorldTools): World {
  const dynamics: Dynamics = {
    size: 4,
    start: (generator) => Array.from({ length: 4 }, () => SPREAD * generator.normal()),
    step: (state, force) => cartPoleSwingUpStep(state, force, math),
    observe(state, generator) {
      const [position, velocity, angle, rotation] = state.map((value) => value + NOISE * generator.normal());
      return [position, velocity, math.cos(angle), math.sin(angle), rotation];
    },
    info: (state) => success(state, math),
  };
  return createWorld(cartPoleSwingUpDescription, dynamics, random);
}

/**
 * One interval of .05 s under a constant force, and the reward of the state it ends in: minus the cost
 *
 *   1 − exp(−((|θ| − π) / 3)² − x²),   θ wrapped to (−π, π]
 *
 * @param state [4] x in m, v in m/s, θ in rad (0 hangs, never wrapped), ω in rad/s
 * @param substeps Runge–Kutta steps the interval is divided into
 */
export function cartPoleSwingUpStep(
  state: readonly number[],
  force: number,
  math: Pick<ScalarMath, "sin" | "cos" | "exp">,
  substeps = SUBSTEPS,
): Outcome {
  const u = Math.min(Math.max(force, -FORCE), FORCE);
  const rate = (at: readonly number[]) => cartPoleSwingUpRate(at, u, math);
  let next = state;
  for (let i = 0; i < substeps; i++) next = rungeKuttaStep(rate, next, INTERVAL / substeps);

  const [position, , angle] = next;
  const tilt = (Math.abs(wrap(angle)) - Math.PI) / ANGLE_SCALE;
  return { state: next, reward: math.exp(-tilt * tilt - position * position) - 1, terminated: false };
}

/**
 * The rates of change (v, x'', ω, θ'') under a force u, with m₁ the cart's and m₂ the pole's mass:
 *
 *   x''  = (2 m₂ l ω² sin θ + 3 m₂ g sin θ cos θ + 4 (u − b v)) / (4 (m₁ + m₂) − 3 m₂ cos² θ)
 *   θ'' = (−3 m₂ l ω² sin θ cos θ − 6 (m₁ + m₂) g sin θ − 6 (u − b v) cos θ) / (l (4 (m₁ + m₂) − 3 m₂ cos² θ))
 */
export function cartPoleSwingUpRate(
  [, velocity, angle, rotation]: readonly number[],
  force: number,
  math: Pick<ScalarMath, "sin" | "cos">,
): number[] {
  const sin = math.sin(angle);
  const cos = math.cos(angle);
  const push = force - FRICTION * velocity;
  const swing = POLE_MASS * LENGTH * rotation * rotation * sin;
  const inertia = 4 * TOTAL_MASS - 3 * POLE_MASS * cos * cos;
  const linear = (2 * swing + 3 * POLE_MASS * GRAVITY * sin * cos + 4 * push) / inertia;
  const angular = -(3 * swing * cos + 6 * TOTAL_MASS * GRAVITY * sin + 6 * push * cos) / (LENGTH * inertia);
  return [velocity, linear, rotation, angular];
}

function success([position, , angle]: readonly number[], math: Pick<ScalarMath, "sin" | "cos">): Info {
  const across = position + LENGTH * math.sin(angle);
  const below = LENGTH + LENGTH * math.cos(angle);
  return {
    upright: Math.PI - Math.abs(wrap(angle)) < UPRIGHT,
    tipDistance: Math.sqrt(across * across + below * below),
  };
}

/** The angle less as many whole turns as bring it into (−π, π]. */
function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.ceil((angle - Math.PI) / (2 * Math.PI));
}
