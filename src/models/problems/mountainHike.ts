import { box } from "../../environments/environment.ts";
import type { Batch, Model, Tools } from "../functions/model.ts";
import { LOG_ROOT_TWO_PI } from "./beams.ts";

const [STRIDE, PROCESS, SCALE] = [0.05, 0.025, 10];
const START = { place: -0.85, deviation: 0.1 };
/** Ridges: centre, deviations, and how high they are. */
const RIDGES = [
  { x: 0.5, y: 0.5, stdX: 0.75, stdY: 0.1, height: 1 },
  { x: 0, y: 0.2, stdX: 0.1, stdY: 0.75, height: 0.8 },
  { x: -0.375, y: -0.5, stdX: 0.75, stdY: 0.1, height: 0.55 },
] as const;

/**
 * Mountain Hike (Igl, Zintgraf, Le, Wood & Whiteson 2018, https://arxiv.org/abs/1806.02426), to be solved with γ = .99 in 75 steps: a
 * hiker in [−1, 1]² is to keep to a ridge that it does not see. Start N((−.85, −.85), .1² I); an action, no longer than .05, moves it,
 * with noise N(0, .025² I). Reward: the height of the place reached, −6 outside, less .1 ‖action‖. What is seen is the place with an error,
 * 10 · (place + N(0, σ² I)).
 *
 *   height = 4 (1 − (1 − m)⁴) − 4.5 + (x + y) / 4,   m = max_k height_k N(place; centre_k, diag(std_k²)) / 3
 *
 * @param σ of what is seen. Default .1
 *
 * @example
 * mountainHike().stateSize; // 2
 */
export function mountainHike({ deviation = 0.1 }: { readonly deviation?: number } = {}): Model {
  return {
    observationSpace: box([-Infinity, -Infinity], [Infinity, Infinity]),
    actionSpace: box([-STRIDE, -STRIDE], [STRIDE, STRIDE]),
    stateSize: 2,
    initial(states, _count, { normal }) {
      normal(states);
      for (let i = 0; i < states.length; i++) states[i] = START.place + START.deviation * states[i];
    },
    step,
    observe(observations, { next }, { normal }) {
      normal(observations);
      for (let i = 0; i < observations.length; i++)
        observations[i] = SCALE * (next[i] + deviation * observations[i]);
    },
    logDensity(out, observations, { count: N, next }, { log }) {
      const std = SCALE * deviation;
      const constant = 2 * (log(std) + LOG_ROOT_TWO_PI);
      for (let n = 0; n < N; n++) {
        const a = (observations[n] - SCALE * next[n]) / std;
        const b = (observations[N + n] - SCALE * next[N + n]) / std;
        out[n] = -0.5 * (a * a + b * b) - constant;
      }
    },
  };
}

function step({ count: N, states, actions, next, rewards, endings }: Batch, tools: Tools): void {
  tools.normal(next);
  endings.fill(0);
  for (let n = 0; n < N; n++) {
    const [a, b] = [actions[n], actions[N + n]];
    const length = Math.sqrt(a * a + b * b);
    const share = length > STRIDE ? STRIDE / length : 1;
    const x = states[n] + share * a + PROCESS * next[n];
    const y = states[N + n] + share * b + PROCESS * next[N + n];
    next[n] = x;
    next[N + n] = y;
    const isOutside = Math.abs(x) > 1 || Math.abs(y) > 1;
    rewards[n] = (isOutside ? -6 : heightOf(x, y, tools)) - 0.1 * length;
  }
}

/** Height of a place, at most about −.25. */
export function heightOf(x: number, y: number, { exp }: Pick<Tools, "exp">): number {
  let greatest = 0;
  for (const ridge of RIDGES) {
    const [a, b] = [(x - ridge.x) / ridge.stdX, (y - ridge.y) / ridge.stdY];
    const density = exp(-0.5 * (a * a + b * b)) / (2 * Math.PI * ridge.stdX * ridge.stdY);
    greatest = Math.max(greatest, (ridge.height * density) / 3);
  }
  const below = 1 - greatest;
  return 4 * (1 - below * below * below * below) - 4.5 + (x + y) / 4;
}
