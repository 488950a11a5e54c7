import type { Random } from "../core/random.ts";
import { box, discrete } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

/** The probability that the cue shows the arm with the reward. */
export const CUE_VALIDITY = 0.95;
/** What the way past the cue costs, so that an agent that wants no information does not take it. */
const DETOUR = 0.02;
const [START, CORRIDOR, CUE, FORK, LEFT] = [0, 1, 2, 3, 4];
const PLACES = 6;

export const tMazeDescription: WorldDescription = {
  title: "T-maze with a cue",
  timeLimit: 3,
  observationSpace: box([0, 0, 0, 0, 0, 0, -1], [1, 1, 1, 1, 1, 1, 1]),
  actionSpace: discrete(2),
};

/**
 * A maze of two decisions and three steps. First: 0 goes through the corridor, 1 past the cue at a cost of .02; from
 * either, whatever the action, one comes to the fork. There 0 turns into the left arm, 1 into the right one, and the
 * episode ends with a reward of 1 in the arm that has it and −1 in the other. Which arm has it is drawn anew for each
 * maze, and the cue shows it with probability .95. So the return is positive exactly when the arm with the reward was
 * chosen: in half of the mazes without the cue, in .95 of them with it, by an agent that remembers.
 *
 * The observation: one-hot over (start, corridor, cue, fork, left arm, right arm), then what the cue shows, −1 for left
 * and 1 for right, at the cue, and 0 elsewhere, at the fork too. The state: (place 0 … 5, arm with the reward ±1, arm
 * that the cue shows ±1). The info: `isAtCue`, and `success`, whether the arm with the reward was chosen.
 */
export function tMaze({ random }: WorldTools): World {
  return createWorld(tMazeDescription, dynamics, random);
}

const dynamics: Dynamics = {
  size: 3,
  start(random) {
    const arm = sideOf(random.integer(2));
    return [START, arm, isValid(random) ? arm : -arm];
  },
  step: tMazeStep,
  observe([place, , shown]) {
    const here = Array.from({ length: PLACES }, (_, i) => (i === place ? 1 : 0));
    return [...here, place === CUE ? shown : 0];
  },
  info: ([place, arm]) => ({
    isAtCue: place === CUE,
    success: place >= LEFT && sideOf(place - LEFT) === arm,
  }),
};

/** One step. @param action 0 or 1 */
export function tMazeStep([place, arm, shown]: readonly number[], action: number): Outcome {
  if (place === START)
    return action === 1
      ? { state: [CUE, arm, shown], reward: -DETOUR, terminated: false }
      : { state: [CORRIDOR, arm, shown], reward: 0, terminated: false };
  if (place < FORK) return { state: [FORK, arm, shown], reward: 0, terminated: false };
  return { state: [LEFT + action, arm, shown], reward: sideOf(action) === arm ? 1 : -1, terminated: true };
}

/** −1 for the left arm, which is choice 0, and 1 for the right one. */
function sideOf(choice: number): number {
  return choice === 0 ? -1 : 1;
}

function isValid(random: Random): boolean {
  return random.uniform() < CUE_VALIDITY;
}
