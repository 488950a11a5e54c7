import type { ScalarMath } from "../core/math.ts";
import { box, discrete } from "./environment.ts";
import { rungeKuttaStep } from "./rungeKutta.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

const GRAVITY = 9.8;
/** Distance from a link's joint to its centre of mass; both links have mass, length and moment of inertia 1. */
const CENTRE = 0.5;
/** Seconds per step. */
const INTERVAL = 0.2;
const SPEED_1 = 4 * Math.PI;
const SPEED_2 = 9 * Math.PI;

const high = [1, 1, 1, 1, SPEED_1, SPEED_2].map(Math.fround);

export const acrobotDescription: WorldDescription = {
  title: "Acrobot-v1",
  timeLimit: 500,
  observationSpace: box(
    high.map((bound) => -bound),
    high,
  ),
  actionSpace: discrete(3),
};

/**
 * Gymnasium's Acrobot-v1: observation (cos θ₁, sin θ₁, cos θ₂, sin θ₂, ω₁, ω₂), action 0, 1, 2 for a torque of
 * −1, 0, 1 N m on the middle joint, 500 steps, start U(−.1, .1) in each coordinate, rounded to float32.
 *
 * @see https://gymnasium.farama.org/environments/classic_control/acrobot
 */
export function acrobot({ math, random }: WorldTools): World {
  const { sin, cos } = math;
  const dynamics: Dynamics = {
    size: 4,
    start: (generator) => Array.from({ length: 4 }, () => Math.fround(generator.uniform(-0.1, 0.1))),
    step: (state, action) => acrobotStep(state, action, math),
    observe: ([angle1, angle2, rotation1, rotation2]) => [
      cos(angle1),
      sin(angle1),
      cos(angle2),
      sin(angle2),
      rotation1,
      rotation2,
    ],
  };
  return createWorld(acrobotDescription, dynamics, random);
}

/**
 * One Runge–Kutta step of .2 s, then the angles wrapped to [−π, π] and the speeds clipped to 4π and 9π rad/s.
 * Terminates when the tip is higher than 1 above the fixed joint, −cos θ₁ − cos(θ₁ + θ₂) > 1; the reward is 0 on
 * that step and −1 otherwise.
 *
 * @param state [4] θ₁ (0 hangs), θ₂ (relative to the first link), ω₁, ω₂; rad and rad/s
 * @param action 0, 1 or 2
 */
export function acrobotStep(
  state: readonly number[],
  action: number,
  math: Pick<ScalarMath, "sin" | "cos">,
): Outcome {
  const moved = rungeKuttaStep((at) => derivative(at, action - 1, math), state, INTERVAL);
  const angle1 = wrap(moved[0]);
  const angle2 = wrap(moved[1]);
  const rotation1 = Math.min(Math.max(moved[2], -SPEED_1), SPEED_1);
  const rotation2 = Math.min(Math.max(moved[3], -SPEED_2), SPEED_2);
  const terminated = -math.cos(angle1) - math.cos(angle2 + angle1) > 1;
  return { state: [angle1, angle2, rotation1, rotation2], reward: terminated ? 0 : -1, terminated };
}

/**
 * The equations of Sutton and Barto's book, with c = ½ and u the torque:
 *
 *   d₁ = c² + (1 + c² + 2c cos θ₂) + 2,   d₂ = c² + c cos θ₂ + 1
 *   φ₂ = c g cos(θ₁ + θ₂ − π/2)
 *   φ₁ = −c ω₂² sin θ₂ − 2c ω₂ ω₁ sin θ₂ + (c + 1) g cos(θ₁ − π/2) + φ₂
 *   θ₂'' = (u + d₂ φ₁ / d₁ − c ω₁² sin θ₂ − φ₂) / (c² + 1 − d₂² / d₁),   θ₁'' = −(d₂ θ₂'' + φ₁) / d₁
 */
function derivative(
  [angle1, angle2, rotation1, rotation2]: readonly number[],
  torque: number,
  { sin, cos }: Pick<ScalarMath, "sin" | "cos">,
): number[] {
  const sin2 = sin(angle2);
  const cos2 = cos(angle2);
  const d1 = CENTRE * CENTRE + (1 + CENTRE * CENTRE + 2 * CENTRE * cos2) + 2;
  const d2 = CENTRE * CENTRE + CENTRE * cos2 + 1;
  const phi2 = CENTRE * GRAVITY * cos(angle1 + angle2 - Math.PI / 2);
  const phi1 =
    -CENTRE * (rotation2 * rotation2) * sin2 -
    2 * CENTRE * rotation2 * rotation1 * sin2 +
    (CENTRE + 1) * GRAVITY * cos(angle1 - Math.PI / 2) +
    phi2;
  const angular2 =
    (torque + (d2 / d1) * phi1 - CENTRE * (rotation1 * rotation1) * sin2 - phi2) /
    (CENTRE * CENTRE + 1 - (d2 * d2) / d1);
  const angular1 = -(d2 * angular2 + phi1) / d1;
  return [rotation1, rotation2, angular1, angular2];
}

/** The angle less as many whole turns as bring it into [−π, π]. */
function wrap(angle: number): number {
  let wrapped = angle;
  while (wrapped > Math.PI) wrapped -= 2 * Math.PI;
  while (wrapped < -Math.PI) wrapped += 2 * Math.PI;
  return wrapped;
}
