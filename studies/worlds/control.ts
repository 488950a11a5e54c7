/** Dense tasks of continuous control. */
import { box } from "../../src/index.ts";
import { clip, type SuiteWorld, wrap } from "./world.ts";

export const arm: SuiteWorld = {
  name: "arm",
  kinds: ["dense", "moving goal"],
  description: "bring the tip of a damped arm of two joints to a target: minus distance and effort",
  timeLimit: 100,
  observationSpace: box([-1, -1, -1, -1, -10, -10, -2, -2], [1, 1, 1, 1, 10, 10, 2, 2]),
  actionSpace: box([-1, -1], [1, 1]),
  dynamics({ sin, cos }) {
    const tip = (a: number, b: number) => [cos(a) + cos(a + b), sin(a) + sin(a + b)];
    return {
      start: (random) => {
        const [a, b] = [random.uniform(-3, 3), random.uniform(-2.5, 2.5)];
        return [random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), 0, 0, ...tip(a, b)];
      },
      step: ([a, b, va, vb, x, y], [ua, ub]) => {
        const [na, nb] = [va + 0.1 * (8 * ua - 2 * va), vb + 0.1 * (8 * ub - 2 * vb)];
        const [angleA, angleB] = [wrap(a + 0.1 * na), wrap(b + 0.1 * nb)];
        const [tx, ty] = tip(angleA, angleB);
        const distance = Math.sqrt((tx - x) ** 2 + (ty - y) ** 2);
        return {
          state: [angleA, angleB, na, nb, x, y],
          reward: -distance - 0.01 * (ua * ua + ub * ub),
        };
      },
      observe: ([a, b, va, vb, x, y]) => {
        const [tx, ty] = tip(a, b);
        return [cos(a), sin(a), cos(b), sin(b), va, vb, tx - x, ty - y];
      },
      controller: ([a, b, va, vb, x, y]) => {
        // u = Jᵀ e, damped
        const [tx, ty] = tip(a, b);
        const [ex, ey] = [x - tx, y - ty];
        const across = -sin(a + b) * ex + cos(a + b) * ey;
        const torqueA = -sin(a) * ex + cos(a) * ey + across;
        return [clip(3 * torqueA - 0.5 * va, -1, 1), clip(3 * across - 0.5 * vb, -1, 1)];
      },
    };
  },
};

const TANKS = 4;

export const valves: SuiteWorld = {
  name: "valves",
  kinds: ["dense"],
  description:
    "hold the levels of four tanks, each of which runs into the next, by four valves: minus squares of the errors",
  timeLimit: 60,
  observationSpace: box(new Array(2 * TANKS).fill(0), new Array(2 * TANKS).fill(10)),
  actionSpace: box(new Array(TANKS).fill(0), new Array(TANKS).fill(1)),
  dynamics: () => ({
    // levels, then the wanted ones: those at which valves stay between .1 and .5
    start(random) {
      const levels = Array.from({ length: TANKS }, () => random.uniform(0, 4));
      const wanted: number[] = [];
      for (let k = 0; k < TANKS; k++) wanted.push((wanted[k - 1] ?? 0) + 3 * random.uniform(0.1, 0.5));
      return [...levels, ...wanted];
    },
    step(state, action) {
      const levels = action.map((u, k) =>
        clip(state[k] + 0.3 * u - 0.1 * state[k] + 0.1 * (k === 0 ? 0 : state[k - 1]), 0, 10),
      );
      const wanted = state.slice(TANKS);
      const cost = levels.reduce((sum, level, k) => sum + (level - wanted[k]) ** 2, 0);
      return { state: [...levels, ...wanted], reward: -cost / TANKS };
    },
    observe: (state) => state,
    controller: (state) =>
      Array.from({ length: TANKS }, (_, k) => {
        const inflow = k === 0 ? 0 : state[k - 1];
        return clip((state[TANKS + k] - state[k] + 0.1 * state[k] - 0.1 * inflow) / 0.3, 0, 1);
      }),
  }),
};

const AXES = 8;

export const thrusters: SuiteWorld = {
  name: "thrusters",
  kinds: ["dense"],
  description:
    "bring eight sliding masses to rest at 0 by eight thrusters: minus squares of places and efforts",
  timeLimit: 60,
  observationSpace: box(new Array(2 * AXES).fill(-5), new Array(2 * AXES).fill(5)),
  actionSpace: box(new Array(AXES).fill(-1), new Array(AXES).fill(1)),
  dynamics: () => ({
    start: (random) => [
      ...Array.from({ length: AXES }, () => random.uniform(-1, 1)),
      ...new Array<number>(AXES).fill(0),
    ],
    step: (state, action) => {
      const [x, v] = [state.slice(0, AXES), state.slice(AXES)];
      const speeds = v.map((speed, d) => 0.95 * speed + 0.1 * action[d]);
      const places = x.map((place, d) => clip(place + 0.3 * speeds[d], -5, 5));
      const cost = places.reduce((sum, place, d) => sum + place * place + 0.01 * action[d] ** 2, 0);
      return { state: [...places, ...speeds], reward: -cost / AXES };
    },
    observe: (state) => state,
    controller: (state) =>
      Array.from({ length: AXES }, (_, d) => clip(-4 * state[d] - 6 * state[AXES + d], -1, 1)),
  }),
};

export const heating: SuiteWorld = {
  name: "heating",
  kinds: ["dense", "delay"],
  description:
    "hold a room at 20 °C through a slow radiator while the weather changes: minus error² and fuel",
  timeLimit: 120,
  observationSpace: box([-20, -20, -20, -1, -1], [60, 90, 40, 1, 1]),
  actionSpace: box([0], [1]),
  dynamics({ sin, cos }) {
    const outside = (time: number) => 5 + 6 * sin(time / 12);
    return {
      start: (random) => [random.uniform(8, 16), random.uniform(10, 20), random.uniform(0, 75)],
      step: ([room, radiator, time], [power]) => {
        const hot = radiator + 0.25 * (80 * power - (radiator - room));
        const warm = room + 0.06 * (hot - room) - 0.05 * (room - outside(time));
        return {
          state: [warm, hot, time + 1],
          reward: -0.05 * (warm - 20) ** 2 - 0.2 * power,
        };
      },
      observe: ([room, radiator, time]) => [room, radiator, outside(time), sin(time / 12), cos(time / 12)],
      controller: ([room, radiator, time]) => {
        const wanted = 20 + (0.05 / 0.06) * (20 - outside(time)) + 8 * (20 - room);
        return [clip((wanted - room) / 80 + 0.02 * (wanted - radiator), 0, 1)];
      },
    };
  },
};

export const lagged: SuiteWorld = {
  name: "lagged",
  kinds: ["dense", "delay"],
  description:
    "hold a drifting cart at 0 by commands that act three steps later: minus squares of place and command",
  timeLimit: 100,
  observationSpace: box([-10, -5, -1, -1, -1], [10, 5, 1, 1, 1]),
  actionSpace: box([-1], [1]),
  dynamics: () => ({
    start: (random) => [random.uniform(-2, 2), random.uniform(-0.5, 0.5), 0, 0, 0],
    step: ([x, v, first, second, third], [u]) => {
      const speed = 0.98 * v + 0.15 * first;
      const place = clip(x + 0.3 * speed, -10, 10);
      return { state: [place, speed, second, third, u], reward: -(place * place) - 0.05 * u * u };
    },
    observe: (state) => state,
    controller: ([x, v, first, second, third]) => {
      // where the commands under way will have led
      let [place, speed] = [x, v];
      for (const u of [first, second, third]) {
        speed = 0.98 * speed + 0.15 * u;
        place += 0.3 * speed;
      }
      return [clip(-1.2 * place - 3.5 * speed, -1, 1)];
    },
  }),
};

export const chase: SuiteWorld = {
  name: "chase",
  kinds: ["dense", "moving goal"],
  description: "stay with a target that circles at a speed of its own: minus the distance",
  timeLimit: 150,
  observationSpace: box([-4, -4, -2, -2, -4, -4, -1, -1], [4, 4, 2, 2, 4, 4, 1, 1]),
  actionSpace: box([-1, -1], [1, 1]),
  dynamics({ sin, cos }) {
    const goal = (phase: number) => [1.5 * cos(phase), 1.5 * sin(phase)];
    return {
      start: (random) => [
        random.uniform(-2, 2),
        random.uniform(-2, 2),
        0,
        0,
        random.uniform(-3, 3),
        random.uniform(-0.12, 0.12),
      ],
      step: ([x, y, vx, vy, phase, rate], [ux, uy]) => {
        const [sx, sy] = [0.9 * vx + 0.12 * ux, 0.9 * vy + 0.12 * uy];
        const [nx, ny] = [clip(x + 0.3 * sx, -4, 4), clip(y + 0.3 * sy, -4, 4)];
        const [gx, gy] = goal(phase + rate);
        return {
          state: [nx, ny, sx, sy, phase + rate, rate],
          reward: -Math.sqrt((nx - gx) ** 2 + (ny - gy) ** 2),
        };
      },
      observe: ([x, y, vx, vy, phase, rate]) => {
        const [gx, gy] = goal(phase);
        return [x, y, vx, vy, gx - x, gy - y, -gy * rate, gx * rate];
      },
      controller: ([x, y, vx, vy, phase, rate]) => {
        const [gx, gy] = goal(phase + 4 * rate);
        return [clip(6 * (gx - x) - 4 * vx, -1, 1), clip(6 * (gy - y) - 4 * vy, -1, 1)];
      },
    };
  },
};
