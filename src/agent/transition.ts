import { endingProblem, numberProblem, refuse, type Seeing, vectorProblem } from "../core/readings.ts";
import type { Action, Observation } from "../environments/environment.ts";

/** One step of experience, as `learn` and `remember` take it. */
export interface Transition {
  /** [D] what was seen before the action; finite, or NaN where an agent with a belief saw nothing. */
  readonly observation: Observation;
  /** Of a box: [A], clamped to its bounds. Of a discrete space: a whole number in [0, n − 1]. */
  readonly action: Action;
  /** Finite; of any scale. */
  readonly reward: number;
  /** [D] what was seen after it, also of a step that ended the episode. */
  readonly nextObservation: Observation;
  /** The world ended: nothing comes after. */
  readonly terminated: boolean;
  /** A time limit: the world would go on, so it counts as no end; the step itself is learned from as any other. */
  readonly truncated: boolean;
}

/**
 * @param where it came from, in words: of the error's message
 * @throws TypeError or RangeError unless the observations, the reward and the flags are of their kinds
 */
export function expectTransition(
  transition: Transition,
  size: number,
  seeing: Seeing = { mayMiss: false },
  where?: string,
): void {
  const { observation, reward, nextObservation } = transition;
  refuse(
    vectorProblem("observation", observation, size, seeing) ??
      vectorProblem("nextObservation", nextObservation, size, seeing) ??
      numberProblem("reward", reward) ??
      endingProblem("terminated", transition) ??
      endingProblem("truncated", transition),
    where,
  );
}
