import { box, discrete } from "../../environments/environment.ts";
import type { Batch, Model, Tools } from "../functions/model.ts";
import { BEAMS, beamOf, LOG_ROOT_TWO_PI } from "./beams.ts";

/**
 * The actions of {@link subHunt}, by their index.
 *
 * @example
 * SUB_HUNT_ACTIONS[4]; // "ping"
 */
export const SUB_HUNT_ACTIONS = ["north", "east", "south", "west", "ping", "engage"] as const;

const [PING, ENGAGE] = [4, 5];
/** North, east, south, west. */
const DIRECTIONS = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const;
const [SIZE, SPEED, REACH, DETECTED] = [20, 3, 2, 3];
const [SURE, UNSURE] = [0.5, 5];

/** Rows of the state. */
const [OWN_X, OWN_Y, X, Y, GOAL, AWARE] = [0, 1, 2, 3, 4, 5];

/**
 * Sub Hunt of the POMCPOW paper (Sunberg & Kochenderfer 2018, https://arxiv.org/abs/1709.06196), to be solved with γ = .99: a submarine on
 * 20 × 20 cells is to find another before it reaches the side that it heads for. Moves are by 3 cells; a ping shows where the other is, and
 * makes it aware; engaging within distance 2 kills surely, or with .6 if it is aware, which pays 100 and ends the episode. The other goes
 * two cells ahead with .5, or one ahead and one to either side with .25 each.
 *
 * What is seen are eight sonar beams: after a ping the other's beam N(distance, .5²) and the others N(20, .5²); else within 3 the
 * other's beam N(distance, .5²), and every other beam N(3, 5²).
 *
 * A state: own x and y, the other's x and y (1 … 20), its direction (north, east, south, west), whether it is aware.
 *
 * @example
 * subHunt().stateSize; // 6
 */
export function subHunt(): Model {
  return {
    observationSpace: box(-Infinity, Infinity, [BEAMS]),
    actionSpace: discrete(SUB_HUNT_ACTIONS.length),
    stateSize: 6,
    initial(states, N, { uniform }) {
      uniform(states);
      for (let n = 0; n < N; n++) {
        const goal = Math.floor(4 * states[GOAL * N + n]);
        const offset = 1 + Math.floor(SIZE * states[AWARE * N + n]);
        const [dx, dy] = DIRECTIONS[goal];
        states[OWN_X * N + n] = SIZE / 2;
        states[OWN_Y * N + n] = SIZE / 2;
        states[X * N + n] = dx === 0 ? offset : dx > 0 ? 1 : SIZE;
        states[Y * N + n] = dy === 0 ? offset : dy > 0 ? 1 : SIZE;
        states[GOAL * N + n] = goal;
        states[AWARE * N + n] = 0;
      }
    },
    step,
    observe(observations, batch, { normal }) {
      normal(observations);
      const { count: N } = batch;
      for (let n = 0; n < N; n++) {
        const seen = sight(batch, n);
        for (let b = 0; b < BEAMS; b++) {
          const [mean, std] = b === seen.beam ? [seen.distance, SURE] : [seen.far, seen.std];
          observations[b * N + n] = mean + std * observations[b * N + n];
        }
      }
    },
    logDensity(out, observations, batch, { log }) {
      const { count: N } = batch;
      const [logSure, logUnsure] = [log(SURE), log(UNSURE)];
      for (let n = 0; n < N; n++) {
        const { beam, distance, far, std } = sight(batch, n);
        const logStd = std === SURE ? logSure : logUnsure;
        let sum = 0;
        for (let b = 0; b < BEAMS; b++) {
          const isBeam = b === beam;
          const z = (observations[b * N + n] - (isBeam ? distance : far)) / (isBeam ? SURE : std);
          sum -= 0.5 * z * z + (isBeam ? logSure : logStd) + LOG_ROOT_TWO_PI;
        }
        out[n] = sum;
      }
    },
    features: { size: 13, write: writeFeatures },
  };
}

/** Where the other is from here, how near, how far it has to go, and what is known of both. */
function writeFeatures(out: Float32Array, states: Float32Array, N: number): void {
  for (let n = 0; n < N; n++) {
    const ownX = states[OWN_X * N + n];
    const ownY = states[OWN_Y * N + n];
    const x = states[X * N + n];
    const y = states[Y * N + n];
    const goal = states[GOAL * N + n];
    const dx = goal === 1 ? 1 : goal === 3 ? -1 : 0;
    const dy = goal === 0 ? 1 : goal === 2 ? -1 : 0;
    const distance = Math.sqrt((x - ownX) * (x - ownX) + (y - ownY) * (y - ownY));
    out[n] = x - ownX;
    out[N + n] = y - ownY;
    out[2 * N + n] = distance;
    out[3 * N + n] = Number(distance <= REACH);
    out[4 * N + n] = Number(distance <= 2 * REACH);
    out[5 * N + n] = dx + dy > 0 ? SIZE - dx * x - dy * y : -dx * x - dy * y - 1;
    out[6 * N + n] = states[AWARE * N + n];
    out[7 * N + n] = ownX;
    out[8 * N + n] = ownY;
    out[9 * N + n] = dx;
    out[10 * N + n] = dy;
    // along the other's way, and beside it
    out[11 * N + n] = dx * (ownX - x) + dy * (ownY - y);
    out[12 * N + n] = Math.abs(dy * (ownX - x)) + Math.abs(dx * (ownY - y));
  }
}

function step({ count: N, states, actions, next, rewards, endings }: Batch, { uniform }: Tools): void {
  uniform(next);
  for (let n = 0; n < N; n++) {
    const [turn, hit] = [next[n], next[N + n]];
    const action = actions[n];
    const [ownX, ownY] = [states[OWN_X * N + n], states[OWN_Y * N + n]];
    const [x, y] = [states[X * N + n], states[Y * N + n]];
    const [goal, aware] = [states[GOAL * N + n], states[AWARE * N + n]];
    const [moveX, moveY] = action < PING ? DIRECTIONS[action] : [0, 0];
    const [dx, dy] = DIRECTIONS[goal];
    const [sideX, sideY] =
      turn < 0.5 ? [dx, dy] : DIRECTIONS[(goal + (turn < 0.75 ? 3 : 1)) % DIRECTIONS.length];
    const isKilled =
      action === ENGAGE && (x - ownX) ** 2 + (y - ownY) ** 2 <= REACH ** 2 && (aware === 0 || hit < 0.6);
    const [nextX, nextY] = [clamp(x + dx + sideX), clamp(y + dy + sideY)];
    next[OWN_X * N + n] = clamp(ownX + SPEED * moveX);
    next[OWN_Y * N + n] = clamp(ownY + SPEED * moveY);
    next[X * N + n] = nextX;
    next[Y * N + n] = nextY;
    next[GOAL * N + n] = goal;
    next[AWARE * N + n] = action === PING ? 1 : aware;
    rewards[n] = isKilled ? 100 : 0;
    const isThere = dx * nextX + dy * nextY === (dx + dy > 0 ? SIZE : -1);
    endings[n] = Number(isKilled || isThere);
  }
}

/** What the beams show of a state: the other's beam and distance, and mean and deviation of the others. */
function sight({ count: N, next, actions }: Batch, n: number) {
  const [x, y] = [next[X * N + n] - next[OWN_X * N + n], next[Y * N + n] - next[OWN_Y * N + n]];
  const distance = Math.sqrt(x * x + y * y);
  if (actions[n] === PING) return { beam: beamOf(x, y), distance, far: SIZE, std: SURE };
  return { beam: distance <= DETECTED ? beamOf(x, y) : -1, distance, far: DETECTED, std: UNSURE };
}

function clamp(cell: number): number {
  return Math.min(SIZE, Math.max(1, cell));
}
