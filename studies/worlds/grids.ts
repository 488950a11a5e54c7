/** Worlds of squares. A cell is seen by its coordinates, scaled to [0, 1]. */
import { box, discrete } from "../../src/index.ts";
import { clip, type SuiteWorld } from "./world.ts";

const MOVES = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;

/** The move that brings (x, y) nearer to (toX, toY), the wider gap first. */
function towards(x: number, y: number, toX: number, toY: number): number {
  const [dx, dy] = [toX - x, toY - y];
  if (Math.abs(dx) >= Math.abs(dy)) return dx > 0 ? 1 : 3;
  return dy > 0 ? 2 : 0;
}

const WIDTH = 8;

export const grid: SuiteWorld = {
  name: "grid",
  kinds: ["grid", "sparse", "ending"],
  description: "walk from one corner of 8 × 8 squares to the other: 1 there, and the end; −.01 a step",
  timeLimit: 60,
  observationSpace: box([0, 0], [1, 1]),
  actionSpace: discrete(4),
  dynamics: () => ({
    start: () => [0, 0],
    step: ([x, y], [k]) => {
      const [nx, ny] = [clip(x + MOVES[k][0], 0, WIDTH - 1), clip(y + MOVES[k][1], 0, WIDTH - 1)];
      const isThere = nx === WIDTH - 1 && ny === WIDTH - 1;
      return { state: [nx, ny], reward: isThere ? 1 : -0.01, terminated: isThere };
    },
    observe: ([x, y]) => [x / (WIDTH - 1), y / (WIDTH - 1)],
    controller: ([x, y]) => [towards(x, y, WIDTH - 1, WIDTH - 1)],
  }),
};

export const rooms: SuiteWorld = {
  name: "rooms",
  kinds: ["grid", "sparse", "ending"],
  description:
    "press the switch in one room, which opens the door to the other with the goal: 1, and the end",
  timeLimit: 80,
  observationSpace: box([0, 0, 0], [1, 1, 1]),
  actionSpace: discrete(4),
  dynamics: () => ({
    // rooms of 4 × 5 to the left and right of a wall at x = 4, whose door is at y = 2; the switch is at (0, 4)
    start: (random) => [1 + random.integer(3), random.integer(2), 0],
    step: ([x, y, isOpen], [k]) => {
      const [nx, ny] = [clip(x + MOVES[k][0], 0, 8), clip(y + MOVES[k][1], 0, 4)];
      const isBlocked = nx === 4 && !(isOpen === 1 && ny === 2);
      const [px, py] = isBlocked ? [x, y] : [nx, ny];
      const opens = isOpen === 1 || (px === 0 && py === 4) ? 1 : 0;
      const isThere = px === 8 && py === 0;
      return { state: [px, py, opens], reward: isThere ? 1 : 0, terminated: isThere };
    },
    observe: ([x, y, isOpen]) => [x / 8, y / 4, isOpen],
    controller: ([x, y, isOpen]) => {
      if (isOpen === 0) return [towards(x, y, 0, 4)];
      if (x < 4) return [y === 2 ? 1 : towards(0, y, 0, 2)];
      return [x === 4 ? 1 : towards(x, y, 8, 0)];
    },
  }),
};

export const cliff: SuiteWorld = {
  name: "cliff",
  kinds: ["grid", "ending", "stochastic"],
  description: "walk along a cliff in the wind: −1 a step, −40 and the end below, 0 and the end at the goal",
  timeLimit: 60,
  observationSpace: box([0, 0], [1, 1]),
  actionSpace: discrete(4),
  dynamics: () => ({
    start: () => [0, 3],
    step: ([x, y], [k], random) => {
      const gust = random.uniform() < 0.05 ? 1 : 0;
      const [nx, ny] = [clip(x + MOVES[k][0], 0, 9), clip(y + MOVES[k][1] + gust, 0, 3)];
      const isBelow = ny === 3 && nx > 0 && nx < 9;
      const isThere = ny === 3 && nx === 9;
      return { state: [nx, ny], reward: isBelow ? -40 : isThere ? 0 : -1, terminated: isBelow || isThere };
    },
    observe: ([x, y]) => [x / 9, y / 3],
    controller: ([x, y]) => {
      if (x === 9) return [2];
      return [y > 1 ? 0 : 1];
    },
  }),
};

export const keys: SuiteWorld = {
  name: "keys",
  kinds: ["grid", "sparse", "ending"],
  description: "fetch a key, then go to the door: 1 at the door with the key, and the end",
  timeLimit: 80,
  observationSpace: box([0, 0, 0], [1, 1, 1]),
  actionSpace: discrete(4),
  dynamics: () => ({
    start: (random) => [random.integer(6), 0, 0],
    step: ([x, y, hasKey], [k]) => {
      const [nx, ny] = [clip(x + MOVES[k][0], 0, 5), clip(y + MOVES[k][1], 0, 5)];
      const key = hasKey === 1 || (nx === 5 && ny === 4) ? 1 : 0;
      const isThere = nx === 0 && ny === 5 && key === 1;
      return { state: [nx, ny, key], reward: isThere ? 1 : 0, terminated: isThere };
    },
    observe: ([x, y, hasKey]) => [x / 5, y / 5, hasKey],
    controller: ([x, y, hasKey]) => [hasKey === 1 ? towards(x, y, 0, 5) : towards(x, y, 5, 4)],
  }),
};

const LENGTH = 20;

export const chain: SuiteWorld = {
  name: "chain",
  kinds: ["grid", "sparse", "ending"],
  description: "walk to the far end of 20 places for 1, past a bait of .1 at the near end; both end",
  timeLimit: 60,
  observationSpace: box([0], [1]),
  actionSpace: discrete(2),
  dynamics: () => ({
    start: () => [4],
    step: ([place], [k]) => {
      const next = place + 2 * k - 1;
      const reward = next === LENGTH - 1 ? 1 : next === 0 ? 0.1 : 0;
      return { state: [next], reward, terminated: next === 0 || next === LENGTH - 1 };
    },
    observe: ([place]) => [place / (LENGTH - 1)],
    controller: () => [1],
  }),
};
