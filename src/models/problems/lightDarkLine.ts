import { box, discrete } from "../../environments/environment.ts";
import type { Model } from "../functions/model.ts";
import { LOG_ROOT_TWO_PI } from "./beams.ts";

/**
 * The actions of {@link lightDarkLine}, by their index.
 *
 * @example
 * LIGHT_DARK_LINE_ACTIONS[1]; // "stop"
 */
export const LIGHT_DARK_LINE_ACTIONS = ["down", "stop", "up"] as const;

/** What kind of line it is: the default is LightDark(10). */
export interface LightDarkLine {
  /** Where it is light. Default 10. */
  readonly light?: number;
  /** Deviation of what is seen, per unit of distance from the light. Default 1. */
  readonly blur?: number;
  /** Deviation of what is seen in the light. Default 1e-4. */
  readonly least?: number;
  /** What stopping pays within 1 of 0; elsewhere it costs as much. Default 100. */
  readonly reward?: number;
}

/**
 * A walker on a line who sees well near the light alone, and is to stop at 0. Start y ∼ N(2, 3²); actions move by −1 and 1 for nothing, or
 * stop, which ends the episode and pays the reward, or minus the reward unless |y| < 1. What is seen is
 *
 *   x ∼ N(y', (blur |y' − light| + least)²)
 *
 * LightDark(10) of BetaZero (Moss, Corso, Caers & Kochenderfer 2024, https://arxiv.org/abs/2306.00249) by default, with γ = .9;
 * LightDark1D of POMDPModels.jl is `{ light: 5, blur: Math.SQRT1_2, least: 0.01, reward: 10 }`.
 *
 * @example
 * lightDarkLine().stateSize; // 1
 */
export function lightDarkLine({
  light = 10,
  blur = 1,
  least = 1e-4,
  reward = 100,
}: LightDarkLine = {}): Model {
  const deviation = (y: number) => blur * Math.abs(y - light) + least;
  return {
    observationSpace: box([-Infinity], [Infinity]),
    actionSpace: discrete(3),
    stateSize: 1,
    initial(states, count, { normal }) {
      normal(states);
      for (let n = 0; n < count; n++) states[n] = 2 + 3 * states[n];
    },
    step({ count, states, actions, next, rewards, endings }) {
      for (let n = 0; n < count; n++) {
        const isStop = actions[n] === 1;
        next[n] = states[n] + actions[n] - 1;
        rewards[n] = isStop ? (Math.abs(states[n]) < 1 ? reward : -reward) : 0;
        endings[n] = Number(isStop);
      }
    },
    observe(observations, { count, next }, { normal }) {
      normal(observations);
      for (let n = 0; n < count; n++) observations[n] = next[n] + deviation(next[n]) * observations[n];
    },
    logDensity(out, observations, { count, next }, { log }) {
      for (let n = 0; n < count; n++) {
        const std = deviation(next[n]);
        const z = (observations[n] - next[n]) / std;
        out[n] = -0.5 * z * z - log(std) - LOG_ROOT_TWO_PI;
      }
    },
  };
}
