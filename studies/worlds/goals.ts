/** Tasks whose reward shows itself rarely, or that end. */
import { box, discrete } from "../../src/index.ts";
import { clip, type SuiteWorld } from "./world.ts";

export const resonance: SuiteWorld = {
  name: "resonance",
  kinds: ["sparse", "ending"],
  description:
    "swing a spring, by a force far too weak to hold it, beyond 1: 1 when it gets there, and the end",
  timeLimit: 200,
  observationSpace: box([-2, -2], [2, 2]),
  actionSpace: box([-1], [1]),
  dynamics: () => ({
    start: (random) => [random.uniform(-0.05, 0.05), random.uniform(-0.05, 0.05)],
    step: ([x, v], [u]) => {
      const speed = v + 0.2 * (-x - 0.05 * v + 0.12 * u);
      const place = x + 0.2 * speed;
      const isThere = place > 1;
      return { state: [place, speed], reward: isThere ? 1 : 0, terminated: isThere };
    },
    observe: (state) => state,
    controller: ([, v]) => [v >= 0 ? 1 : -1],
  }),
};

export const lander: SuiteWorld = {
  name: "lander",
  kinds: ["ending"],
  description: "land softly with little fuel: 10 minus 8 times the touchdown's speed, minus fuel",
  timeLimit: 150,
  observationSpace: box([0, -5, 0], [12, 5, 1]),
  actionSpace: discrete(3),
  dynamics: () => ({
    start: (random) => [random.uniform(6, 10), random.uniform(-1, 0), 1],
    step: ([height, speed, fuel], [choice]) => {
      const thrust = fuel > 0 ? choice : 0;
      const velocity = clip(speed + 0.1 * (-1 + 1.1 * thrust), -5, 5);
      const next = Math.min(12, height + 0.1 * velocity);
      const burnt = thrust * 0.008;
      if (next > 0) return { state: [next, velocity, Math.max(0, fuel - burnt)], reward: -2 * burnt };
      return { state: [0, velocity, fuel], reward: 10 - 8 * Math.abs(velocity), terminated: true };
    },
    observe: (state) => state,
    controller: ([height, speed]) => {
      // brake at full thrust when the stopping distance at 1.2 is what is left
      const stopping = (speed * speed) / (2 * 1.1);
      if (speed < -0.35 && stopping > 0.85 * height - 0.05) return [2];
      return [speed < -0.3 && height < 0.5 ? 1 : 0];
    },
  }),
};

export const lookout: SuiteWorld = {
  name: "lookout",
  kinds: ["sparse"],
  description: "reach a small place far away in a plane, by many small moves: 1 a step while there",
  timeLimit: 120,
  observationSpace: box([-1, -1], [1, 1]),
  actionSpace: box([-1, -1], [1, 1]),
  dynamics: () => ({
    start: (random) => [random.uniform(-0.9, -0.7), random.uniform(-0.9, -0.7)],
    step: ([x, y], [u, w]) => {
      const [nx, ny] = [clip(x + 0.08 * u, -1, 1), clip(y + 0.08 * w, -1, 1)];
      const isThere = (nx - 0.6) ** 2 + (ny - 0.5) ** 2 < 0.02;
      return { state: [nx, ny], reward: isThere ? 1 : 0 };
    },
    observe: (state) => state,
    controller: ([x, y]) => [clip((0.6 - x) / 0.08, -1, 1), clip((0.5 - y) / 0.08, -1, 1)],
  }),
};

export const balance: SuiteWorld = {
  name: "balance",
  kinds: ["ending", "stochastic"],
  description: "keep a stick on a hand from falling while gusts push it: 1 a step, the end when it falls",
  timeLimit: 300,
  observationSpace: box([-1, -5, -5], [1, 5, 5]),
  actionSpace: discrete(3),
  dynamics({ sin }) {
    return {
      start: (random) => [random.uniform(-0.05, 0.05), random.uniform(-0.05, 0.05), 0],
      step: ([angle, rate, hand], [choice], random) => {
        const push = choice - 1;
        const speed = clip(0.95 * hand + 0.1 * push, -5, 5);
        const turn = rate + 0.05 * (9 * sin(angle) - 12 * push + 1.5 * random.normal());
        const next = angle + 0.05 * turn;
        const isFallen = Math.abs(next) > 0.5 || Math.abs(speed) > 1.5;
        return { state: [next, turn, speed], reward: 1, terminated: isFallen };
      },
      observe: (state) => state,
      controller: ([angle, rate, hand]) => {
        const lean = 6 * angle + 1.5 * rate + 0.15 * hand;
        return [lean > 0.15 ? 2 : lean < -0.15 ? 0 : 1];
      },
    };
  },
};
