/**
 * What the built-in worlds share: time limit, seeds, checks of the action, float32 observations. A world is a
 * description and its equations over a plain f64 state; the equations are exported on their own, so that a test
 * can step them from any recorded state. Sines and chance come from the kernels, by argument: the host's `Math`
 * differs between engines.
 */
import { expectBoolean, expectInteger, shown } from "../core/expect.ts";
import type { ScalarMath } from "../core/math.ts";
import type { Random } from "../core/random.ts";
import { expectAction } from "./action.ts";
import type { Box, Discrete, Info, Start, Vector, VectorWorld } from "./environment.ts";

/** A running episode of a world. */
export interface SavedWorld {
  /** In the coordinates of the world's step function. */
  readonly state: readonly number[];
  /** Taken so far. */
  readonly steps: number;
  /** Whether the episode has ended. */
  readonly isOver: boolean;
  /** Of the generator. */
  readonly seed: number;
  /** Numbers drawn from the generator so far. */
  readonly drawn: number;
}

/** A built-in environment, whose true state can be read (to draw it) and set (to begin anywhere). */
export interface World extends VectorWorld {
  readonly actionSpace: Box | Discrete;
  /** The running episode, to be gone on with by {@link World.load}. @throws Error before `reset` */
  save(): SavedWorld;
  /** Goes on from there. @throws TypeError or RangeError when it is no episode of this world */
  load(saved: unknown): void;
  /** A copy of the state, in the coordinates of the world's step function. @throws Error before `reset` */
  state(): readonly number[];
  /** Begins an episode in `state` and answers as `reset` does. @throws RangeError for another size, or a number not finite */
  setState(state: readonly number[]): Start<Vector>;
}

/** What a world is made from. */
export interface WorldTools {
  readonly math: ScalarMath;
  /** The generator that a seed begins, after so many numbers; default 0. */
  readonly random: (seed: number, drawn?: number) => Random;
}

/** What is known of a world before it is made. */
export interface WorldDescription {
  /** The name under which it was published. */
  readonly title: string;
  /** Steps after which an episode is truncated. */
  readonly timeLimit: number;
  /** Of its observations. */
  readonly observationSpace: Box;
  /** Of its actions. */
  readonly actionSpace: Box | Discrete;
}

/** What one step of the equations leads to. */
export interface Outcome {
  readonly state: readonly number[];
  readonly reward: number;
  readonly terminated: boolean;
}

/** The equations of a world with one control: the choice itself, or the one coordinate of its box, unclipped. */
export interface Dynamics {
  /** Numbers in a state. */
  readonly size: number;
  start(random: Random): readonly number[];
  step(state: readonly number[], control: number, random: Random): Outcome;
  observe(state: readonly number[], random: Random): readonly number[];
  info?(state: readonly number[]): Info;
}

/**
 * The environment of a description and its equations.
 *
 * Observations are new float32 arrays. The step that reaches the time limit is `truncated`, unless the world
 * ended on it. `reset({ seed })` begins that seed's generator; `reset()` goes on with the present one, which is
 * that of seed 0 before any seed was given. A step outside an episode is an Error.
 */
export function createWorld(
  { actionSpace, observationSpace, timeLimit }: WorldDescription,
  dynamics: Dynamics,
  generatorOf: WorldTools["random"],
): World {
  let random: Random | undefined;
  let seed = 0;
  let state: readonly number[] | undefined;
  let steps = 0;
  let isOver = true;

  const begin = (generator: Random, first: readonly number[]): Start<Vector> => {
    random = generator;
    state = first;
    steps = 0;
    isOver = false;
    return view(dynamics, first, generator);
  };

  return {
    observationSpace,
    actionSpace,
    save() {
      if (state === undefined || random === undefined)
        throw new Error("save: expected reset() first, got no episode");
      return { state: [...state], steps, isOver, seed, drawn: random.drawn };
    },
    load(saved) {
      const episode = expectSaved(saved, dynamics.size);
      random = generatorOf(episode.seed, episode.drawn);
      state = [...episode.state];
      ({ seed, steps, isOver } = episode);
    },
    reset(options = {}) {
      const generator =
        options.seed === undefined ? (random ?? generatorOf(seed)) : generatorOf(options.seed);
      seed = options.seed ?? seed;
      return begin(generator, dynamics.start(generator));
    },
    step(action) {
      if (random === undefined || state === undefined || isOver)
        throw new Error(
          `step: expected reset() first, got ${state ? "an episode that has ended" : "no episode"}`,
        );
      expectAction(actionSpace, action);
      const outcome = dynamics.step(state, typeof action === "number" ? action : action[0], random);
      const { reward, terminated } = outcome;
      state = outcome.state;
      steps++;
      const truncated = !terminated && steps >= timeLimit;
      isOver = terminated || truncated;
      return { ...view(dynamics, state, random), reward, terminated, truncated };
    },
    state() {
      if (state === undefined) throw new Error("state: expected reset() first, got no episode");
      return [...state];
    },
    setState(first) {
      expectState(first, dynamics.size);
      return begin(random ?? generatorOf(seed), [...first]);
    },
  };
}

function expectState(state: readonly number[], size: number): void {
  if (state.length !== size) throw new RangeError(`state: expected [${size}] numbers, got ${state.length}`);
  state.forEach((value, d) => {
    if (!Number.isFinite(value)) throw new RangeError(`state[${d}]: expected a finite number, got ${value}`);
  });
}

/** @throws TypeError or RangeError when it is no episode of a world with so many numbers in its state */
function expectSaved(saved: unknown, size: number): SavedWorld {
  const { state, steps, isOver, seed, drawn } = (saved ?? {}) as SavedWorld;
  if (!Array.isArray(state))
    throw new TypeError(`saved: expected an episode of this world, got ${shown(saved)}`);
  expectState(state, size);
  for (const [name, count] of Object.entries({ steps, seed, drawn })) expectInteger(name, count, 0);
  expectBoolean("isOver", isOver);
  return { state, steps, isOver, seed, drawn };
}

function view(dynamics: Dynamics, state: readonly number[], random: Random): Start<Vector> {
  return {
    observation: Float32Array.from(dynamics.observe(state, random)),
    info: dynamics.info?.(state) ?? {},
  };
}
