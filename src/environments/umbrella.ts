import { box, discrete } from "./environment.ts";
import {
  createWorld,
  type Dynamics,
  type Outcome,
  type World,
  type WorldDescription,
  type WorldTools,
} from "./world.ts";

/** Steps of an episode. */
const CHAIN = 20;
/** Bits of the observation that mean nothing. */
const DISTRACTORS = 20;

const SIZE = 3 + DISTRACTORS;

export const umbrellaDescription: WorldDescription = {
  title: "UmbrellaChain of bsuite",
  timeLimit: CHAIN,
  observationSpace: box(new Array<number>(SIZE).fill(0), new Array<number>(SIZE).fill(1)),
  actionSpace: discrete(2),
};

/**
 * bsuite's UmbrellaChain with 20 steps and 20 distractors, the setting that its sweeps over either have in common:
 * observation (umbrella needed, umbrella there, share of the steps left, 20 random bits), each 0 or 1 but the third.
 * The first action decides whether the umbrella is there; the others do nothing. The last step ends the episode with
 * 1 when the umbrella is there as needed and −1 otherwise; every other reward is −1 or 1 by chance, so returns say
 * little. The info has `success`, whether the umbrella is there as needed.
 *
 * The state: (needed, there, steps taken). Before the first step the umbrella is there by chance.
 *
 * @see https://github.com/google-deepmind/bsuite
 */
export function umbrella({ random }: WorldTools): World {
  const dynamics: Dynamics = {
    size: 3,
    start: (generator) => [generator.integer(2), generator.integer(2), 0],
    step: (state, action, generator) => umbrellaStep(state, action, 2 * generator.integer(2) - 1),
    observe: ([needed, there, steps], generator) => [
      needed,
      there,
      1 - steps / CHAIN,
      ...Array.from({ length: DISTRACTORS }, () => generator.integer(2)),
    ],
    info: ([needed, there]) => ({ success: needed === there }),
  };
  return createWorld(umbrellaDescription, dynamics, random);
}

/** One step. @param coin the reward of a step that is not the last, −1 or 1 */
export function umbrellaStep(
  [needed, there, steps]: readonly number[],
  action: number,
  coin: number,
): Outcome {
  const state = [needed, steps === 0 ? action : there, steps + 1];
  if (steps + 1 < CHAIN) return { state, reward: coin, terminated: false };
  return { state, reward: state[1] === needed ? 1 : -1, terminated: true };
}
