import { shown } from "../core/expect.ts";
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

/** What an observation may hold. */
export interface Seeing {
  /** Whether NaN tells that nothing was seen. */
  readonly mayMiss: boolean;
}

/** @throws TypeError or RangeError unless the observations, the reward and the ending are of their kinds */
export function expectTransition(
  { observation, reward, nextObservation, terminated }: Transition,
  size: number,
  seeing: Seeing = { mayMiss: false },
): void {
  expectObservation("observation", observation, size, seeing);
  expectObservation("nextObservation", nextObservation, size, seeing);
  if (!Number.isFinite(reward))
    throw new RangeError(`reward: expected a finite number, got ${shown(reward)}`);
  if (typeof terminated !== "boolean")
    throw new TypeError(`terminated: expected true or false, got ${String(terminated)}`);
}

/** @throws TypeError or RangeError unless it holds `size` numbers, finite or, where it may miss some, NaN */
export function expectObservation(
  name: string,
  observation: Observation,
  size: number,
  { mayMiss }: Seeing = { mayMiss: false },
): void {
  if (observation?.length !== size)
    throw new TypeError(
      `${name}: expected ${size} numbers, got ${observation?.length ?? String(observation)}`,
    );
  const wanted = mayMiss ? "a finite number or NaN" : "a finite number";
  for (let d = 0; d < size; d++)
    if (!(Number.isFinite(observation[d]) || (mayMiss && Number.isNaN(observation[d]))))
      throw new RangeError(`${name}[${d}]: expected ${wanted}, got ${shown(observation[d])}`);
}
