import type { CAC } from "cac";
import type { CurveGroup } from "../runs/drawing.ts";
import { writeAtomically } from "../runs/files.ts";
import { settingLabels } from "../runs/labels.ts";
import { type Given, textOption } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { type ReadRun, readRun } from "./readRun.ts";

const OUT = "curve.svg";

/** Adds `plot`: learning curves as an SVG file. */
export function addPlot(cli: CAC, context: Context): void {
  cli
    .command("plot <...runs>", "Draw the learning curves of run folders as an SVG file")
    .usage("plot <...runs> [options]")
    .option("--out <file>", `SVG file to write, or to replace (default: ${OUT})`)
    .option("--title <words>", "Title of the drawing (default: the environment's name)")
    .example((name) => `  $ ${name} plot runs/pendulum-seed* --out pendulum.svg`)
    .action((folders: readonly string[], given: Given) => plotCommand(folders, given, context));
}

async function plotCommand(folders: readonly string[], given: Given, context: Context): Promise<number> {
  const out = textOption(given, "out") ?? OUT;
  if (!out.endsWith(".svg")) throw new RangeError(`--out: expected a name that ends in .svg, got ${out}`);
  const runs = folders.map((folder) => readRun(folder, context));
  const task = commonTask(runs);
  const title =
    textOption(given, "title") ??
    context.library.environments.find(({ name }) => name === task)?.title ??
    task;
  const groups = groupRuns(runs);
  const { drawCurves } = await import("../runs/drawing.ts");
  writeAtomically(out, drawCurves(groups, { title, subtitle: subtitle(runs, groups.length) }));
  context.stdout.write(
    `Drew ${runs.length === 1 ? "1 run" : `${runs.length} runs`} of ${task} into ${out}\n`,
  );
  return exitCodes.done;
}

function commonTask(runs: readonly ReadRun[]): string {
  const tasks = [...new Set(runs.map(({ config }) => config.task))];
  if (tasks.length > 1)
    throw new RangeError(`plot: expected runs of one environment, got ${tasks.join(" and ")}`);
  return tasks[0];
}

/** Runs that differ in their seeds only, together. */
function groupRuns(runs: readonly ReadRun[]): readonly CurveGroup[] {
  const labels = settingLabels(runs.map(({ config }) => config));
  return [...new Set(labels)].map((label) => ({
    label,
    curves: runs.filter((_, index) => labels[index] === label).map(({ curve }) => curve),
  }));
}

function subtitle(runs: readonly ReadRun[], groups: number): string {
  if (runs.length === 1) return `Return while learning, seed ${runs[0].config.seed}`;
  const median = groups === 1 ? "their median in bold" : "the median of each setting in bold";
  return `Return while learning: ${runs.length} runs, ${median}`;
}
