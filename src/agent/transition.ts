import { shown } from "../core/expect.ts";
import { endingProblem, numberProblem, refuse, type Seeing } from "../core/readings.ts";
import { valueProblem } from "../environments/checkValue.ts";
import type { Action, Observation, Space, Vector } from "../environments/environment.ts";
import { rowOf } from "../environments/flatten.ts";

/** One step of experience, as `learn` and `remember` take it. */
export interface Transition<Seen extends Observation = Observation> {
  /** What was seen before the action; finite, or NaN where an agent with a belief saw nothing. */
  readonly observation: Seen;
  /** Of a box: [A], clamped to its bounds. Of a discrete space a whole number in [0, n − 1], of a multiDiscrete one [G] such. */
  readonly action: Action;
  /** Finite; of any scale. */
  readonly reward: number;
  /** What was seen after it, also of a step that ended the episode. */
  readonly nextObservation: Seen;
  /** The world ended: nothing comes after. */
  readonly terminated: boolean;
  /** A time limit: the world would go on, so it counts as no end; the step itself is learned from as any other. */
  readonly truncated: boolean;
}

/** The transition with rows for its observations. */
export function flattenTransition(space: Space, transition: Transition): Transition<Vector> {
  const observation = rowOf(space, transition.observation);
  return { ...transition, observation, nextObservation: rowOf(space, transition.nextObservation) };
}

const MEMBERS = "{ observation, action, reward, nextObservation, terminated, truncated }";

/**
 * @param where it came from, in words: of the error's message
 * @throws TypeError or RangeError unless the observations, the reward and the flags are of their kinds
 */
export function expectTransition(
  transition: Transition,
  space: Space,
  seeing: Seeing = { mayMiss: false },
  where?: string,
): void {
  if (typeof transition !== "object" || transition === null)
    throw new TypeError(`transition: expected ${MEMBERS}, got ${shown(transition)}`);
  const { observation, reward, nextObservation } = transition;
  refuse(
    valueProblem(space, "observation", observation, seeing) ??
      valueProblem(space, "nextObservation", nextObservation, seeing) ??
      numberProblem("reward", reward) ??
      endingProblem("terminated", transition) ??
      endingProblem("truncated", transition),
    where,
  );
}
