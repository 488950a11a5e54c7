import { box } from "../../environments/environment.ts";
import type { Batch, Model, Tools } from "../functions/model.ts";
import { BEAMS, beamOf, LOG_ROOT_TWO_PI } from "./beams.ts";

const [MU, DT, SUBSTEPS] = [2, 0.1, 5];
const [STEP, REACH, NOISE, AREA] = [0.5, 0.1, 0.05, 4];
const [FROM, LENGTH] = [0.2, 2.8];
const [SURE, UNSURE, FAR] = [0.1, 5, 1];

/** Rows of the state. */
const [OWN_X, OWN_Y, X, Y] = [0, 1, 2, 3];

/**
 * Van der Pol Tag of the POMCPOW paper (Sunberg & Kochenderfer 2018, https://arxiv.org/abs/1709.06196), to be solved with γ = .95: a target
 * follows the Van der Pol field in the plane, and the agent steps .5 at an angle to come within .1 of it, which pays 100 and ends the
 * episode; every other step costs 1, looking 5 more. Four walls along the axes, from .2 to 3, stop the agent.
 *
 *   x' = μ (x − x³ / 3 − y),   y' = x / μ,   μ = 2, five Runge-Kutta steps of .1, + N(0, .05² I)
 *
 * What is seen are eight beams: the target's N(distance, .1²) where the agent looks, else N(distance, 5²), the others N(1, 5²).
 *
 * An action: look (where it is ≥ .5) and the angle. A state: the agent's x and y, the target's. Start: the agent at 0, the target
 * evenly in [−4, 4]².
 *
 * @example
 * vdpTag().stateSize; // 4
 */
export function vdpTag(): Model {
  return {
    observationSpace: box(-Infinity, Infinity, [BEAMS]),
    actionSpace: box([0, 0], [1, 2 * Math.PI]),
    stateSize: 4,
    initial(states, N, { uniform }) {
      uniform(states);
      for (let n = 0; n < N; n++) {
        states[OWN_X * N + n] = 0;
        states[OWN_Y * N + n] = 0;
        states[X * N + n] = AREA * (2 * states[X * N + n] - 1);
        states[Y * N + n] = AREA * (2 * states[Y * N + n] - 1);
      }
    },
    step,
    observe(observations, batch, { normal }) {
      normal(observations);
      const { count: N } = batch;
      for (let n = 0; n < N; n++) {
        const { beam, distance, std } = sight(batch, n);
        for (let b = 0; b < BEAMS; b++) {
          const noise = observations[b * N + n];
          observations[b * N + n] = b === beam ? distance + std * noise : FAR + UNSURE * noise;
        }
      }
    },
    logDensity(out, observations, batch, { log }) {
      const { count: N } = batch;
      const [logSure, logUnsure] = [log(SURE), log(UNSURE)];
      for (let n = 0; n < N; n++) {
        const { beam, distance, std } = sight(batch, n);
        let sum = 0;
        for (let b = 0; b < BEAMS; b++) {
          const isBeam = b === beam;
          const z = (observations[b * N + n] - (isBeam ? distance : FAR)) / (isBeam ? std : UNSURE);
          sum -= 0.5 * z * z + (isBeam && std === SURE ? logSure : logUnsure) + LOG_ROOT_TWO_PI;
        }
        out[n] = sum;
      }
    },
  };
}

function step(
  { count: N, states, actions, next, rewards, endings }: Batch,
  { normal, sin, cos }: Tools,
): void {
  normal(next);
  for (let n = 0; n < N; n++) {
    const [look, angle] = [actions[n], actions[N + n]];
    const [ownX, ownY] = [states[OWN_X * N + n], states[OWN_Y * N + n]];
    const [dx, dy] = [STEP * cos(angle), STEP * sin(angle)];
    const share = clearShare(ownX, ownY, dx, dy);
    const [x, y] = flow(states[X * N + n], states[Y * N + n]);
    next[OWN_X * N + n] = ownX + share * dx;
    next[OWN_Y * N + n] = ownY + share * dy;
    next[X * N + n] = x + NOISE * next[X * N + n];
    next[Y * N + n] = y + NOISE * next[Y * N + n];
    const distance = distanceOf(next, N, n);
    rewards[n] = (distance < REACH ? 100 : -1) - (look >= 0.5 ? 5 : 0);
    endings[n] = Number(distance < REACH);
  }
}

/** Where the target would be after a step without noise: (x, y) along the Van der Pol field. */
export function flow(x: number, y: number): readonly [x: number, y: number] {
  for (let i = 0; i < SUBSTEPS; i++) {
    const [ax, ay] = field(x, y);
    const [bx, by] = field(x + (DT / 2) * ax, y + (DT / 2) * ay);
    const [cx, cy] = field(x + (DT / 2) * bx, y + (DT / 2) * by);
    const [dx, dy] = field(x + DT * cx, y + DT * cy);
    x += (DT / 6) * (ax + 2 * bx + 2 * cx + dx);
    y += (DT / 6) * (ay + 2 * by + 2 * cy + dy);
  }
  return [x, y];
}

function field(x: number, y: number): readonly [x: number, y: number] {
  return [MU * (x - (x * x * x) / 3 - y), x / MU];
}

/** The share of a move that no wall forbids. */
export function clearShare(x: number, y: number, dx: number, dy: number): number {
  let share = 1;
  // where the move meets the axis that a pair of walls lies on, and whether a wall is there
  if (dy !== 0) {
    const u = -y / dy;
    if (u >= 0 && u < share && isWall(x + u * dx)) share = Math.max(0, u - TOUCH);
  }
  if (dx !== 0) {
    const u = -x / dx;
    if (u >= 0 && u < share && isWall(y + u * dy)) share = Math.max(0, u - TOUCH);
  }
  return share;
}

/** A move ends short of a wall by this share: as f32 holds places, none is then on its other side. */
const TOUCH = 1e-4;

function isWall(along: number): boolean {
  return Math.abs(along) >= FROM && Math.abs(along) <= FROM + LENGTH;
}

function sight({ count: N, next, actions }: Batch, n: number) {
  const [x, y] = [next[X * N + n] - next[OWN_X * N + n], next[Y * N + n] - next[OWN_Y * N + n]];
  return { beam: beamOf(x, y), distance: distanceOf(next, N, n), std: actions[n] >= 0.5 ? SURE : UNSURE };
}

function distanceOf(states: Float32Array, N: number, n: number): number {
  const [x, y] = [states[X * N + n] - states[OWN_X * N + n], states[Y * N + n] - states[OWN_Y * N + n]];
  return Math.sqrt(x * x + y * y);
}
