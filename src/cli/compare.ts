import type { CAC } from "cac";
import { lastSteps, learningCurve } from "../runs/curve.ts";
import { settingLabels } from "../runs/labels.ts";
import { type Estimate, estimate, improvement } from "../runs/statistics.ts";
import { summarise } from "../runs/summary.ts";
import type { Given } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { amount, count } from "./format.ts";
import { type ReadRun, readRuns } from "./readRun.ts";

/** Adds `compare`: settings beside each other, by the conventions of rliable. */
export function addCompare(cli: CAC, context: Context): void {
  cli
    .command(
      "compare <...runs>",
      "Compare settings by their runs: interquartile means, 95 % intervals, chances of improvement",
    )
    .usage("compare <...runs> [options]")
    .option("--json", "Print one JSON object a row (default: off)")
    .example((name) => `  $ ${name} compare runs/pendulum-seed* runs/indifferent-seed*`)
    .action((folders: readonly string[], given: Given) => compareCommand(folders, given, context));
}

/** Runs of one task and one setting. */
interface Row {
  readonly task: string;
  readonly setting: string;
  readonly runs: number;
  readonly steps: number;
  /** Mean return of the last ten episodes. */
  readonly final: Estimate;
  /** Mean return of all episodes. */
  readonly learning: Estimate;
  /** That a run's final return is higher than one of the task's first setting; undefined for that. */
  readonly improvement: Estimate | undefined;
}

function compareCommand(folders: readonly string[], given: Given, context: Context): number {
  const runs = readRuns(folders, context);
  const rows = rowsOf(runs);
  if (given.json) for (const row of rows) context.stdout.write(`${JSON.stringify(row)}\n`);
  else context.stdout.write(tableOf(rows));
  return exitCodes.done;
}

/** A row for each task and setting, in the order they were given. */
function rowsOf(runs: readonly ReadRun[]): readonly Row[] {
  const tasks = [...new Set(runs.map(({ config }) => config.task))];
  return tasks.flatMap((task) => {
    const own = runs.filter(({ config }) => config.task === task);
    const labels = settingLabels(own.map(({ config }) => config));
    const groups = [...new Set(labels)].map((label) => ({
      label,
      runs: own.filter((_, index) => labels[index] === label),
    }));
    const first = groups[0].runs.map(finalReturn);
    return groups.map(({ label, runs: group }, place) => {
      const finals = group.map(finalReturn);
      return {
        task,
        setting: label === "" ? "as given" : label,
        runs: group.length,
        steps: Math.min(...group.map(({ curve }) => lastSteps(curve))),
        final: estimate([finals]),
        learning: estimate([group.map(meanReturn)]),
        improvement: place === 0 ? undefined : improvement([finals], [first]),
      };
    });
  });
}

function finalReturn({ episodes }: ReadRun): number {
  return summarise(episodes, 0).recentReturn ?? Number.NaN;
}

function meanReturn({ episodes }: ReadRun): number {
  const curve = learningCurve(episodes);
  return curve.reduce((sum, point) => sum + point.return, 0) / curve.length;
}

function tableOf(rows: readonly Row[]): string {
  const interval = ({ value, low, high }: Estimate, show: (value: number) => string) =>
    `${show(value)} [${show(low)}, ${show(high)}]`;
  const share = (value: number) => value.toFixed(2);
  const cells = rows.map((row) => [
    row.task,
    row.setting,
    String(row.runs),
    count(row.steps),
    interval(row.final, amount),
    interval(row.learning, amount),
    row.improvement === undefined ? "–" : interval(row.improvement, share),
  ]);
  const head = [
    "environment",
    "setting",
    "runs",
    "steps",
    "last 10 episodes",
    "all episodes",
    "P(better than first)",
  ];
  const table = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...table.map((line) => line[column].length)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
  return (
    `${lines.join("\n")}\n\n` +
    "Interquartile means of the runs' mean returns, with 95 % intervals by stratified bootstrap.\n"
  );
}
