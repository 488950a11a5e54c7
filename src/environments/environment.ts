/** Gymnasium's interface, in plain objects: https://gymnasium.farama.org/api/env */
import type { ActionMask } from "./mask.ts";
import type { ActionOf, Box, Observation, Space, Vector } from "./spaces.ts";

export {
  type Action,
  type ActionOf,
  type ActionSpace,
  type Box,
  box,
  type Discrete,
  discrete,
  type Observation,
  type Space,
  type Vector,
} from "./spaces.ts";

/** Anything else that an environment reports; an agent reads only `actionMask`. */
export interface Info {
  /** Which actions the next step may take; left out: all. */
  readonly actionMask?: ActionMask | undefined;
  readonly [name: string]: unknown;
}

/** What `reset` returns. */
export interface Start<Seen extends Observation = Observation> {
  /** Of `observationSpace`. */
  readonly observation: Seen;
  /** `actionMask` is read by the agent. */
  readonly info?: Info;
}

/** What `step` returns. */
export interface Step<Seen extends Observation = Observation> {
  /** Of `observationSpace`; the last one of an episode too. */
  readonly observation: Seen;
  /** Of any scale; finite. */
  readonly reward: number;
  /** The episode has reached an end: no reward can follow, so the value of what follows is 0. */
  readonly terminated: boolean;
  /** The episode was cut short, by a time limit for example: rewards could have followed. */
  readonly truncated: boolean;
  /** `actionMask` is read by the agent. */
  readonly info?: Info;
}

/**
 * An environment, also called a world: any object with the first four members. `reset` and `step` may return promises, for
 * a world over a network.
 *
 * TypeScript knows the actions by the space: of an `Environment<Discrete>` an action is a number, of an `Environment<Box>` a Float32Array. A second
 * parameter says what observations are, for a loop of your own that reads them: `Environment<Discrete, number[]>`.
 *
 * @example
 * const coin: Environment<Discrete> = {
 *   observationSpace: box([-1], [1]),
 *   actionSpace: discrete(2),
 *   reset: () => ({ observation: [0] }),
 *   step: (action) => ({ observation: [1], reward: action, terminated: false, truncated: true }),
 * };
 * checkEnvironment(coin); // []
 */
export interface Environment<A extends Space = Space, Seen extends Observation = Observation> {
  /** Of the observations. */
  readonly observationSpace: Space;
  /** Of the actions: a box of finite bounds, a discrete or a multiDiscrete space. */
  readonly actionSpace: A;
  /** Begins an episode. The same seed (an integer ≥ 0) always begins the same episode; without one, the world chooses. */
  reset(options?: { readonly seed?: number }): Start<Seen> | PromiseLike<Start<Seen>>;
  /** One step of the world by an action of `actionSpace`. Call `reset` first, and after an episode has ended. */
  step(action: ActionOf<A>): Step<Seen> | PromiseLike<Step<Seen>>;
  /**
   * A copy of the running episode as plain data: numbers, strings, booleans, null, arrays, typed arrays and objects of
   * them. With `save` and `load` a resumed run continues where it was saved; without them, its episode is replayed.
   */
  save?(): unknown;
  /** Restores what `save` returned, of this world or of an equal one: the same actions then have the same results. */
  load?(saved: unknown): void;
}

/** An environment without promises, as the built-in ones are. */
export interface SynchronousEnvironment<A extends Space = Space, Seen extends Observation = Observation>
  extends Environment<A, Seen> {
  /** As of {@link Environment}. */
  reset(options?: { readonly seed?: number }): Start<Seen>;
  /** As of {@link Environment}. */
  step(action: ActionOf<A>): Step<Seen>;
}

/** A world whose observations are vectors. */
export interface VectorWorld extends SynchronousEnvironment<Space, Vector> {
  readonly observationSpace: Box;
}
