import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * The actions of {@link lightDark}, by their index.
 *
 * @example
 * LIGHT_DARK_ACTIONS[2]; // "stop"
 */
export const LIGHT_DARK_ACTIONS = ["left", "right", "stop"] as const;

/**
 * Light and dark (Platt et al. 2010) on a ring of places, which has no wall to feel one's way along: a walker who does not know its place is to stop at
 * `goal`, and sees where it is the better the nearer it is to the `light`. What is seen at place x is y with probability
 * 1 / (1 + (y − x)² / (blur d)²), normalised, d = |x − light|; at the light, x itself. Stopping at the goal is worth 1,
 * elsewhere 0, a step −`cost`.
 *
 * States: the places 0 … size − 1, then over. Observations: the places, then nothing.
 *
 * @example
 * lightDark({ size: 8, light: 5, goal: 2 }).tables.observation[0][5]; // [0, 0, 0, 0, 0, 1, 0, 0, 0]
 */
export function lightDark({
  size = 12,
  goal = 2,
  light = 8,
  start = [3, 4, 5],
  blur = 0.6,
  cost = 0.02,
} = {}): Problem {
  const places = Array.from({ length: size }, (_, x) => x);
  const only = (k: number) => Array.from({ length: size + 1 }, (_, i) => Number(i === k));
  const over = only(size);
  const move = (x: number, by: number) => only((x + by + size) % size);
  const seen = places.map((x) => {
    const away = Math.min(Math.abs(x - light), size - Math.abs(x - light));
    const width = (blur * away) ** 2;
    if (width === 0) return only(x);
    const weights = places.map(
      (y) => 1 / (1 + Math.min(Math.abs(y - x), size - Math.abs(y - x)) ** 2 / width),
    );
    const total = weights.reduce((sum, w) => sum + w, 0);
    return [...weights.map((w) => w / total), 0];
  });
  const sight = [...seen, over];
  return tabularModel({
    transition: [...places.map((x) => [move(x, -1), move(x, 1), over]), [over, over, over]],
    reward: [...places.map((x) => [-cost, -cost, Number(x === goal)]), [0, 0, 0]],
    observation: [sight, sight, sight],
    ending: [...places.map(() => [0, 0, 1]), [1, 1, 1]],
    initial: [...places.map((x) => Number(start.includes(x)) / start.length), 0],
  });
}
