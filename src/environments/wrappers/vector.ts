import { expectInteger, expectOneOf } from "../../core/expect.ts";
import { andThen, isPromise } from "../../core/promises.ts";
import type { Action, Environment, Info, Observation, Space, Start, Step } from "../environment.ts";
import { flatdim, rowOf } from "../flatten.ts";

/** What becomes of a copy whose episode has ended, by Gymnasium's names in camel case. */
export type Autoreset = "nextStep" | "sameStep" | "disabled";

/** What the copies answer to `reset`. */
export interface VectorStart {
  /** [n · D] the observations, copy by copy, as `flatten` makes rows of them; a new array each time. */
  readonly observations: Float64Array;
  /** [n] what each copy tells besides. */
  readonly infos: readonly Info[];
}

/** What the copies answer to `step`. */
export interface VectorStep extends VectorStart {
  /** [n] rewards. */
  readonly rewards: Float64Array;
  /** [n] whether the copy's world ended. */
  readonly terminated: readonly boolean[];
  /** [n] whether the copy's episode was cut short. */
  readonly truncated: readonly boolean[];
}

/** Copies of a world that are stepped at once. */
export interface VectorEnvironment {
  /** Of the observation of one copy. */
  readonly observationSpace: Space;
  /** Of the action of one copy. */
  readonly actionSpace: Space;
  /** [n] the copies themselves. */
  readonly copies: readonly Environment[];
  /** What becomes of a copy whose episode has ended. */
  readonly autoreset: Autoreset;
  /**
   * Begins an episode in each copy, or in those of a mask; the observations of the others stay what they were.
   *
   * @param options `seed`: copy i begins with seed + i, or with seeds of its own, [n]; `mask`: [n] which copies begin. Default: no
   *        seed, all copies
   */
  reset(options?: {
    readonly seed?: number | readonly number[];
    readonly mask?: readonly boolean[];
  }): VectorStart | PromiseLike<VectorStart>;
  /** One step of each copy. @param actions [n] @throws RangeError for another number of actions; Error as `autoreset` says */
  step(actions: readonly Action[]): VectorStep | PromiseLike<VectorStep>;
}

/** What one copy answers, as the vector tells it. */
type Told = Pick<Step, "observation" | "reward" | "terminated" | "truncated"> & { readonly info: Info };

/** The copies as one world, which begins episodes as Gymnasium's vectors do. */
export function vectorOf(copies: readonly Environment[], autoreset: Autoreset): VectorEnvironment {
  expectOneOf("autoreset", autoreset, ["nextStep", "sameStep", "disabled"]);
  const [{ observationSpace, actionSpace }] = copies;
  const D = flatdim(observationSpace);
  const observations = copies.map(() => new Float64Array(D));
  const infos: Info[] = copies.map(() => ({}));
  const isOver = copies.map(() => true);
  const copyOf = (value: Observation) => Float64Array.from(rowOf(observationSpace, value));
  const begin = (i: number, seed: number | undefined): Told | PromiseLike<Told> =>
    andThen(copies[i].reset(seed === undefined ? {} : { seed }), ({ observation, info = {} }: Start) => {
      isOver[i] = false;
      return { observation, reward: 0, terminated: false, truncated: false, info };
    });
  const go = (i: number, action: Action): Told | PromiseLike<Told> => {
    if (isOver[i]) {
      if (autoreset === "nextStep") return begin(i, undefined);
      throw new Error(`step: expected reset() first, got an episode of copy ${i} that has ended`);
    }
    return andThen(copies[i].step(action), ({ info = {}, ...step }: Step) => {
      isOver[i] = step.terminated || step.truncated;
      if (!isOver[i] || autoreset !== "sameStep") return { ...step, info };
      const finalObs = copyOf(step.observation);
      return andThen(begin(i, undefined), (next: Told) => ({
        ...step,
        observation: next.observation,
        info: { ...next.info, finalObs, finalInfo: info },
      }));
    });
  };
  const keep = (told: readonly (Told | undefined)[]): VectorStart => {
    const flat = new Float64Array(copies.length * D);
    for (const [i, answer] of told.entries()) {
      if (answer !== undefined) observations[i] = copyOf(answer.observation);
      if (answer !== undefined) infos[i] = answer.info;
      flat.set(observations[i], i * D);
    }
    return { observations: flat, infos: [...infos] };
  };
  const expectAll = (name: string, { length }: ArrayLike<unknown>) => {
    if (length !== copies.length)
      throw new RangeError(`${name}: expected [${copies.length}], one for each copy, got ${length}`);
  };
  return {
    observationSpace,
    actionSpace,
    copies,
    autoreset,
    reset({ seed, mask } = {}) {
      if (mask !== undefined) expectAll("mask", mask);
      if (typeof seed === "number") expectInteger("seed", seed, 0);
      else if (seed !== undefined) expectAll("seed", seed);
      const seedOf = (i: number) => (typeof seed === "number" ? seed + i : seed?.[i]);
      const told = copies.map((_, i) => ((mask?.[i] ?? true) ? begin(i, seedOf(i)) : undefined));
      return andThen(whole(told), keep);
    },
    step(actions) {
      expectAll("actions", actions);
      const told = copies.map((_, i) => go(i, actions[i]));
      return andThen(whole(told), (answers) => ({
        ...keep(answers),
        rewards: Float64Array.from(answers, ({ reward }) => reward),
        terminated: answers.map(({ terminated }) => terminated),
        truncated: answers.map(({ truncated }) => truncated),
      }));
    },
  };
}

/** All of them, at once where all are known. */
function whole<Value>(values: readonly (Value | PromiseLike<Value>)[]): Value[] | Promise<Value[]> {
  return values.some(isPromise) ? Promise.all(values) : (values as Value[]);
}
