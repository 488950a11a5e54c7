import type { EpisodeReport } from "../loop/report.ts";
import { parseObject } from "./config.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { type Disk, disk as thisDisk } from "./disk.ts";
import { withFile } from "./files.ts";

/** An episode as a log keeps it. */
export interface LoggedEpisode extends EpisodeReport {
  /** The hash of all that happened up to its end (`chain.ts`); logs of old versions have none. */
  readonly chain?: string;
  /** What the plans of the episode were like; logs of old versions have none. */
  readonly plans?: Diagnostics;
}

/** A log, read. */
export interface Log {
  readonly episodes: readonly LoggedEpisode[];
  /** Bytes up to the end of each episode's line. */
  readonly ends: readonly number[];
  /** What is wrong with the end of the file, in a sentence: a line that was not written completely. */
  readonly warning?: string;
}

/** Bytes of the longest line. */
const LONGEST = 65_536;
/** Bytes that are read at once. */
const CHUNK = 65_536;

const NUMBERS = ["episode", "steps", "length", "return"] as const;

/** A line that is no episode. */
class LineError extends Error {
  /** Whether the file ends in the middle of the line. */
  readonly isTorn: boolean;

  constructor(message: string, isTorn = false) {
    super(message);
    this.isTorn = isTorn;
  }
}

/**
 * The episodes of a log, in order. It is read piece by piece; a last line that is not whole, as a process leaves it that ends while
 * it writes, is dropped with a warning.
 *
 * @throws Error that names the path, and the first line that is no episode, or is longer than a line can be
 */
export function readEpisodes(path: string, disk: Disk = thisDisk): Log {
  const log = { episodes: [] as LoggedEpisode[], ends: [] as number[] };
  try {
    eachEpisode(path, disk, (episode, end) => {
      log.episodes.push(episode);
      log.ends.push(end);
    });
  } catch (error) {
    if (!(error instanceof LineError && error.isTorn)) throw error;
    return { ...log, warning: error.message };
  }
  return log;
}

/** The episodes before the first line that is none, or is not ended; none where there is no log to read. */
export function readPrefix(path: string, disk: Disk = thisDisk): Log {
  const log = { episodes: [] as LoggedEpisode[], ends: [] as number[] };
  try {
    eachEpisode(path, disk, (episode, end, isEnded) => {
      if (!isEnded) return;
      log.episodes.push(episode);
      log.ends.push(end);
    });
  } catch {
    // what was read before counts
  }
  return log;
}

/** Visits the episodes, with the bytes up to the end of each line. @throws LineError at the first line that is no episode */
function eachEpisode(
  path: string,
  disk: Disk,
  visit: (episode: LoggedEpisode, end: number, isEnded: boolean) => void,
): void {
  let number = 0;
  let before: LoggedEpisode | undefined;
  for (const { bytes, end, isEnded } of linesOf(path, disk)) {
    const where = `${path}: line ${++number}`;
    if (bytes.length > LONGEST) throw new LineError(`${where}: expected at most ${LONGEST} bytes, got more`);
    const text = decoder.decode(bytes);
    if (!isEnded && !isObject(text))
      throw new LineError(`${where}: expected a whole line, got one cut short; it is left out`, true);
    const episode = parseEpisode(text, where);
    if (before !== undefined) expectNext(episode, before, where);
    before = episode;
    visit(episode, end, isEnded);
  }
}

interface Line {
  /** Of a line that is too long the first ones alone. */
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly isEnded: boolean;
}

/** The lines of a file; reading ends at one that is too long. */
function linesOf(path: string, disk: Disk): readonly Line[] {
  return withFile(path, disk, (handle) => {
    const lines: Line[] = [];
    const chunk = new Uint8Array(CHUNK);
    let rest = new Uint8Array(0);
    let position = 0;
    for (;;) {
      const read = disk.read(handle, chunk, position);
      if (read === 0) break;
      position += read;
      const bytes = new Uint8Array(rest.length + read);
      bytes.set(rest);
      bytes.set(chunk.subarray(0, read), rest.length);
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        lines.push({ bytes: bytes.subarray(from, at), end: position - bytes.length + at + 1, isEnded: true });
        from = at + 1;
      }
      rest = bytes.slice(from);
      if (rest.length > LONGEST) break;
    }
    if (rest.length > 0) lines.push({ bytes: rest, end: position, isEnded: false });
    return lines;
  });
}

const NEWLINE = 10;
const decoder = new TextDecoder();

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function parseEpisode(line: string, where: string): LoggedEpisode {
  const value = parseObject(line, where);
  for (const field of NUMBERS)
    if (!Number.isFinite(value[field]))
      throw new Error(`${where}: ${field}: expected a number, got ${shown(value[field])}`);
  for (const field of ["terminated", "truncated"])
    if (typeof value[field] !== "boolean")
      throw new Error(`${where}: ${field}: expected true or false, got ${shown(value[field])}`);
  expectNumbers(value, "bound", where);
  expectNumbers(value, "plans", where);
  for (const field of ["chain", "fault"])
    if (value[field] !== undefined && typeof value[field] !== "string")
      throw new Error(`${where}: ${field}: expected a text, got ${shown(value[field])}`);
  return value as unknown as LoggedEpisode;
}

/** @throws LineError unless an episode comes after another, with or without a gap: logs that were joined are no run */
function expectNext({ episode, steps }: LoggedEpisode, before: LoggedEpisode, where: string): void {
  if (episode <= before.episode)
    throw new LineError(`${where}: episode: expected above ${before.episode}, got ${episode}`);
  if (steps < before.steps)
    throw new LineError(`${where}: steps: expected at least ${before.steps}, got ${steps}`);
}

/** @throws Error unless a field is missing, or an object of numbers; JSON writes null for NaN */
function expectNumbers(value: Record<string, unknown>, field: string, where: string): void {
  const part = value[field];
  if (part === undefined) return;
  const isPart = typeof part === "object" && part !== null && !Array.isArray(part);
  const isWhole =
    isPart && Object.values(part).every((number) => number === null || typeof number === "number");
  if (!isWhole) throw new Error(`${where}: ${field}: expected an object of numbers, got ${shown(part)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The episodes that came to their own end; the last one of an interrupted run did not. */
export function finishedEpisodes<Report extends EpisodeReport>(
  episodes: readonly Report[],
): readonly Report[] {
  return episodes.filter(({ terminated, truncated }) => terminated || truncated);
}
