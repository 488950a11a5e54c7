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

const WALL = -1.2;
const END = 0.6;
const SPEED = 0.07;
const GOAL = 0.45;
const POWER = 0.0015;

export const mountainCarContinuousDescription: WorldDescription = {
  title: "MountainCarContinuous-v0",
  timeLimit: 999,
  observationSpace: box([WALL, -SPEED].map(Math.fround), [END, SPEED].map(Math.fround)),
  actionSpace: box([-1], [1]),
};

/**
 * Gymnasium's MountainCarContinuous-v0: observation (p, v), action the force [a] in [−1, 1], 999 steps, start
 * p ~ U(−.6, −.4), v = 0. A force outside the bounds is clipped, but paid for in full, as there.
 *
 * @see https://gymnasium.farama.org/environments/classic_control/mountain_car_continuous
 */
export function mountainCarContinuous({ math, random }: WorldTools): World {
  return createWorld(mountainCarContinuousDescription, mountainCarContinuousDynamics(math), random);
}

/** The equations, over the state (p, v). */
export function mountainCarContinuousDynamics(math: ScalarMath): Dynamics {
  return {
    size: 2,
    start: (generator) => [generator.uniform(-0.6, -0.4), 0],
    step: (state, force) => mountainCarContinuousStep(state, force, math),
    observe: (state) => state,
  };
}

/**
 * One step of the car.
 *
 *   v' = clip(v + .0015 clip(a, ±1) − .0025 cos 3p, ±.07),   p' = clip(p + v', −1.2, .6)
 *   reward = 100 [terminated] − .1 a²,   a unclipped
 *
 * Against the left wall v' becomes 0. Terminates at p' ≥ .45 with v' ≥ 0. The arithmetic is Gymnasium's: the
 * state is rounded to float32 after each step, and one that is float32 already (any but the first) is computed
 * with in float32; the product of force and power too, unless the force was clipped.
 *
 * @param state [2] position p, velocity v
 */
export function mountainCarContinuousStep(
  state: readonly number[],
  action: number,
  { cos }: Pick<ScalarMath, "cos">,
): Outcome {
  const round = state.every((value) => Math.fround(value) === value) ? Math.fround : exact;
  const [position, velocity] = state;
  const force = Math.fround(action);

  const pushed = round(velocity + round(increment(force, cos(round(3 * position)))));
  const speed = Math.min(Math.max(pushed, -round(SPEED)), round(SPEED));
  const nextPosition = Math.min(Math.max(round(position + speed), round(WALL)), round(END));
  const nextVelocity = nextPosition === round(WALL) && speed < 0 ? 0 : speed;

  const terminated = nextPosition >= round(GOAL) && nextVelocity >= 0;
  const reward = (terminated ? 100 : 0) - force * force * 0.1;
  return { state: [nextPosition, nextVelocity].map(Math.fround), reward, terminated };
}

/** .0015 clip(a, ±1) − .0025 cos 3p */
function increment(force: number, slope: number): number {
  const pull = 0.0025 * slope;
  if (force > 1) return POWER - pull;
  if (force < -1) return -POWER - pull;
  return Math.fround(Math.fround(force * Math.fround(POWER)) - Math.fround(pull));
}

function exact(value: number): number {
  return value;
}
