import type { Draw } from "../../core/draw.ts";
import { expectInteger } from "../../core/expect.ts";
import type { ScalarMath } from "../../core/math.ts";
import { refuse } from "../../core/readings.ts";
import { spaceProblems } from "../../environments/checkSpaces.ts";
import type { Space } from "../../environments/environment.ts";

/** What functions of a model draw and compute with: the same bits on every engine. */
export interface Tools extends Draw, ScalarMath {}

/**
 * A batch of steps, all of them independent. Row d of an array [D, count] begins at `d * count`. The arrays belong to the caller,
 * who uses them again: none may be kept.
 */
export interface Batch {
  /** Steps in the batch, a multiple of 4. */
  readonly count: number;
  /** [S, count] where the steps begin. */
  readonly states: Float32Array;
  /** [A, count] in the units of the action space; an index where it is discrete. */
  readonly actions: Float32Array;
  /** [S, count] where they lead. */
  readonly next: Float32Array;
  /** [count] of any unit. */
  readonly rewards: Float32Array;
  /** [count] probability that the step ends the world; zeros before `step` is called. */
  readonly endings: Float32Array;
}

/**
 * A known world as plain functions: one object that filters, planners and `checkModel` take. States, actions and observations are
 * each discrete or continuous.
 *
 *   z_1 ∼ p(z),   z', r, end ∼ p(· | z, a),   x ∼ p(x | z', a)
 *
 * Every function is called with an entire batch, and writes all of the arrays that it is to write. What is drawn comes from
 * `tools`, so that the same seed gives the same numbers.
 *
 * @example
 * // a walker on a line who sees well at 10 alone, and is to stop at 0
 * import { box, discrete } from "generative-agent";
 * const blur = (z: number) => Math.abs(z - 10) + 1e-4;
 * const beacon: Model = {
 *   observationSpace: box([-Infinity], [Infinity]),
 *   actionSpace: discrete(3),
 *   stateSize: 1,
 *   initial(states, count, { normal }) {
 *     normal(states);
 *     for (let n = 0; n < count; n++) states[n] = 2 + 3 * states[n];
 *   },
 *   step({ count, states, actions, next, rewards, endings }) {
 *     for (let n = 0; n < count; n++) {
 *       const isStop = actions[n] === 1;
 *       next[n] = states[n] + actions[n] - 1;
 *       rewards[n] = isStop ? (Math.abs(states[n]) < 1 ? 100 : -100) : 0;
 *       endings[n] = Number(isStop);
 *     }
 *   },
 *   observe(observations, { count, next }, { normal }) {
 *     normal(observations);
 *     for (let n = 0; n < count; n++) observations[n] = next[n] + blur(next[n]) * observations[n];
 *   },
 *   logDensity(out, observations, { count, next }, { log }) {
 *     for (let n = 0; n < count; n++) {
 *       const z = (observations[n] - next[n]) / blur(next[n]);
 *       out[n] = -0.5 * z * z - log(blur(next[n])) - 0.9189385332046727;
 *     }
 *   },
 * };
 * beacon.stateSize; // 1
 */
export interface Model {
  /** What is seen: a box, of any bounds, or a discrete space. */
  readonly observationSpace: Space;
  /** What can be done: a box of finite bounds, or a discrete space. */
  readonly actionSpace: Space;
  /** S, rows of a state. */
  readonly stateSize: number;
  /** Writes [S, count] states at the start of an episode. */
  initial(states: Float32Array, count: number, tools: Tools): void;
  /** Reads `states` and `actions`; writes `next`, `rewards` and, where steps may end the world, `endings`. */
  step(batch: Batch, tools: Tools): void;
  /** Writes [X, count] what is seen of `next`. Left out: the state itself is seen. */
  observe?(observations: Float32Array, batch: Batch, tools: Tools): void;
  /**
   * Writes [count] log p(x | next, action) of [X, count] observations, in nats: a density where they are continuous, else a
   * probability. Needed where there is `observe`.
   */
  logDensity?(out: Float32Array, observations: Float32Array, batch: Batch, tools: Tools): void;
  /** Writes [count] what `next` is worth at the horizon of a plan. Left out: nothing. */
  value?(out: Float32Array, batch: Batch, tools: Tools): void;
  /**
   * Writes [F, count] what beliefs are summed up by: plans read the mean and the deviation of each row over a belief. Left out: the
   * state.
   */
  readonly features?: {
    /** F. */
    readonly size: number;
    /** Of [S, count] states. */
    write(out: Float32Array, states: Float32Array, count: number): void;
  };
}

/** Sizes of a model, and how its actions and observations are counted. */
export interface ModelShape {
  /** S. */
  readonly stateSize: number;
  /** Rows of an action: 1 for an index. */
  readonly actionSize: number;
  /** How many discrete actions there are; 0 where they are continuous. */
  readonly choices: number;
  /** [A] bounds of continuous actions. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** X: rows of an observation, 1 for an index, S where states are seen. */
  readonly observationSize: number;
  /** How many discrete observations there are; 0 where they are continuous. */
  readonly symbols: number;
  /** Whether the state itself is seen. */
  readonly isSeen: boolean;
}

/** Whether it has the functions of a {@link Model}. */
export function isFunctions(model: object | null | undefined): model is Model {
  const { initial, step } = (model ?? {}) as Partial<Model>;
  return typeof initial === "function" && typeof step === "function";
}

/**
 * The sizes of a model, checked.
 *
 * @throws TypeError when a member is missing or of another kind
 * @throws RangeError when a size is none, or a space is not one that models have
 */
export function shapeOf(model: Model): ModelShape {
  for (const name of ["initial", "step"] as const)
    if (typeof model?.[name] !== "function")
      throw new TypeError(`model.${name}: expected a function, got ${typeof model?.[name]}`);
  expectInteger("model.stateSize", model.stateSize, 1);
  refuse(spaceProblems(model)[0]);
  const { observationSpace: seen, actionSpace: acted, stateSize } = model;
  if (seen.kind !== "box" && seen.kind !== "discrete")
    throw new TypeError(`model.observationSpace: expected a box or a discrete space, got ${seen.kind}`);
  if (acted.kind !== "box" && acted.kind !== "discrete")
    throw new TypeError(`model.actionSpace: expected a box or a discrete space, got ${acted.kind}`);
  const isSeen = model.observe === undefined;
  if (isSeen !== (model.logDensity === undefined))
    throw new TypeError(
      `model.${isSeen ? "observe" : "logDensity"}: expected a function beside ${isSeen ? "logDensity" : "observe"}, got none`,
    );
  const observationSize = seen.kind === "box" ? seen.low.length : 1;
  if (isSeen && observationSize !== stateSize)
    throw new RangeError(
      `model.observationSpace: expected [${stateSize}] values, for without observe the state is seen, got [${observationSize}]`,
    );
  return {
    ...{ stateSize, observationSize, isSeen },
    actionSize: acted.kind === "box" ? acted.low.length : 1,
    choices: acted.kind === "box" ? 0 : acted.n,
    low: acted.kind === "box" ? acted.low : [],
    high: acted.kind === "box" ? acted.high : [],
    symbols: seen.kind === "box" ? 0 : seen.n,
  };
}
