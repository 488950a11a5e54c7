import { box, discrete } from "../../environments/environment.ts";
import type { Model } from "../functions/model.ts";
import { LOG_ROOT_TWO_PI } from "./beams.ts";

/**
 * How far the actions of {@link lightDarkSteps} move, by their index: 0 stops.
 *
 * @example
 * LIGHT_DARK_STEPS[2]; // 0
 */
export const LIGHT_DARK_STEPS = [-10, -1, 0, 1, 10] as const;

const [LIGHT, LEAST, EDGE, START] = [10, 1e-4, 60, 30];

/**
 * Light Dark of the POMCPOW paper (Sunberg & Kochenderfer 2018, https://arxiv.org/abs/1709.06196), to be solved with γ = .95: a whole number
 * s in −60 … 60, at the start evenly in −30 … 30. Moving costs 1; stopping ends the episode and pays 100 at 0, else −100. What is seen is
 *
 *   x ∼ N(s', (|s' − 10| + 10⁻⁴)²)
 *
 * @example
 * lightDarkSteps().stateSize; // 1
 */
export function lightDarkSteps(): Model {
  return {
    observationSpace: box([-Infinity], [Infinity]),
    actionSpace: discrete(LIGHT_DARK_STEPS.length),
    stateSize: 1,
    initial(states, count, { uniform }) {
      uniform(states);
      for (let n = 0; n < count; n++) states[n] = Math.floor((2 * START + 1) * states[n]) - START;
    },
    step({ count, states, actions, next, rewards, endings }) {
      for (let n = 0; n < count; n++) {
        const by = LIGHT_DARK_STEPS[actions[n]];
        next[n] = Math.min(EDGE, Math.max(-EDGE, states[n] + by));
        rewards[n] = by === 0 ? (states[n] === 0 ? 100 : -100) : -1;
        endings[n] = Number(by === 0);
      }
    },
    observe(observations, { count, next }, { normal }) {
      normal(observations);
      for (let n = 0; n < count; n++)
        observations[n] = next[n] + (Math.abs(next[n] - LIGHT) + LEAST) * observations[n];
    },
    logDensity(out, observations, { count, next }, { log }) {
      for (let n = 0; n < count; n++) {
        const std = Math.abs(next[n] - LIGHT) + LEAST;
        const z = (observations[n] - next[n]) / std;
        out[n] = -0.5 * z * z - log(std) - LOG_ROOT_TWO_PI;
      }
    },
  };
}
