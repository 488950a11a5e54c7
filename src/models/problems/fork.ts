import { tabularModel } from "../tabular.ts";
import type { Problem } from "./problem.ts";

/**
 * The actions of {@link fork}, by their index.
 *
 * @example
 * FORK_ACTIONS[1]; // "random branch"
 */
export const FORK_ACTIONS = ["steady branch", "random branch"] as const;

/** Two branches of one step: what the random one does at random, and how well each is seen. */
export interface Fork {
  /** [P] the random branch's probabilities of its places, which sum to one. */
  readonly places: readonly number[];
  /** [P] rewards of those places. Default: that of the steady branch. */
  readonly rewards?: readonly number[];
  /** Probability that a place of the random branch is seen as it is; else any of them is seen; in [0, 1]. Default 1. */
  readonly clarity?: number;
  /** Reward of the steady branch. Default 0. */
  readonly steady?: number;
}

/**
 * A fork: one branch leads to one place, the other to one of several by chance. With clear sight the random branch's
 * observation tells which; with none it is noise of the sensor alone, and tells nothing.
 *
 * States: at the fork, on the steady branch, then the places; observations in the same way.
 *
 * @example
 * fork({ places: [0.5, 0.5], rewards: [-1, 1] }).tables.transition[0][1]; // [0, 0, 0.5, 0.5]
 */
export function fork({ places, steady = 0, rewards = places.map(() => steady), clarity = 1 }: Fork): Problem {
  const S = places.length + 2;
  const only = (k: number) => Array.from({ length: S }, (_, i) => Number(i === k));
  const anywhere = [0, 0, ...places];
  const seen = (k: number) =>
    k < 2 ? only(k) : only(k).map((here, i) => (i < 2 ? 0 : clarity * here + (1 - clarity) / places.length));
  const sight = only(0).map((_, k) => seen(k));
  const gains = [0, steady, ...rewards];
  return tabularModel({
    transition: sight.map((_, s) => (s === 0 ? [only(1), anywhere] : [only(s), only(s)])),
    reward: sight.map((_, s) => (s === 0 ? [gains, gains] : [0, 0])),
    observation: [sight, sight],
    initial: only(0),
  });
}
