/** Two results of the suite side by side: only seeds that both have count, pair by pair. */
import type { Policy } from "../../../src/types.ts";
import { type Bootstrap, interquartileMean, median, type Strata } from "./statistics.ts";
import { type Estimate, scoreIn } from "./summary.ts";
import type { Line } from "./trial.ts";

/** A world and seed that both have. */
export interface Pair {
  readonly before: Line;
  readonly after: Line;
}

/** A world after so many steps, by both: scores, their median difference, how many seeds are better and worse. */
export interface PairedRow {
  readonly world: string;
  readonly steps: number;
  readonly policy: Policy;
  readonly seeds: number;
  readonly before: number;
  readonly after: number;
  /** The median over the seeds of after less before. */
  readonly difference: Estimate;
  readonly wins: number;
  readonly losses: number;
}

/** All worlds after so many steps, by both: interquartile means of the scores. */
export interface PairedSuiteRow {
  readonly steps: number;
  readonly policy: Policy;
  readonly worlds: number;
  readonly pairs: number;
  readonly before: number;
  readonly after: number;
  /** Of the two means; seeds are drawn in pairs. */
  readonly difference: Estimate;
}

export interface Comparison {
  readonly suite: readonly PairedSuiteRow[];
  readonly worlds: readonly PairedRow[];
}

const POLICIES = ["plan", "habit"] as const;

/** Of the pairs of each world, in the order of `worlds`, at each of `steps`. */
export function compare(
  pairs: readonly Pair[],
  worlds: readonly string[],
  steps: readonly number[],
  bootstrap: Bootstrap,
): Comparison {
  const strata = worlds
    .map((world) => pairs.filter(({ before }) => before.world === world))
    .filter((own) => own.length > 0);
  if (strata.length === 0) return { suite: [], worlds: [] };
  const at = (mark: number, policy: Policy) =>
    strata.map((own) =>
      own.map(({ before, after }): Scores => [scoreIn(before, mark, policy), scoreIn(after, mark, policy)]),
    );
  const looks = steps.flatMap((mark) =>
    POLICIES.map((policy) => ({ mark, policy, scores: at(mark, policy) })),
  );
  return {
    suite: looks.map(({ mark, policy, scores }) => ({
      steps: mark,
      policy,
      ...suiteRow(scores, bootstrap),
    })),
    worlds: strata.flatMap((own, i) =>
      looks.map(({ mark, policy, scores }) => ({
        world: own[0].before.world,
        steps: mark,
        policy,
        ...worldRow(scores[i], bootstrap),
      })),
    ),
  };
}

type Scores = readonly [before: number, after: number];

function suiteRow(scores: Strata<Scores>, { interval }: Bootstrap) {
  const meanOf = (side: 0 | 1) => (values: Strata<Scores>) =>
    interquartileMean(values.map((own) => own.map((pair) => pair[side])));
  const difference = (values: Strata<Scores>) => meanOf(1)(values) - meanOf(0)(values);
  return {
    worlds: scores.length,
    pairs: scores.flat().length,
    before: meanOf(0)(scores),
    after: meanOf(1)(scores),
    difference: { value: difference(scores), interval: interval(scores, difference) },
  };
}

function worldRow(scores: readonly Scores[], { interval }: Bootstrap) {
  const differences = scores.map(([before, after]) => after - before);
  return {
    seeds: scores.length,
    before: median([scores.map(([before]) => before)]),
    after: median([scores.map(([, after]) => after)]),
    difference: { value: median([differences]), interval: interval([differences], median) },
    wins: differences.filter((difference) => difference > 0).length,
    losses: differences.filter((difference) => difference < 0).length,
  };
}
