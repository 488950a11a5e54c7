/** Tasks in the units of other people: millionths, millions, offsets, narrow and wide actions. */
import { box } from "../../src/index.ts";
import { clip, type SuiteWorld } from "./world.ts";

export const tank: SuiteWorld = {
  name: "tank",
  kinds: ["scale", "dense"],
  description:
    "hold a tank's level by a valve of litres an hour in [−1000, 1000]: minus error², in millionths",
  timeLimit: 80,
  observationSpace: box([0, 0], [5e6, 5e6]),
  actionSpace: box([-1000], [1000]),
  dynamics: () => ({
    // level and wanted level in millilitres
    start: (random) => [random.uniform(1e6, 4e6), random.uniform(1e6, 4e6)],
    step: ([level, wanted], [flow]) => {
      const next = clip(level + 200 * flow - 0.01 * level, 0, 5e6);
      return { state: [next, wanted], reward: -1e-6 * ((next - wanted) / 1e6) ** 2 };
    },
    observe: (state) => state,
    controller: ([level, wanted]) => [clip((wanted - level + 0.01 * level) / 200, -1000, 1000)],
  }),
};

export const market: SuiteWorld = {
  name: "market",
  kinds: ["scale", "moving goal"],
  description: "follow a swinging price with the offer, narrow in [.2, .3]: profit in millions",
  timeLimit: 100,
  observationSpace: box([0, -1], [1, 1]),
  actionSpace: box([0.2], [0.3]),
  dynamics({ sin, cos }) {
    const best = (phase: number) => 0.25 + 0.04 * sin(phase);
    return {
      start: (random) => [random.uniform(-3, 3)],
      step: ([phase], [offer]) => ({
        state: [phase + 0.2],
        reward: 5e6 * (1 - 1000 * (offer - best(phase)) ** 2),
      }),
      observe: ([phase]) => [0.5 + 0.5 * sin(phase), cos(phase)],
      controller: ([phase]) => [best(phase)],
    };
  },
};

export const cruise: SuiteWorld = {
  name: "cruise",
  kinds: ["scale", "dense"],
  description: "hold a car's speed over hills, by accelerator and brake: 100 minus the squared error",
  timeLimit: 120,
  observationSpace: box([-50, 0, -2], [100, 60, 2]),
  actionSpace: box([-1, 0], [1, 1]),
  dynamics({ sin, cos }) {
    return {
      start: (random) => [random.uniform(0, 60), random.uniform(10, 30)],
      step: ([place, speed], [drive, brake]) => {
        const slope = 2 * sin(place / 80);
        const next = clip(speed + 0.5 * (4 * drive - 6 * brake - slope - 0.03 * speed), 0, 60);
        return { state: [place + 0.5 * next, next], reward: 100 - (next - 25) ** 2 - brake };
      },
      observe: ([place, speed]) => [speed - 25, 20 + 20 * cos(place / 80), 2 * sin(place / 80)],
      controller: ([place, speed]) => {
        const wanted = (25 - speed) * 2 + 2 * sin(place / 80) + 0.03 * speed;
        return [clip(wanted / 4, -1, 1), clip(-(wanted + 4) / 6, 0, 1)];
      },
    };
  },
};

export const twoModes: SuiteWorld = {
  name: "two modes",
  kinds: ["dense"],
  description: "push hard to either side, never in the middle: −10 (|a| − .8)²",
  timeLimit: 50,
  observationSpace: box([0], [1]),
  actionSpace: box([-1], [1]),
  dynamics: () => ({
    start: () => [0],
    step: (state, [a]) => ({ state, reward: -10 * (Math.abs(a) - 0.8) ** 2 }),
    observe: (state) => state,
    controller: () => [0.8],
  }),
};
