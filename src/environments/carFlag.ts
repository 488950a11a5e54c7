import { box } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

/** Where the track ends: no car gets there, since it is past a flag before. */
const END = 1.1;
const FLAG = 1;
const SPEED = 0.07;
const POWER = 0.0015;
/** Where the priest tells which flag is heaven, and how near one has to be. */
const PRIEST = 0.5;
const EARSHOT = 0.2;

export const carFlagDescription: WorldDescription = {
  title: "Car-Flag",
  timeLimit: 160,
  observationSpace: box([-END, -SPEED, -1], [END, SPEED, 1]),
  actionSpace: box([-1], [1]),
};

/**
 * A car between two flags at ±1, heaven and hell, drawn anew for each episode: observation (p, v, direction), where
 * the direction is the side of heaven, −1 or 1, within .2 of the priest at p = .5, and 0 elsewhere. Action: the force
 * [a] in [−1, 1] (clipped outside). 160 steps, start p ~ U(−.2, .2), v = 0. The info has `success`, whether heaven
 * was reached.
 *
 * The reward counts steps more than flags. From p = 0 at full force a flag is 37 steps away, so going to either at once
 * returns −36 or −41; going to the left after asking takes about 72 steps. The highest return is that of not asking:
 * `success`, .5 without the priest, is the measure, not the return.
 *
 * The state: (p, v, side of heaven ±1).
 */
export function carFlag({ random }: WorldTools): World {
  const dynamics: Dynamics = {
    size: 3,
    start: (generator) => [generator.uniform(-0.2, 0.2), 0, 2 * generator.integer(2) - 1],
    step: carFlagStep,
    observe: ([position, velocity, heaven]) => [
      position,
      velocity,
      Math.abs(position - PRIEST) <= EARSHOT ? heaven : 0,
    ],
    info: ([position, , heaven]) => ({ success: position * heaven >= FLAG }),
  };
  return createWorld(carFlagDescription, dynamics, random);
}

/**
 * One step of the car.
 *
 *   v' = clip(v + .0015 clip(a, ±1), ±.07),   p' = p + v'
 *
 * Terminates at |p'| ≥ 1. The reward is −1; on that step 0 in heaven and −5 in hell.
 */
export function carFlagStep([position, velocity, heaven]: readonly number[], force: number): Outcome {
  const pushed = velocity + POWER * Math.min(Math.max(force, -1), 1);
  const speed = Math.min(Math.max(pushed, -SPEED), SPEED);
  const next = position + speed;
  const terminated = Math.abs(next) >= FLAG;
  const goalReward = next * heaven > 0 ? 0 : -5;
  return { state: [next, speed, heaven], reward: terminated ? goalReward : -1, terminated };
}
