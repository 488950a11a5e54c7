import type { EpisodeReport } from "../loop/report.ts";
import type { RunConfig } from "../runs/config.ts";
import { learningCurve } from "../runs/curve.ts";
import type { Summary } from "../runs/summary.ts";
import type { Context } from "./context.ts";
import { amount, commands, count, counted, duration, figures, rows, shellWord } from "./format.ts";
import { terminalCurve } from "./terminalCurve.ts";

/** A training that is over. */
export interface Trained {
  readonly folder: string;
  readonly config: RunConfig;
  readonly episodes: readonly EpisodeReport[];
  readonly summary: Summary;
  readonly isInterrupted: boolean;
}

/** Prints the learning curve, the figures of a training, what was kept and what to try next. */
export function printTraining(trained: Trained, { stdout, program }: Context): void {
  const { folder, config, episodes, summary, isInterrupted } = trained;
  const curve = terminalCurve(learningCurve(episodes), stdout);
  if (curve !== "") (stdout.raw ?? stdout).write(`\n${curve}`);
  stdout.write(`\n${rows(figureRows(summary))}`);
  stdout.write(
    isInterrupted
      ? `\nStopped after ${count(summary.steps)} of ${count(config.steps)} steps; what was learned is kept in ${folder}\n`
      : `\nKept in ${folder}\n`,
  );
  stdout.write(`\nNext:\n${nextCommands(program, shellWord(folder))}`);
}

function figureRows(summary: Summary): readonly (readonly [string, string])[] {
  const { episodes, steps, seconds, stepsPerSecond, bestReturn, modelError } = summary;
  return [
    ["learned from", `${counted(episodes, "episode")}, ${counted(steps, "step")}`],
    ["took", `${duration(seconds)}, ${count(stepsPerSecond)} steps/s`],
    [`mean return of the last ${summary.recentEpisodes}`, amount(summary.recentReturn)],
    ["best return", amount(bestReturn)],
    ["model error", `${figures(modelError)} standard deviations`],
  ];
}

function nextCommands(program: string, folder: string): string {
  return commands([
    [`${program} evaluate ${folder}`, "act by planning"],
    [`${program} evaluate ${folder} --habit`, "act by the learned habit alone"],
    [`${program} plot ${folder} --out curve.svg`, "draw the learning curve"],
  ]);
}
