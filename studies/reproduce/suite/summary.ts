/** What the trials of the suite come to: by world, and all together. */

import { interquartileMean } from "../../../src/runs/statistics.ts";
import type { Policy } from "../../../src/types.ts";
import { scoreOf } from "../../worlds/reference.ts";
import { meanOf } from "../../worlds/world.ts";
import { quantile } from "../table.ts";
import { type Bootstrap, median, type Strata } from "./statistics.ts";
import type { Line, Look } from "./trial.ts";

/** A statistic with its interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** A world after so many steps. */
export interface WorldRow {
  readonly world: string;
  readonly steps: number;
  readonly seeds: number;
  /** Medians over the seeds of each seed's mean return on the starts. */
  readonly plannerReturn: Estimate;
  readonly plannerScore: Estimate;
  readonly habitReturn: Estimate;
  readonly habitScore: Estimate;
  /** The return of the habit's worst episode: the median over the seeds, and the lowest. */
  readonly habitWorst: readonly [median: number, lowest: number];
}

/** What learning in a world takes. */
export interface CostRow {
  readonly world: string;
  readonly seeds: number;
  /** The median step of the first goal; Infinity where half of the seeds or more found none. */
  readonly firstGoal: number;
  readonly found: number;
  /** Medians over the seeds; of all steps to the last look, without the looks. */
  readonly cpuSecondsAStep: number;
  readonly wallSecondsAStep: number;
}

/** All worlds after so many steps. */
export interface SuiteRow {
  readonly steps: number;
  readonly policy: Policy;
  readonly worlds: number;
  readonly trials: number;
  /** Of the scores: their interquartile mean. */
  readonly score: Estimate;
  /** The world with the lowest median score. */
  readonly worst: { readonly world: string; readonly median: number };
}

export interface Summary {
  readonly suite: readonly SuiteRow[];
  readonly worlds: readonly WorldRow[];
  readonly costs: readonly CostRow[];
}

/** Of the lines of each world, in the order of `worlds`, at each of `steps`; worlds without a line are left out. */
export function summarise(
  lines: readonly Line[],
  worlds: readonly string[],
  steps: readonly number[],
  bootstrap: Bootstrap,
): Summary {
  const byWorld = worlds.map((world) => lines.filter((line) => line.world === world));
  const strata = byWorld.filter((own) => own.length > 0);
  if (strata.length === 0) return { suite: [], worlds: [], costs: [] };
  return {
    suite: steps.flatMap((mark) =>
      (["plan", "habit"] as const).map((policy) => suiteRow(strata, mark, policy, bootstrap)),
    ),
    worlds: strata.flatMap((own) => steps.map((mark) => worldRow(own, mark, bootstrap))),
    costs: strata.map(costRow),
  };
}

/** The returns of a policy in a line's look. */
export function returnsOf(line: Line, steps: number, policy: Policy): readonly number[] {
  const { planner, habit } = lookOf(line, steps);
  return policy === "plan" ? planner : habit;
}

/** The score of a policy in a line's look. */
export function scoreIn(line: Line, steps: number, policy: Policy): number {
  return scoreOf(line.world, returnsOf(line, steps, policy));
}

export function lookOf({ looks, world, seed }: Line, steps: number): Look {
  const look = looks.find((one) => one.steps === steps);
  if (look === undefined)
    throw new RangeError(`steps: expected a look of ${world}, seed ${seed}, got ${steps}`);
  return look;
}

function suiteRow(strata: Strata<Line>, steps: number, policy: Policy, { interval }: Bootstrap): SuiteRow {
  const scores = strata.map((own) => own.map((line) => scoreIn(line, steps, policy)));
  const medians = scores.map((own, i) => ({ world: strata[i][0].world, median: quantile(own, 0.5) }));
  const [worst] = medians.sort((a, b) => a.median - b.median);
  return {
    steps,
    policy,
    worlds: strata.length,
    trials: scores.flat().length,
    score: { value: interquartileMean(scores), interval: interval(scores, interquartileMean) },
    worst,
  };
}

function worldRow(own: readonly Line[], steps: number, { interval }: Bootstrap): WorldRow {
  const estimate = (of: (line: Line) => number): Estimate => {
    const values = [own.map(of)];
    return { value: median(values), interval: interval(values, median) };
  };
  const worst = own.map((line) => Math.min(...lookOf(line, steps).habit));
  return {
    world: own[0].world,
    steps,
    seeds: own.length,
    plannerReturn: estimate((line) => meanOf(returnsOf(line, steps, "plan"))),
    plannerScore: estimate((line) => scoreIn(line, steps, "plan")),
    habitReturn: estimate((line) => meanOf(returnsOf(line, steps, "habit"))),
    habitScore: estimate((line) => scoreIn(line, steps, "habit")),
    habitWorst: [quantile(worst, 0.5), Math.min(...worst)],
  };
}

function costRow(own: readonly Line[]): CostRow {
  const last = own.map(({ looks }) => looks[looks.length - 1]);
  const goals = own.map(({ firstGoal }) => firstGoal ?? Number.POSITIVE_INFINITY);
  const aStep = (of: (look: Look) => number) =>
    quantile(
      last.map((look) => of(look) / look.steps),
      0.5,
    );
  return {
    world: own[0].world,
    seeds: own.length,
    firstGoal: quantile(goals, 0.5),
    found: goals.filter(Number.isFinite).length,
    cpuSecondsAStep: aStep(({ cpuSeconds }) => cpuSeconds),
    wallSecondsAStep: aStep(({ wallSeconds }) => wallSeconds),
  };
}
