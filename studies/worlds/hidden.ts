/** Worlds that hide a part of their state; their controllers use what a memory of the episode could tell. */
import { box, discrete } from "../../src/index.ts";
import { clip, type SuiteWorld } from "./world.ts";

export const unseen: SuiteWorld = {
  name: "unseen speed",
  kinds: ["hidden", "dense"],
  description:
    "bring a cart to rest at 0, seeing its place but not its speed: minus squares of place and push",
  timeLimit: 80,
  observationSpace: box([-2], [2]),
  actionSpace: box([-1], [1]),
  isPartial: true,
  dynamics: () => ({
    start: (random) => [random.uniform(-1.5, 1.5), random.uniform(-0.8, 0.8)],
    step: ([x, v], [u]) => {
      const speed = 0.97 * v + 0.2 * u;
      const place = clip(x + 0.3 * speed, -2, 2);
      return { state: [place, speed], reward: -(place * place) - 0.05 * u * u };
    },
    observe: ([x]) => [x],
    controller: ([x, v]) => [clip(-2 * x - 3 * v, -1, 1)],
  }),
};

export const breeze: SuiteWorld = {
  name: "breeze",
  kinds: ["hidden", "dense", "stochastic"],
  description:
    "hold a drone at 0 in a steady wind that is felt but not shown, by noisy sensors: minus the square of place",
  timeLimit: 80,
  observationSpace: box([-2, -4], [2, 4]),
  actionSpace: box([-1], [1]),
  isPartial: true,
  dynamics: () => ({
    start: (random) => [random.uniform(-1, 1), 0, random.uniform(-0.7, 0.7)],
    step: ([x, v, wind], [u]) => {
      const speed = clip(0.9 * v + 0.25 * (u + wind), -4, 4);
      const place = clip(x + 0.25 * speed, -2, 2);
      return { state: [place, speed, wind], reward: -(place * place) };
    },
    observe: ([x, v], random) => [x + 0.02 * random.normal(), v + 0.02 * random.normal()],
    controller: ([x, v, wind]) => [clip(-wind - 3 * x - 3 * v, -1, 1)],
  }),
};

export const lamp: SuiteWorld = {
  name: "lamp",
  kinds: ["hidden", "sparse", "ending"],
  description:
    "ask a lamp which end of a corridor pays, then walk there: 1 or −1 at the ends, and the end; −.02 a step",
  timeLimit: 30,
  observationSpace: box([-1, -1], [1, 1]),
  actionSpace: discrete(3),
  isPartial: true,
  dynamics: () => ({
    // places −3 … 3; (place, the side that pays, whether the lamp is lit, whether it was)
    start: (random) => [0, 2 * random.integer(2) - 1, 0, 0],
    step: ([place, side, , wasLit], [k]) => {
      const next = place + [-1, 1, 0][k];
      const isLit = Number(k === 2);
      const isEnd = Math.abs(next) === 3;
      return {
        state: [next, side, isLit, Math.max(wasLit, isLit)],
        reward: isEnd ? Math.sign(next) * side - 0.02 : -0.02,
        terminated: isEnd,
      };
    },
    observe: ([place, side, isLit]) => [place / 3, side * isLit],
    controller: ([, side, , wasLit]) => [wasLit === 0 ? 2 : side > 0 ? 1 : 0],
  }),
};
