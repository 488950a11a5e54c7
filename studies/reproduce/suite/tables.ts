/** The suite's figures as Markdown. */
import { type Reference, references } from "../../worlds/reference.ts";
import { aligned, figure } from "../table.ts";
import type { Comparison } from "./compare.ts";
import type { Estimate, Summary } from "./summary.ts";

/** Three tables: the suite, its worlds, and what the worlds are measured by and take. */
export function summaryTables({ suite, worlds, costs }: Summary): string {
  const whole = suite.map(({ steps, policy, score, worst, worlds, trials }) => [
    NAMES[policy],
    worst.world,
    figure(steps),
    score2(score.value),
    interval(score, score2),
    score2(worst.median),
    String(worlds),
    String(trials),
  ]);
  const each = worlds.map((row) => [
    row.world,
    figure(row.steps),
    figure(row.plannerReturn.value),
    interval(row.plannerReturn, figure),
    score2(row.plannerScore.value),
    interval(row.plannerScore, score2),
    figure(row.habitReturn.value),
    score2(row.habitScore.value),
    interval(row.habitScore, score2),
    row.habitWorst.map(figure).join("; "),
    String(row.seeds),
  ]);
  const cost = costs.map((row) => [
    row.world,
    references[row.world].source,
    figure(meanOfReference(references[row.world])),
    figure(references[row.world].random),
    figure(row.firstGoal),
    `${row.found} of ${row.seeds}`,
    figure(1000 * row.cpuSecondsAStep),
    figure(1000 * row.wallSecondsAStep),
  ]);
  return [aligned(SUITE, whole, 2), aligned(WORLDS, each, 1), aligned(COSTS, cost, 2)].join("\n\n");
}

const NAMES = { plan: "planner", habit: "habit" } as const;
const SUITE = ["policy", "worst world", "steps", "IQM of scores", "95 %", "worst median", "worlds", "trials"];
const WORLDS = [
  "world",
  "steps",
  "planner return",
  "95 %",
  "score",
  "95 %",
  "habit return",
  "score",
  "95 %",
  "worst habit episode: median; lowest",
  "seeds",
];
const COSTS = [
  "world",
  "reference",
  "its return",
  "random",
  "first goal",
  "found",
  "CPU, ms a step",
  "wall, ms a step",
];

/** Two tables: the suite by both, and its worlds. */
export function comparisonTables({ suite, worlds }: Comparison): string {
  const whole = suite.map((row) => [
    NAMES[row.policy],
    figure(row.steps),
    score2(row.before),
    score2(row.after),
    score2(row.difference.value),
    interval(row.difference, score2),
    String(row.worlds),
    String(row.pairs),
  ]);
  const each = worlds.map((row) => [
    row.world,
    NAMES[row.policy],
    figure(row.steps),
    score2(row.before),
    score2(row.after),
    score2(row.difference.value),
    interval(row.difference, score2),
    `${row.wins}–${row.losses}`,
    String(row.seeds),
  ]);
  return [
    aligned(["policy", "steps", "IQM of A", "IQM of B", "B − A", "95 %", "worlds", "pairs"], whole, 1),
    aligned(["world", "policy", "steps", "A", "B", "B − A", "95 %", "wins–losses", "seeds"], each, 2),
  ].join("\n\n");
}

function meanOfReference({ means, source }: Reference): number {
  return means[source] ?? Number.NaN;
}

function interval({ interval: [low, high] }: Estimate, show: (value: number) => string): string {
  return `${show(low)} … ${show(high)}`;
}

/** A score to two places. */
function score2(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace("-", "−") : figure(value);
}
