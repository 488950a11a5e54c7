import { resolve } from "node:path";
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

/**
 * Reads runs that are compared. One that is named twice would count twice, and make intervals narrow that are not.
 *
 * @throws RangeError that names a folder that is given twice; Error that names what is broken or missing
 */
export function readRuns(folders: readonly string[], context: Pick<Context, "stderr">): readonly ReadRun[] {
  const places = folders.map((folder) => resolve(folder));
  const twice = folders.find((_, index) => places.indexOf(places[index]) < index);
  if (twice !== undefined) throw new RangeError(`runs: expected each folder once, got ${twice} twice`);
  return folders.map((folder) => readRun(folder, context));
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
