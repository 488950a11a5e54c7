/** Two results of the suite side by side: only seeds that both have count, pair by pair. */

import { interquartileMean } from "../../../src/runs/statistics.ts";
import type { Policy } from "../../../src/types.ts";
import { scoreOf } from "../../worlds/reference.ts";
import type { CompareRequest } from "./request.ts";
import { type Bootstrap, median, type Strata } from "./statistics.ts";
import type { Estimate } from "./summary.ts";
import type { Line } from "./trial.ts";

/** The trial of a world and seed by both. */
export interface Pair {
  readonly before: Line;
  readonly after: Line;
}

/** What is compared: all that both have where it is undefined. */
export type Common = Partial<Pick<CompareRequest, "seeds" | "steps" | "episodes">>;

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

/** The trials of both, in the order of `worlds`, as far as there are two. */
export function pairsOf(
  before: readonly Line[],
  after: readonly Line[],
  worlds: readonly string[],
): readonly Pair[] {
  return worlds.flatMap((world) =>
    before
      .filter((line) => line.world === world)
      .flatMap((line) => {
        const other = after.find((one) => one.world === world && one.seed === line.seed);
        return other === undefined ? [] : [{ before: line, after: other }];
      }),
  );
}

/** Of pairs: every world and step that both have looked at, on the starts that both have played. */
export function compare(pairs: readonly Pair[], common: Common, bootstrap: Bootstrap): Comparison {
  const worlds = [...new Set(pairs.map(({ before }) => before.world))];
  const marks = common.steps ?? [
    ...new Set(pairs.flatMap(({ before }) => before.looks.map(({ steps }) => steps))),
  ];
  const looks = [...marks]
    .sort((a, b) => a - b)
    .flatMap((steps) =>
      POLICIES.map((policy) => {
        const scoresOf = scoresAt(steps, policy, common);
        const strata = worlds.map((world) =>
          pairs.filter(({ before }) => before.world === world).flatMap(scoresOf),
        );
        return { steps, policy, strata };
      }),
    );
  return {
    suite: looks
      .map((look) => ({ ...look, strata: look.strata.filter((own) => own.length > 0) }))
      .filter(({ strata }) => strata.length > 0)
      .map(({ steps, policy, strata }) => ({ steps, policy, ...suiteRow(strata, bootstrap) })),
    worlds: worlds.flatMap((world, i) =>
      looks
        .filter(({ strata }) => strata[i].length > 0)
        .map(({ steps, policy, strata }) => ({ world, steps, policy, ...worldRow(strata[i], bootstrap) })),
    ),
  };
}

/** The scores of a pair at a step; none where one of them has no such look. */
function scoresAt(steps: number, policy: Policy, { seeds = Infinity, episodes }: Common) {
  return ({ before, after }: Pair): readonly Scores[] => {
    if (before.seed > seeds) return [];
    const returns = [before, after].flatMap(({ looks }) => {
      const look = looks.find((one) => one.steps === steps && one.planner.length >= (episodes ?? 1));
      return look === undefined ? [] : [policy === "plan" ? look.planner : look.habit];
    });
    if (returns.length < 2) return [];
    const played = Math.min(...returns.map(({ length }) => length));
    const count = policy === "plan" ? (episodes ?? played) : played;
    const [first, second] = returns.map((own) => scoreOf(before.world, own.slice(0, count)));
    return [[first, second]];
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
