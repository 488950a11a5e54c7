/** Small games: things that move by rules of their own, rare points, an early end. */
import { box, discrete } from "../../src/index.ts";
import { clip, type SuiteWorld } from "./world.ts";

export const catching: SuiteWorld = {
  name: "catch",
  kinds: ["game", "stochastic"],
  description: "move a paddle under falling balls: 1 for each that is caught, −1 for each that is missed",
  timeLimit: 50,
  observationSpace: box([0, 0, 0], [1, 1, 1]),
  actionSpace: discrete(3),
  dynamics: () => ({
    // 10 columns, 10 rows; (paddle, ball's column, ball's row)
    start: (random) => [random.integer(10), random.integer(10), 0],
    step: ([paddle, column, row], [k], random) => {
      const place = clip(paddle + k - 1, 0, 9);
      if (row + 1 < 9) return { state: [place, column, row + 1], reward: 0 };
      return { state: [place, random.integer(10), 0], reward: Math.abs(place - column) <= 1 ? 1 : -1 };
    },
    observe: ([paddle, column, row]) => [paddle / 9, column / 9, row / 9],
    controller: ([paddle, column]) => [column > paddle ? 2 : column < paddle ? 0 : 1],
  }),
};

const LANES = 5;
const ROAD = 9;

/** Where the car of a lane is: lanes differ in direction and speed. */
function carAt(lane: number, start: number, time: number): number {
  const speed = [1, -1, 2, -1, 1][lane];
  return (((start + speed * time) % ROAD) + ROAD) % ROAD;
}

export const frogger: SuiteWorld = {
  name: "frogger",
  kinds: ["game", "ending"],
  description: "cross five lanes of traffic: 1 on the other side, −1 under a car, the end either way",
  timeLimit: 60,
  observationSpace: box(new Array(1 + LANES).fill(0), new Array(1 + LANES).fill(1)),
  actionSpace: discrete(3),
  dynamics() {
    const hits = (row: number, cars: readonly number[]) =>
      row >= 1 && row <= LANES && Math.abs(cars[row - 1] - 4) <= 1;
    const moved = (cars: readonly number[]) => cars.map((car, lane) => carAt(lane, car, 1));
    return {
      // the frog stays in column 4; (row, cars)
      start: (random) => [0, ...Array.from({ length: LANES }, () => random.integer(ROAD))],
      step: ([row, ...cars], [k]) => {
        const next = Math.max(0, row + [0, 1, -1][k]);
        const traffic = moved(cars);
        if (next > LANES) return { state: [next, ...traffic], reward: 1, terminated: true };
        const isHit = hits(next, traffic);
        return { state: [next, ...traffic], reward: isHit ? -1 : 0, terminated: isHit };
      },
      observe: ([row, ...cars]) => [row / (LANES + 1), ...cars.map((car) => car / (ROAD - 1))],
      controller: ([row, ...cars]) => {
        // the first move of a way across, found by search over all moves
        const search = (at: number, traffic: readonly number[], depth: number): number => {
          if (at > LANES) return depth;
          if (depth === 14) return Number.POSITIVE_INFINITY;
          let best = Number.POSITIVE_INFINITY;
          for (const move of [1, 0, -1]) {
            const next = Math.max(0, at + move);
            const later = moved(traffic);
            if (!hits(next, later)) best = Math.min(best, search(next, later, depth + 1));
            if (best <= depth + 1 + LANES - at) break;
          }
          return best;
        };
        const costs = [0, 1, -1].map((move) => {
          const next = Math.max(0, row + move);
          const later = moved(cars);
          return hits(next, later) ? Number.POSITIVE_INFINITY : search(next, later, 1);
        });
        return [costs.indexOf(Math.min(...costs))];
      },
    };
  },
};

export const gather: SuiteWorld = {
  name: "gather",
  kinds: ["game", "stochastic", "moving goal"],
  description:
    "collect an item that reappears anywhere, and keep from a hunter that steps after you: 1 and −1",
  timeLimit: 80,
  observationSpace: box(new Array(6).fill(-1), new Array(6).fill(1)),
  actionSpace: discrete(5),
  dynamics() {
    const MOVES = [
      [0, 0],
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ] as const;
    const step = (x: number, y: number, k: number) =>
      [clip(x + MOVES[k][0], 0, 6), clip(y + MOVES[k][1], 0, 6)] as const;
    const near = (a: number, b: number, c: number, d: number) => Math.abs(a - c) + Math.abs(b - d);
    return {
      // (me, item, hunter) on 7 × 7 squares; the hunter moves with probability .4
      start: (random) => [
        3,
        3,
        random.integer(7),
        random.integer(7),
        6 * random.integer(2),
        6 * random.integer(2),
      ],
      step: ([x, y, ix, iy, hx, hy], [k], random) => {
        const [nx, ny] = step(x, y, k);
        let [gx, gy] = [hx, hy];
        if (random.uniform() < 0.4) {
          if (Math.abs(nx - hx) >= Math.abs(ny - hy)) gx += Math.sign(nx - hx);
          else gy += Math.sign(ny - hy);
        }
        if (near(nx, ny, gx, gy) === 0)
          return { state: [nx, ny, ix, iy, 6 * random.integer(2), 6 * random.integer(2)], reward: -1 };
        if (near(nx, ny, ix, iy) > 0) return { state: [nx, ny, ix, iy, gx, gy], reward: 0 };
        return { state: [nx, ny, random.integer(7), random.integer(7), gx, gy], reward: 1 };
      },
      observe: ([x, y, ix, iy, hx, hy]) => [
        x / 3 - 1,
        y / 3 - 1,
        (ix - x) / 6,
        (iy - y) / 6,
        (hx - x) / 6,
        (hy - y) / 6,
      ],
      controller: ([x, y, ix, iy, hx, hy]) => {
        const costs = MOVES.map((_, k) => {
          const [nx, ny] = step(x, y, k);
          const danger = near(nx, ny, hx, hy);
          return near(nx, ny, ix, iy) + (danger === 0 ? 100 : danger === 1 ? 20 : 0);
        });
        return [costs.indexOf(Math.min(...costs))];
      },
    };
  },
};

export const rally: SuiteWorld = {
  name: "rally",
  kinds: ["game", "ending"],
  description: "return a ball that bounces in a court: 1 for every return, the end when it passes",
  timeLimit: 200,
  observationSpace: box([0, 0, -1, -1, 0], [1, 1, 1, 1, 1]),
  actionSpace: discrete(3),
  dynamics: () => ({
    start: (random) => [
      random.uniform(0.2, 0.8),
      random.uniform(0.4, 0.8),
      random.uniform() < 0.5 ? -0.04 : 0.04,
      -0.05,
      0.5,
    ],
    step: ([x, y, vx, vy, paddle], [k]) => {
      const hand = clip(paddle + 0.06 * (k - 1), 0, 1);
      let [nx, ny, ux, uy] = [x + vx, y + vy, vx, vy];
      if (nx < 0 || nx > 1) [nx, ux] = [nx < 0 ? -nx : 2 - nx, -ux];
      if (ny > 1) [ny, uy] = [2 - ny, -uy];
      if (ny >= 0) return { state: [nx, ny, ux, uy, hand], reward: 0 };
      const offset = nx - hand;
      if (Math.abs(offset) > 0.12) return { state: [nx, 0, ux, uy, hand], reward: 0, terminated: true };
      const bent = clip(ux + 0.15 * offset, -0.06, 0.06);
      return { state: [nx, -ny, bent, -uy, hand], reward: 1 };
    },
    observe: ([x, y, vx, vy, paddle]) => [x, y, 10 * vx, 10 * vy, paddle],
    controller: ([x, y, vx, vy, paddle]) => {
      const steps = vy < 0 ? y / -vy : (1 - y) / vy + 1 / vy;
      let landing = (((x + vx * steps) % 2) + 2) % 2;
      if (landing > 1) landing = 2 - landing;
      return [landing > paddle + 0.03 ? 2 : landing < paddle - 0.03 ? 0 : 1];
    },
  }),
};
