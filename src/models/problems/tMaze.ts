import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * The actions of {@link tMaze}, by their index.
 *
 * @example
 * T_MAZE_ACTIONS[0]; // "cue"
 */
export const T_MAZE_ACTIONS = ["cue", "left", "right"] as const;

/**
 * A T-maze: the reward lies in the left or in the right arm for the entire episode, and a cue tells which, `validity` of
 * the time. Looking at it costs `cost`; an arm ends the episode, with reward 1 or 0.
 *
 * States: reward left, reward right, over. Observations: cue says left, cue says right, nothing.
 *
 * @example
 * // looking before leaping: worth it where a nat is
 * import { createPlanner } from "generative-agent";
 * const settings = { particles: 2, horizon: 2, temperature: 0.02, informationWeight: 0.5 };
 * const planner = await createPlanner(tMaze(), settings);
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: the cue
 */
export function tMaze({ validity = 0.95, cost = 0.1 } = {}): Problem {
  const [left, right, over, nothing] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 1],
  ];
  const blank = [nothing, nothing, nothing];
  return tabularModel({
    transition: [
      [left, over, over],
      [right, over, over],
      [over, over, over],
    ],
    reward: [
      [-cost, 1, 0],
      [-cost, 0, 1],
      [0, 0, 0],
    ],
    observation: [[[validity, 1 - validity, 0], [1 - validity, validity, 0], nothing], blank, blank],
    ending: [
      [0, 1, 1],
      [0, 1, 1],
      [1, 1, 1],
    ],
    initial: [0.5, 0.5, 0],
  });
}
