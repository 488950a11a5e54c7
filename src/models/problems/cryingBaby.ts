import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * The actions of {@link cryingBaby}, by their index.
 *
 * @example
 * CRYING_BABY_ACTIONS[0]; // "feed"
 */
export const CRYING_BABY_ACTIONS = ["feed", "ignore"] as const;

/**
 * The crying baby (Kochenderfer 2015, Decision Making Under Uncertainty, section 6.1.1): a baby becomes hungry with probability .1 a step
 * and stays so until it is fed. It cries with probability .8 when hungry, .1 when not. A step in hunger costs 10, feeding 5. With
 * discount .9 the optimal value of a baby that is not hungry is −16.30548: feed when hunger is more probable than .2821.
 *
 * States: not hungry, hungry. Observations: quiet, crying. It begins not hungry.
 *
 * @example
 * cryingBaby().tables.observation[0][1]; // [0.2, 0.8]
 */
export function cryingBaby(): Problem {
  const heard = [
    [0.9, 0.1],
    [0.2, 0.8],
  ];
  return tabularModel({
    transition: [
      [
        [1, 0],
        [0.9, 0.1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    observation: [heard, heard],
    reward: [
      [-5, 0],
      [-15, -10],
    ],
    initial: [1, 0],
  });
}
