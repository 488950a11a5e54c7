import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * The actions of {@link tiger}, by their index.
 *
 * @example
 * TIGER_ACTIONS[0]; // "listen"
 */
export const TIGER_ACTIONS = ["listen", "open left", "open right"] as const;

/**
 * The tiger problem (Kaelbling, Littman & Cassandra 1998): a tiger waits behind one of two doors, and listening tells
 * which, .85 of the time. Rewards −1 to listen, −100 and 10 to open; behind an opened door the problem begins anew. With
 * discount .95 the optimal value of not knowing is 19.3713683749, and the doors are opened at a net evidence of two.
 *
 * States: tiger left, tiger right. Observations: heard left, heard right.
 *
 * @param accuracy of listening, in [0, 1]
 *
 * @example
 * tiger().tables.observation[0][0]; // [0.85, 0.15]
 */
export function tiger(accuracy = 0.85): Problem {
  const [stays, anew] = [
    [
      [1, 0],
      [0, 1],
    ],
    [0.5, 0.5],
  ];
  const heard = [
    [accuracy, 1 - accuracy],
    [1 - accuracy, accuracy],
  ];
  return tabularModel({
    transition: stays.map((same) => [same, anew, anew]),
    reward: [
      [-1, -100, 10],
      [-1, 10, -100],
    ],
    observation: [heard, [anew, anew], [anew, anew]],
    initial: anew,
  });
}
