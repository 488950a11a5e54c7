import { appendFileSync } from "node:fs";
import type { EpisodeReport } from "../loop/report.ts";
import { parseObject } from "./config.ts";

const NUMBERS = ["episode", "steps", "length", "return"] as const;

/** Adds one episode to the end of a log: a line of JSON. */
export function appendEpisode(path: string, report: EpisodeReport): void {
  appendFileSync(path, `${JSON.stringify(report)}\n`);
}

/**
 * The episodes in the text of a log, in order.
 *
 * @param path named in the message
 * @throws Error that names the first line that is no episode
 */
export function parseLog(text: string, path: string): readonly EpisodeReport[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => parseEpisode(line, `${path}: line ${index + 1}`));
}

function parseEpisode(line: string, where: string): EpisodeReport {
  const value = parseObject(line, where);
  for (const field of NUMBERS)
    if (typeof value[field] !== "number")
      throw new Error(`${where}: ${field}: expected a number, got ${JSON.stringify(value[field])}`);
  return value as unknown as EpisodeReport;
}

/** The episodes that came to their own end; the last one of an interrupted run did not. */
export function finishedEpisodes(episodes: readonly EpisodeReport[]): readonly EpisodeReport[] {
  return episodes.filter(({ terminated, truncated }) => terminated || truncated);
}
