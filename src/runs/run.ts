/**
 * A run is a folder: `config.json` (what was asked), `log.jsonl` (an episode a line, appended as it goes)
 * and `agent.safetensors` (what was learned, replaced whole).
 */
import { join } from "node:path";
import type { EpisodeReport } from "../loop/report.ts";
import { formatConfig, parseConfig, type RunConfig } from "./config.ts";
import { claimFolder, entryAt, makeFolder, readBytes, readText, writeAtomically } from "./files.ts";
import { appendEpisode, parseLog } from "./log.ts";

/** A run being written. */
export interface Run {
  readonly folder: string;
  append(report: EpisodeReport): void;
  saveAgent(bytes: Uint8Array): void;
}

/** The paths of the three files of a run. */
export function runFiles(folder: string) {
  return {
    config: join(folder, "config.json"),
    log: join(folder, "log.jsonl"),
    agent: join(folder, "agent.safetensors"),
  };
}

/**
 * Begins a run in a folder that is new or empty, and writes its configuration there.
 *
 * @throws Error when the folder holds something or cannot be made; nothing is overwritten
 */
export function createRun(folder: string, config: RunConfig): Run {
  const entry = entryAt(folder);
  if (entry === "a file" || entry === "a folder that holds files")
    throw new Error(
      `${folder}: expected a new or empty folder, got ${entry}; ` +
        `name another, for example ${folder.replace(/[/\\]+$/, "")}-2`,
    );
  makeFolder(folder);
  const files = runFiles(folder);
  writeAtomically(files.config, formatConfig(config));
  writeAtomically(files.log, "");
  return {
    folder,
    append: (report) => appendEpisode(files.log, report),
    saveAgent: (bytes) => writeAtomically(files.agent, bytes),
  };
}

/** Begins a run in `folder`, or in the first of `folder-2`, `folder-3` … that is not taken. */
export function createNextRun(folder: string, config: RunConfig): Run {
  let candidate = folder;
  for (let suffix = 2; !isFree(candidate); suffix++) candidate = `${folder}-${suffix}`;
  return createRun(candidate, config);
}

function isFree(folder: string): boolean {
  return claimFolder(folder) || entryAt(folder) === "an empty folder";
}

/**
 * The configuration of a run.
 *
 * @throws Error when the folder or its `config.json` is missing or broken
 */
export function readConfig(folder: string): RunConfig {
  expectFolder(folder);
  const { config } = runFiles(folder);
  return parseConfig(readText(config), config);
}

/** The episodes of a run. @throws Error when the folder or its `log.jsonl` is missing or broken */
export function readLog(folder: string): readonly EpisodeReport[] {
  expectFolder(folder);
  const { log } = runFiles(folder);
  return parseLog(readText(log), log);
}

/** The bytes of a run's agent. @throws Error when the folder or its `agent.safetensors` is missing */
export function readAgent(folder: string): Uint8Array {
  expectFolder(folder);
  return readBytes(runFiles(folder).agent);
}

function expectFolder(folder: string): void {
  const entry = entryAt(folder);
  if (entry !== "a folder that holds files")
    throw new Error(`${folder}: expected a run folder, got ${entry}`);
}
