/** Worlds of chance: demand, noise of process and of sensor, many arms. */
import { box, discrete } from "../../src/index.ts";
import { clip, oneHot, type SuiteWorld } from "./world.ts";

export const stock: SuiteWorld = {
  name: "stock",
  kinds: ["stochastic", "dense"],
  description: "order goods for an uncertain demand: 4 a sale, −2 an item ordered, −.3 an item stored",
  timeLimit: 60,
  observationSpace: box([0], [20]),
  actionSpace: discrete(6),
  dynamics: () => ({
    start: (random) => [random.integer(10)],
    step: ([items], [order], random) => {
      const demand = random.integer(4) + random.integer(4);
      const available = Math.min(20, items + 2 * order);
      const sold = Math.min(available, demand);
      const left = available - sold;
      return { state: [left], reward: 4 * sold - 4 * order - 0.3 * left };
    },
    observe: (state) => state,
    controller: ([items]) => [clip(Math.round((5 - items) / 2), 0, 5)],
  }),
};

export const gusts: SuiteWorld = {
  name: "gusts",
  kinds: ["stochastic", "dense"],
  description: "hold a drone at 0 in gusts, by noisy sensors: minus squares of place and thrust",
  timeLimit: 120,
  observationSpace: box([-6, -3], [6, 3]),
  actionSpace: box([-1], [1]),
  dynamics: () => ({
    start: (random) => [random.uniform(-2, 2), 0],
    step: ([x, v], [u], random) => {
      const speed = clip(0.9 * v + 0.25 * u + 0.1 * random.normal(), -3, 3);
      const place = clip(x + 0.25 * speed, -6, 6);
      return { state: [place, speed], reward: -(place * place) - 0.05 * u * u };
    },
    observe: ([x, v], random) => [x + 0.05 * random.normal(), v + 0.05 * random.normal()],
    controller: ([x, v]) => [clip(-1.5 * x - 2 * v, -1, 1)],
  }),
};

const SYMBOLS = 20;

export const matching: SuiteWorld = {
  name: "matching",
  kinds: ["stochastic"],
  description: "choose, of twenty actions, the one that fits what is shown: 1 if it fits, else 0",
  timeLimit: 50,
  observationSpace: box(new Array(5).fill(0), new Array(5).fill(1)),
  actionSpace: discrete(SYMBOLS),
  dynamics: () => ({
    // five signs; sign k asks for action 4k + 1
    start: (random) => [random.integer(5)],
    step: ([sign], [k], random) => ({ state: [random.integer(5)], reward: k === 4 * sign + 1 ? 1 : 0 }),
    observe: ([sign]) => oneHot(5, sign),
    controller: ([sign]) => [4 * sign + 1],
  }),
};

export const gamble: SuiteWorld = {
  name: "gamble",
  kinds: ["stochastic"],
  description: "leave a fair gamble alone that costs half a point each time",
  timeLimit: 100,
  observationSpace: box([0], [1]),
  actionSpace: discrete(2),
  dynamics: () => ({
    start: () => [0],
    step: (state, [k], random) => ({
      state,
      reward: k === 1 ? (random.uniform() < 0.5 ? 4.5 : -5.5) : 0,
    }),
    observe: (state) => state,
    controller: () => [0],
  }),
};
