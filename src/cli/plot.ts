import type { CAC } from "cac";
import { curveOf } from "../runs/curve.ts";
import type { CurveGroup } from "../runs/drawing.ts";
import { writeAtomically } from "../runs/files.ts";
import { settingLabels } from "../runs/labels.ts";
import { QUANTITIES, type Quantity, type QuantityName } from "../runs/quantities.ts";
import { pngOf } from "../runs/raster.ts";
import { runFiles } from "../runs/run.ts";
import { type Given, textOption } from "./arguments.ts";
import { type Context, exitCodes } from "./context.ts";
import { type ReadRun, readRuns } from "./readRun.ts";

const OUT = "curve.svg";

/** Adds `plot`: learning curves as an SVG or PNG file. */
export function addPlot(cli: CAC, context: Context): void {
  cli
    .command("plot <...runs>", "Draw the learning curves of run folders as an SVG or PNG file")
    .usage("plot <...runs> [options]")
    .option(
      "--out <file>",
      `File to write, or to replace: .svg, or .png by @resvg/resvg-js (default: ${OUT})`,
    )
    .option("--show <what>", `${Object.keys(QUANTITIES).join(", ")} (default: return)`)
    .option("--title <words>", "Title of the drawing (default: the environment's name)")
    .example((name) => `  $ ${name} plot runs/pendulum-seed* --out pendulum.svg`)
    .action((folders: readonly string[], given: Given) => plotCommand(folders, given, context));
}

async function plotCommand(folders: readonly string[], given: Given, context: Context): Promise<number> {
  const out = textOption(given, "out") ?? OUT;
  if (!/\.(svg|png)$/.test(out))
    throw new RangeError(`--out: expected a name that ends in .svg or .png, got ${out}`);
  const quantity = quantityOf(given);
  const runs = readRuns(folders, context);
  const task = commonTask(runs);
  const title =
    textOption(given, "title") ??
    context.library.environments.find(({ name }) => name === task)?.title ??
    task;
  const groups = groupRuns(runs, quantity);
  expectCurves(groups, runs, quantity);
  const { drawCurves } = await import("../runs/drawing.ts");
  const heading = { title, subtitle: subtitle(runs, groups.length, quantity) };
  const svg = drawCurves(groups, heading, QUANTITIES[quantity].axis);
  writeAtomically(out, out.endsWith(".svg") ? svg : await pngOf(svg));
  context.stdout.write(
    `Drew ${runs.length === 1 ? "1 run" : `${runs.length} runs`} of ${task} into ${out}\n`,
  );
  return exitCodes.done;
}

/** @throws RangeError unless it is one of the quantities */
function quantityOf(given: Given): QuantityName {
  const name = textOption(given, "show") ?? "return";
  const names = Object.keys(QUANTITIES);
  if (!names.includes(name)) throw new RangeError(`--show: expected one of ${names.join(", ")}, got ${name}`);
  return name as QuantityName;
}

function commonTask(runs: readonly ReadRun[]): string {
  const tasks = [...new Set(runs.map(({ config }) => config.task))];
  if (tasks.length > 1)
    throw new RangeError(`plot: expected runs of one environment, got ${tasks.join(" and ")}`);
  return tasks[0];
}

/** A line for each setting, whose runs differ in their seeds only, and each part of the quantity. */
function groupRuns(runs: readonly ReadRun[], quantity: QuantityName): readonly CurveGroup[] {
  const labels = settingLabels(runs.map(({ config }) => config));
  const lines = Object.entries<Line>(QUANTITIES[quantity].lines);
  return [...new Set(labels)].flatMap((label) => {
    const own = runs.filter((_, index) => labels[index] === label);
    return lines.map(([name, read]) => ({
      label: [label, lines.length > 1 ? name : ""].filter((word) => word !== "").join(", "),
      curves: own.map((run) => (quantity === "return" ? run.curve : curveOf(run.episodes, read))),
    }));
  });
}

type Line = Quantity["lines"][string];

/** @throws Error that names the log that says nothing of a quantity */
function expectCurves(groups: readonly CurveGroup[], runs: readonly ReadRun[], quantity: QuantityName): void {
  if (groups.every(({ curves }) => curves.every((curve) => curve.length > 0))) return;
  const lines = Object.values<Line>(QUANTITIES[quantity].lines);
  const silent = runs.find(({ episodes }) => lines.some((read) => curveOf(episodes, read).length === 0));
  const path = runFiles(silent?.folder ?? "").log;
  throw new Error(
    `${path}: expected ${QUANTITIES[quantity].axis}, to be drawn by --show ${quantity}, got none`,
  );
}

function subtitle(runs: readonly ReadRun[], groups: number, quantity: QuantityName): string {
  const { words } = QUANTITIES[quantity];
  if (runs.length === 1) return `${words}, seed ${runs[0].config.seed}`;
  const bold = groups === 1 ? "interquartile mean" : "interquartile means";
  return `${words}: ${runs.length} runs, ${bold} in bold with 95 % intervals`;
}
