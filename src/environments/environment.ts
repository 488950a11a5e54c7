/** Gymnasium's interface, in plain objects: https://gymnasium.farama.org/api/env */

/** Vectors with a lower and an upper bound for each coordinate; ±Infinity where there is none. */
export interface Box {
  readonly kind: "box";
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The whole numbers 0 … n − 1. */
export interface Discrete {
  readonly kind: "discrete";
  readonly n: number;
}

/** What an environment lets an agent do: a vector within bounds, or one of n actions. */
export type ActionSpace = Box | Discrete;

/** A vector within a `Box`, or a whole number of a `Discrete`. */
export type Action = number | ArrayLike<number>;

/** Whatever else an environment wants to tell; the agent does not read it. */
export type Info = Readonly<Record<string, unknown>>;

/** What `reset` answers. */
export interface Start {
  readonly observation: ArrayLike<number>;
  readonly info?: Info;
}

/** What `step` answers. */
export interface Step {
  /** [D], of `observationSpace`; the last one of an episode too. */
  readonly observation: ArrayLike<number>;
  /** Of any scale; finite. */
  readonly reward: number;
  /** The world ended: nothing comes after, so the value of what follows is 0. */
  readonly terminated: boolean;
  /** We stopped looking (a time limit): the world would go on. */
  readonly truncated: boolean;
  readonly info?: Info;
}

/**
 * A world: anything with these four members can be learned.
 *
 * @example
 * const environment = {
 *   observationSpace: box([-1], [1]),
 *   actionSpace: discrete(2),
 *   reset: () => ({ observation: [0] }),
 *   step: (action) => ({ observation: [0], reward: action, terminated: false, truncated: true }),
 * };
 */
export interface Environment {
  readonly observationSpace: Box;
  readonly actionSpace: ActionSpace;
  /** Begins an episode; with a seed (a whole number ≥ 0), always the same one; without, the next of its own. */
  reset(options?: { readonly seed?: number }): Start;
  /** One step of the world by an action of `actionSpace`. Call `reset` first, and after an episode has ended. */
  step(action: Action): Step;
}

/** A box with the given bounds. @throws RangeError when the bounds differ in length or cross */
export function box(low: readonly number[], high: readonly number[]): Box {
  if (low.length !== high.length || low.length === 0)
    throw new RangeError(
      `high: expected ${low.length || "one or more"} bounds, as low has, got ${high.length}`,
    );
  low.forEach((bound, d) => {
    if (!(bound <= high[d]))
      throw new RangeError(`high[${d}]: expected a bound ≥ low[${d}] = ${bound}, got ${high[d]}`);
  });
  return { kind: "box", low, high };
}

/** The space of n actions. @throws RangeError unless n is a whole number ≥ 1 */
export function discrete(n: number): Discrete {
  if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`n: expected a whole number ≥ 1, got ${n}`);
  return { kind: "discrete", n };
}
