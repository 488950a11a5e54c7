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

const WALL = -1.2;
const END = 0.6;
const SPEED = 0.07;
const GOAL = 0.5;

export const mountainCarDescription: WorldDescription = {
  title: "MountainCar-v0",
  timeLimit: 200,
  observationSpace: box([WALL, -SPEED].map(Math.fround), [END, SPEED].map(Math.fround)),
  actionSpace: discrete(3),
};

/**
 * Gymnasium's MountainCar-v0: observation (p, v), action 0, 1, 2 for a push to the left, none, to the right,
 * 200 steps, start p ~ U(−.6, −.4), v = 0.
 *
 * @see https://gymnasium.farama.org/environments/classic_control/mountain_car
 */
export function mountainCar({ math, random }: WorldTools): World {
  const dynamics: Dynamics = {
    size: 2,
    start: (generator) => [generator.uniform(-0.6, -0.4), 0],
    step: (state, action) => mountainCarStep(state, action, math),
    observe: (state) => state,
  };
  return createWorld(mountainCarDescription, dynamics, random);
}

/**
 * One step of the car.
 *
 *   v' = clip(v + .001 (a − 1) − .0025 cos 3p, ±.07),   p' = clip(p + v', −1.2, .6)
 *
 * Against the left wall v' becomes 0. Terminates at p' ≥ .5 with v' ≥ 0; the reward is −1 on that step too.
 *
 * @param state [2] position p, velocity v
 * @param action 0, 1 or 2
 */
export function mountainCarStep(
  [position, velocity]: readonly number[],
  action: number,
  { cos }: Pick<ScalarMath, "cos">,
): Outcome {
  const pushed = velocity + ((action - 1) * 0.001 + cos(3 * position) * -0.0025);
  const speed = Math.min(Math.max(pushed, -SPEED), SPEED);
  const nextPosition = Math.min(Math.max(position + speed, WALL), END);
  const nextVelocity = nextPosition === WALL && speed < 0 ? 0 : speed;
  const terminated = nextPosition >= GOAL && nextVelocity >= 0;
  return { state: [nextPosition, nextVelocity], reward: -1, terminated };
}
