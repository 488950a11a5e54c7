import { box, discrete } from "../../environments/environment.ts";
import type { Batch, Model, Tools } from "../functions/model.ts";
import {
  COLUMNS,
  clearCells,
  type Floor,
  floorOf,
  MOVES,
  opponentMoves,
  ROWS,
  readingTable,
  valuesOf,
} from "./laserTagFloor.ts";

/**
 * The actions of {@link laserTag}, by their index.
 *
 * @example
 * LASER_TAG_ACTIONS[8]; // "tag"
 */
export const LASER_TAG_ACTIONS = [
  ...["north", "south", "east", "west", "northeast", "southeast", "southwest", "northwest"],
  "tag",
] as const;

const TAG = 8;
const READINGS = 8;

/** Rows of the state. */
const [ROBOT_X, ROBOT_Y, X, Y] = [0, 1, 2, 3];

/**
 * Laser Tag (Somani, Ye, Hsu & Lee 2013; as in the POMCPOW paper, https://arxiv.org/abs/1709.06196), to be solved with γ = .95: a robot that
 * does not know where it is on 11 × 7 cells with obstacles is to tag an opponent that flees. Tagging in the opponent's cell pays 10
 * and ends the episode, elsewhere it costs 10; moves cost 1. The opponent goes away along x with .4 and along y with .4, to either side
 * with half of it where it is level with the robot, and stays with .2, or where it is blocked.
 *
 * What is seen are eight lasers, north, south, east, west, then the diagonals: max(0, ⌊(free cells + 1) · length − |N(0, 2.5²)|⌋) with
 * the length 1 or √2, to an obstacle, the wall or the opponent; all −1 in the opponent's cell.
 *
 * A state: x and y of the robot, x and y of the opponent, from 0. `value` is that of a robot who sees everything.
 *
 * @param obstacles cells, x + 11 y
 *
 * @example
 * laserTag({ obstacles: [13, 17, 27, 31, 41, 52, 60, 65] }).stateSize; // 4
 */
export function laserTag({ obstacles }: { readonly obstacles: readonly number[] }): Model {
  const floor = floorOf(obstacles);
  const table = readingTable();
  let values: Float32Array | undefined;
  return {
    observationSpace: box(-1, COLUMNS * Math.SQRT2, [READINGS]),
    actionSpace: discrete(LASER_TAG_ACTIONS.length),
    stateSize: 4,
    initial(states, N, { uniform }) {
      uniform(states);
      for (let n = 0; n < N; n++) {
        const robot = floor.free[Math.floor(floor.free.length * states[n])];
        const opponent = floor.free[Math.floor(floor.free.length * states[N + n])];
        write(states, { N, n, robot, opponent });
      }
    },
    step: (batch, tools) => step(floor, batch, tools),
    observe(observations, batch, { normal }) {
      normal(observations);
      const { count: N, next } = batch;
      for (let n = 0; n < N; n++) {
        const [robot, opponent] = [cellOf(next, N, n, ROBOT_X), cellOf(next, N, n, X)];
        for (let b = 0; b < READINGS; b++) {
          const range = (clearCells(floor, robot, opponent, b) + 1) * (b < 4 ? 1 : Math.SQRT2);
          const reading = Math.max(0, Math.floor(range - Math.abs(2.5 * observations[b * N + n])));
          observations[b * N + n] = robot === opponent ? -1 : reading;
        }
      }
    },
    logDensity(out, observations, { count: N, next }, { log }) {
      for (let n = 0; n < N; n++) {
        const [robot, opponent] = [cellOf(next, N, n, ROBOT_X), cellOf(next, N, n, X)];
        let product = 1;
        for (let b = 0; b < READINGS; b++) {
          const reading = observations[b * N + n];
          if (robot === opponent) product *= Number(reading === -1);
          else if (reading < 0 || !Number.isInteger(reading)) product = 0;
          else product *= table[b < 4 ? 0 : 1][clearCells(floor, robot, opponent, b)][reading] ?? 0;
        }
        out[n] = product > 0 ? log(product) : -Infinity;
      }
    },
    value(out, { count: N, next }) {
      values ??= valuesOf(floor);
      for (let n = 0; n < N; n++)
        out[n] = values[cellOf(next, N, n, ROBOT_X) * COLUMNS * ROWS + cellOf(next, N, n, X)];
    },
  };
}

function step(floor: Floor, batch: Batch, { uniform }: Tools): void {
  const { count: N, states, actions, next, rewards, endings } = batch;
  uniform(next);
  for (let n = 0; n < N; n++) {
    const [robot, opponent] = [cellOf(states, N, n, ROBOT_X), cellOf(states, N, n, X)];
    const action = actions[n];
    const isTagged = action === TAG && robot === opponent;
    rewards[n] = action === TAG ? (isTagged ? 10 : -10) : -1;
    endings[n] = Number(isTagged);
    let chance = next[n];
    let fled = opponent;
    for (const { to, probability } of opponentMoves(floor, robot, opponent)) {
      fled = to;
      chance -= probability;
      if (chance < 0) break;
    }
    write(next, {
      ...{ N, n },
      robot: action === TAG ? robot : floor.moves[robot * MOVES.length + action],
      opponent: isTagged ? opponent : fled,
    });
  }
}

function cellOf(states: Float32Array, N: number, n: number, row: number): number {
  return states[row * N + n] + COLUMNS * states[(row + 1) * N + n];
}

function write(
  states: Float32Array,
  at: { readonly N: number; readonly n: number; readonly robot: number; readonly opponent: number },
): void {
  const { N, n, robot, opponent } = at;
  states[ROBOT_X * N + n] = robot % COLUMNS;
  states[ROBOT_Y * N + n] = Math.floor(robot / COLUMNS);
  states[X * N + n] = opponent % COLUMNS;
  states[Y * N + n] = Math.floor(opponent / COLUMNS);
}
