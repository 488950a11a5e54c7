/**
 * A run is a folder: `config.json` (what was asked), `log.jsonl` (an episode a line) and `agent.safetensors` (what was learned, and
 * where the run is). Log and agent are written together, at checkpoints: first the lines, then the agent, which says how much
 * of the log belongs to it. The checkpoint before is kept beside it.
 */
import { join } from "node:path";
import { type Moment, stamp } from "./checkpoint.ts";
import { formatConfig, parseConfig, type RunConfig } from "./config.ts";
import { type Disk, disk as thisDisk } from "./disk.ts";
import {
  claimFolder,
  entryAt,
  makeFolder,
  readBytes,
  readText,
  removeIfThere,
  writeAtomically,
  writeFrom,
} from "./files.ts";
import { acquireLock, type Lock, TakenError } from "./lock.ts";
import { type Log, type LoggedEpisode, readEpisodes, readPrefix } from "./log.ts";

/** What a checkpoint holds. */
export interface Checkpoint {
  /** What the run's `save` answered. */
  readonly file: Uint8Array;
  readonly moment: Omit<Moment, "bytes">;
  /** Of the episodes that are over, and in no checkpoint yet. */
  readonly lines: readonly LoggedEpisode[];
  /** Of an episode that was cut short, and may go on. */
  readonly open?: LoggedEpisode | undefined;
}

/** A run being written. */
export interface RunWriter {
  readonly folder: string;
  /** Writes a checkpoint. @throws Error when it cannot be written: the one before stands; TakenError when another process writes there */
  keep(checkpoint: Checkpoint): void;
  /** Adds lines about times: no part of what is checked, since they are another's on every machine. */
  addTimings(lines: readonly object[]): void;
  /** Tells other hosts that the run is being written. */
  beat(): void;
  /** Gives the folder back. */
  close(): void;
}

/** The paths of the files of a run. */
export function runFiles(folder: string) {
  return {
    config: join(folder, "config.json"),
    log: join(folder, "log.jsonl"),
    agent: join(folder, "agent.safetensors"),
    previous: join(folder, "agent.previous.safetensors"),
    timings: join(folder, "timings.jsonl"),
    lock: join(folder, "lock.json"),
  };
}

/**
 * Begins a run in a folder that is new or empty, and writes its configuration there.
 *
 * @throws Error when the folder holds something or cannot be made; nothing is overwritten
 */
export function createRun(folder: string, config: RunConfig, disk: Disk = thisDisk): RunWriter {
  const entry = entryAt(folder, disk);
  if (entry !== "nothing" && entry !== "an empty folder")
    throw new Error(
      `${folder}: expected a new or empty folder, got ${entry}; ` +
        `name another, for example ${folder.replace(/[/\\]+$/, "")}-2`,
    );
  makeFolder(folder, disk);
  return holding(folder, disk, (lock) => {
    const files = runFiles(folder);
    try {
      writeFrom(files.log, "", 0, disk);
      writeAtomically(files.config, formatConfig(config), { disk });
    } catch (error) {
      // so that the folder may be used again
      for (const path of [files.config, files.log]) removeIfThere(path, disk);
      throw error;
    }
    return writerOf(folder, { lock, bytes: 0, disk });
  });
}

/** Begins a run in `folder`, or in the first of `folder-2`, `folder-3` … that is not taken. */
export function createNextRun(folder: string, config: RunConfig, disk: Disk = thisDisk): RunWriter {
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? folder : `${folder}-${suffix}`;
    if (!claimFolder(candidate, disk) && entryAt(candidate, disk) !== "an empty folder") continue;
    try {
      return createRun(candidate, config, disk);
    } catch (error) {
      // another process was first
      if (!(error instanceof TakenError)) throw error;
    }
  }
}

/** A run that is to go on. */
export interface OpenedRun {
  readonly config: RunConfig;
  /** The files that may hold its agent, the newest first. */
  readonly checkpoints: readonly string[];
  /**
   * Goes on from a checkpoint; undefined: from the beginning. What the log holds beyond is written anew.
   *
   * @returns the writer, the episodes up to there, and what is wrong with the log, in a sentence
   */
  goOn(moment: Moment | undefined): {
    readonly writer: RunWriter;
    readonly episodes: readonly LoggedEpisode[];
    readonly warning: string | undefined;
  };
  /** Gives the folder back. */
  close(): void;
}

/** Takes a run's folder to go on there. @throws Error when it is no run, or another process writes there */
export function openRun(folder: string, disk: Disk = thisDisk): OpenedRun {
  const config = readConfig(folder, disk);
  return holding(folder, disk, (lock) => {
    const files = runFiles(folder);
    return {
      config,
      checkpoints: [files.agent, files.previous],
      goOn(moment) {
        const { log, warning } = logUpTo(files.log, moment, disk);
        const writer = writerOf(folder, { lock, bytes: log.ends.at(-1) ?? 0, disk });
        return { writer, episodes: log.episodes, warning };
      },
      close: () => lock.release(),
    };
  });
}

/** Takes the lock of a folder, and gives it back when what follows fails. */
function holding<Result>(folder: string, disk: Disk, work: (lock: Lock) => Result): Result {
  const lock = acquireLock(runFiles(folder).lock, { disk });
  try {
    return work(lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The part of a log that belongs to a checkpoint. */
function logUpTo(path: string, moment: Moment | undefined, disk: Disk) {
  const none: Log = { episodes: [], ends: [] };
  if (moment === undefined || moment.episodes === 0) return { log: none, warning: undefined };
  const { episodes, ends } = readPrefix(path, disk);
  const within = ends.filter((end) => end <= moment.bytes).length;
  const log = { episodes: episodes.slice(0, within), ends: ends.slice(0, within) };
  const isWhole = log.ends.at(-1) === moment.bytes && log.episodes.at(-1)?.chain === moment.chain;
  const warning = isWhole
    ? undefined
    : `${path}: expected the ${moment.episodes} episodes of the agent, got ${within} that fit; the log goes on with a gap`;
  return { log, warning };
}

function writerOf(
  folder: string,
  { lock, bytes, disk }: { readonly lock: Lock; bytes: number; readonly disk: Disk },
): RunWriter {
  const files = runFiles(folder);
  let end = bytes;
  return {
    folder,
    keep({ file, moment, lines, open }) {
      lock.expectHeld();
      const over = new TextEncoder().encode(textOf(lines));
      const whole = { ...moment, bytes: end + over.length };
      const stamped = stamp(file, whole);
      writeFrom(files.log, open === undefined ? over : textOf([...lines, open]), end, disk);
      writeAtomically(files.agent, stamped, { previous: files.previous, disk });
      end = whole.bytes;
    },
    addTimings(lines) {
      if (lines.length === 0) return;
      const { size } = sizeOf(files.timings, disk);
      writeFrom(files.timings, textOf(lines), size, disk);
    },
    beat: () => lock.beat(),
    close: () => lock.release(),
  };
}

function textOf(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function sizeOf(path: string, disk: Disk): { readonly size: number } {
  try {
    return disk.status(path, false);
  } catch {
    return { size: 0 };
  }
}

/** Bytes of the largest configuration. */
const LARGEST_CONFIG = 2 ** 20;

/**
 * The configuration of a run.
 *
 * @throws Error when the folder or its `config.json` is missing or broken
 */
export function readConfig(folder: string, disk: Disk = thisDisk): RunConfig {
  expectFolder(folder, disk);
  const { config } = runFiles(folder);
  return parseConfig(readText(config, { most: LARGEST_CONFIG, disk }), config);
}

/** Changes the configuration of a run. */
export function writeConfig(folder: string, config: RunConfig, disk: Disk = thisDisk): void {
  writeAtomically(runFiles(folder).config, formatConfig(config), { disk });
}

/** The log of a run. @throws Error when the folder or its `log.jsonl` is missing or broken */
export function readLog(folder: string, disk: Disk = thisDisk): Log {
  expectFolder(folder, disk);
  return readEpisodes(runFiles(folder).log, disk);
}

/** The bytes of a run's agent. @throws Error when the folder or its `agent.safetensors` is missing */
export function readAgent(folder: string, disk: Disk = thisDisk): Uint8Array {
  expectFolder(folder, disk);
  return readBytes(runFiles(folder).agent, { disk });
}

function expectFolder(folder: string, disk: Disk): void {
  const entry = entryAt(folder, disk);
  if (entry !== "a folder that holds files")
    throw new Error(`${folder}: expected a run folder, got ${entry}`);
}
