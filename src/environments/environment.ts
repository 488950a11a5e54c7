import { expectArray, shown } from "../core/expect.ts";

/** Gymnasium's interface, in plain objects: https://gymnasium.farama.org/api/env */

/** Vectors with a lower and an upper bound for each coordinate; ±Infinity where there is none. */
export interface Box {
  /** Tells it from a {@link Discrete}. */
  readonly kind: "box";
  /** [D] lower bounds, inclusive. */
  readonly low: readonly number[];
  /** [D] upper bounds, inclusive, none below its lower one. */
  readonly high: readonly number[];
}

/** The whole numbers 0 … n − 1. */
export interface Discrete {
  /** Tells it from a {@link Box}. */
  readonly kind: "discrete";
  /** How many, ≥ 1. */
  readonly n: number;
}

/** Vectors within bounds, or one of n choices: what an environment lets an agent do. */
export type Space = Box | Discrete;

/** What is seen: the coordinates of a vector within a `Box`. */
export type Observation = ArrayLike<number>;

/** A vector within a `Box`, or a whole number of a `Discrete`. */
export type Action = number | ArrayLike<number>;

/** Whatever else an environment wants to tell; the agent does not read it. */
export type Info = Readonly<Record<string, unknown>>;

/** What `reset` answers. */
export interface Start {
  /** [D], of `observationSpace`. */
  readonly observation: Observation;
  /** Not read by the agent. */
  readonly info?: Info;
}

/** What `step` answers. */
export interface Step {
  /** [D], of `observationSpace`; the last one of an episode too. */
  readonly observation: Observation;
  /** Of any scale; finite. */
  readonly reward: number;
  /** The world ended: nothing comes after, so the value of what follows is 0. */
  readonly terminated: boolean;
  /** We stopped looking (a time limit): the world would go on. */
  readonly truncated: boolean;
  /** Not read by the agent. */
  readonly info?: Info;
}

/**
 * A world: anything with the first four members can be learned. `reset` and `step` may answer at once or later (a Promise:
 * a world over a wire).
 *
 * @example
 * const coin: Environment = {
 *   observationSpace: box([-1], [1]),
 *   actionSpace: discrete(2),
 *   reset: () => ({ observation: [0] }),
 *   step: (action) => {
 *     expectAction(discrete(2), action);
 *     return { observation: [0], reward: Number(action), terminated: false, truncated: true };
 *   },
 * };
 * checkEnvironment(coin); // []
 */
export interface Environment {
  /** Of the observations: [D] bounds, in the units of each coordinate. */
  readonly observationSpace: Box;
  /** Of the actions. An agent asks for finite bounds. */
  readonly actionSpace: Space;
  /** Begins an episode; with a seed (a whole number ≥ 0), always the same one; without, the next of its own. */
  reset(options?: { readonly seed?: number }): Start | PromiseLike<Start>;
  /** One step of the world by an action of `actionSpace`. Call `reset` first, and after an episode has ended. */
  step(action: Action): Step | PromiseLike<Step>;
  /**
   * A copy of the running episode, as plain data: numbers, strings, booleans, null, arrays, typed arrays and objects of
   * them. With it and `load` a run goes on where it was saved; without, its episode is replayed.
   */
  save?(): unknown;
  /** Goes on from what `save` of this world, or of another like it, answered: the same actions lead to the same answers. */
  load?(saved: unknown): void;
}

/** A world that answers at once, as the built-in ones do. */
export interface SynchronousEnvironment extends Environment {
  /** As of {@link Environment}. */
  reset(options?: { readonly seed?: number }): Start;
  /** As of {@link Environment}. */
  step(action: Action): Step;
}

/**
 * The vectors of D coordinates x with low[d] ≤ x[d] ≤ high[d].
 *
 * @param low  [D] ≥ 1 bounds; −Infinity where there is none
 * @param high [D] bounds; Infinity where there is none
 * @throws RangeError when the bounds differ in length or cross, or there is none
 *
 * @example
 * box([-1, 0], [1, Infinity]).low.length; // 2
 */
export function box(low: ArrayLike<number>, high: ArrayLike<number>): Box {
  expectArray("low", low);
  expectArray("high", high);
  if (low.length !== high.length || low.length === 0)
    throw new RangeError(
      `high: expected ${low.length || "one or more"} bounds, as low has, got ${high.length}`,
    );
  for (let d = 0; d < low.length; d++)
    if (!(low[d] <= high[d]))
      throw new RangeError(`high[${d}]: expected a bound ≥ low[${d}] = ${low[d]}, got ${shown(high[d])}`);
  return { kind: "box", low: Array.from(low), high: Array.from(high) };
}

/**
 * The space of the whole numbers 0 … n − 1.
 *
 * @throws RangeError unless n is a whole number ≥ 1
 *
 * @example
 * discrete(2).n; // 2
 */
export function discrete(n: number): Discrete {
  if (!(Number.isInteger(n) && n >= 1))
    throw new RangeError(`n: expected a whole number ≥ 1, got ${shown(n)}`);
  return { kind: "discrete", n };
}
