import type { RunConfig } from "../runs/config.ts";
import { type Curve, learningCurve } from "../runs/curve.ts";
import type { LoggedEpisode } from "../runs/log.ts";
import { readConfig, readLog, runFiles } from "../runs/run.ts";
import type { Context } from "./context.ts";

/** A run as it is drawn and compared. */
export interface ReadRun {
  readonly folder: string;
  readonly config: RunConfig;
  readonly episodes: readonly LoggedEpisode[];
  readonly curve: Curve;
}

/** Reads a run that has an episode or more, and reports a torn last line. @throws Error that names what is broken or missing */
export function readRun(folder: string, { stderr }: Pick<Context, "stderr">): ReadRun {
  const config = readConfig(folder);
  const { episodes, warning } = readLog(folder);
  if (warning !== undefined) stderr.write(`warning: ${warning}\n`);
  const curve = learningCurve(episodes);
  if (curve.length === 0) throw new Error(`${runFiles(folder).log}: expected one episode or more, got none`);
  return { folder, config, episodes, curve };
}
