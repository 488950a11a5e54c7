/** The five classic tasks, which come with the package: its own equations, seeds and starts, with a controller by hand. */
import { acrobotStep } from "../../src/environments/acrobot.ts";
import { cartPoleDynamics } from "../../src/environments/cartPole.ts";
import { mountainCarStep } from "../../src/environments/mountainCar.ts";
import { mountainCarContinuousDynamics } from "../../src/environments/mountainCarContinuous.ts";
import { pendulumDynamics } from "../../src/environments/pendulum.ts";
import { clip, entryOf, type SuiteWorld, wrap } from "./world.ts";

export const pendulum: SuiteWorld = {
  ...entryOf("pendulum"),
  kinds: ["dense"],
  dynamics(math) {
    const { start, step, observe } = pendulumDynamics(math);
    return {
      start,
      observe,
      step: (state, [torque], random) => step(state, torque, random),
      controller: ([angle, rate]) => {
        const tilt = wrap(angle);
        if (Math.abs(tilt) < 0.6 && Math.abs(rate) < 4) return [clip(-12 * tilt - 3 * rate, -2, 2)];
        // of the upright pendulum at rest the energy is 0
        const energy = 0.5 * rate * rate + 15 * (math.cos(angle) - 1);
        return [rate >= 0 === energy < 0 ? 2 : -2];
      },
    };
  },
};

export const cartPole: SuiteWorld = {
  ...entryOf("cartpole"),
  kinds: ["ending"],
  dynamics(math) {
    const { start, step, observe } = cartPoleDynamics(math);
    return {
      start,
      observe,
      step: (state, [choice], random) => step(state, choice, random),
      controller: ([x, v, angle, rate]) => [Number(0.1 * x + 0.3 * v + 3 * angle + rate > 0)],
    };
  },
};

/** The published figures are of the Stable-Baselines3 RL zoo, https://github.com/DLR-RM/rl-baselines3-zoo. */
export const mountainCarContinuous: SuiteWorld = {
  ...entryOf("mountain-car-continuous"),
  kinds: ["sparse", "ending"],
  published: { return: 94.7, by: "SAC, 50,000 steps" },
  dynamics(math) {
    const { start, step, observe } = mountainCarContinuousDynamics(math);
    return {
      start,
      observe,
      step: (state, [force], random) => step(state, force, random),
      controller: ([, v]) => [v >= 0 ? 1 : -1],
    };
  },
};

export const mountainCar: SuiteWorld = {
  ...entryOf("mountain-car"),
  kinds: ["sparse", "ending"],
  isGoalAnEnd: true,
  published: { return: -100.8, by: "DQN, 120,000 steps" },
  dynamics: (math) => ({
    start: (random) => [random.uniform(-0.6, -0.4), 0],
    step: (state, [choice]) => mountainCarStep(state, choice, math),
    observe: (state) => state,
    controller: ([, v]) => [v >= 0 ? 2 : 0],
  }),
};

export const acrobot: SuiteWorld = {
  ...entryOf("acrobot"),
  kinds: ["sparse", "ending"],
  isGoalAnEnd: true,
  published: { return: -69.1, by: "QR-DQN, 100,000 steps" },
  dynamics: (math) => ({
    start: (random) => Array.from({ length: 4 }, () => Math.fround(random.uniform(-0.1, 0.1))),
    step: (state, [choice]) => acrobotStep(state, choice, math),
    observe: ([first, second, ...rates]) => [
      math.cos(first),
      math.sin(first),
      math.cos(second),
      math.sin(second),
      ...rates,
    ],
    // the torque on the middle joint swings the first link when it follows the first link's turning
    controller: ([, , rate]) => [rate >= 0 ? 0 : 2],
  }),
};
