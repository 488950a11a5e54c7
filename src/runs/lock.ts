/**
 * One folder, one writer: `lock.json` names the process that writes there. It is put in place with its contents at once, and
 * outlives a process that is killed; whoever comes next sees that its holder is gone and takes its place.
 */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { type Disk, disk as thisDisk } from "./disk.ts";
import { errorCode, readText, reason, temporaryName, writeNew } from "./files.ts";

/** A process that writes. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the system's ticks: numbers of processes are used again. Empty where the system does not say. */
  readonly began: string;
  /** When it took the lock, ISO 8601. */
  readonly since: string;
}

/** What a lock has to know of processes. */
export interface Processes {
  /** The one that runs this. */
  readonly self: () => Holder;
  /** Whether a process of this host still runs. */
  readonly isRunning: (holder: Holder) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A lock that is held. */
export interface Lock {
  /** Tells other hosts that the holder lives. */
  beat(): void;
  /** @throws TakenError when another process has taken the folder over */
  expectHeld(): void;
  /** Gives the folder back. */
  release(): void;
}

/** Another process writes into the folder. */
export class TakenError extends Error {
  override readonly name = "TakenError";
}

/** Milliseconds after which a holder on another host, which cannot be asked, counts as gone. */
const SILENCE = 600_000;
/** Bytes of the largest lock. */
const LARGEST = 4096;

/**
 * Takes the lock.
 *
 * @throws TakenError that names the holder, when it runs
 */
export function acquireLock(
  path: string,
  { disk = thisDisk, processes = thisHost }: { readonly disk?: Disk; readonly processes?: Processes } = {},
): Lock {
  const own = `${JSON.stringify(processes.self())}\n`;
  const temporary = temporaryName(path);
  const isOwn = () => readHolderText(path, disk) === own;
  const take = () => {
    writeNew(temporary, own, disk);
    try {
      putInPlace(path, temporary, { disk, processes });
    } finally {
      removeQuietly(temporary, disk);
    }
    if (!isOwn()) throw takenBy(path, readHolderText(path, disk));
  };
  const release = () => {
    try {
      if (isOwn()) disk.remove(path);
    } catch {
      // the holder ends: whoever comes next sees that
    }
  };
  try {
    take();
  } catch (cause) {
    release();
    if (errorCode(cause) === "") throw cause;
    throw new Error(`${path}: expected to write it, got ${reason(cause)}`, { cause });
  }
  return {
    beat: () => disk.touch(path),
    expectHeld() {
      const text = readHolderText(path, disk);
      if (text === undefined) take();
      else if (text !== own) throw takenBy(path, text);
    },
    release,
  };
}

/** Names a finished file the lock, unless a live process holds it. */
function putInPlace(
  path: string,
  temporary: string,
  { disk, processes }: { readonly disk: Disk; readonly processes: Processes },
): void {
  try {
    disk.link(temporary, path);
  } catch (cause) {
    const text = readHolderText(path, disk);
    if (text !== undefined && isHeld(path, text, { disk, processes })) throw takenBy(path, text);
    // a holder that is gone, or a disk without links
    if (text === undefined && errorCode(cause) === "EEXIST") throw cause;
    disk.rename(temporary, path);
  }
}

function isHeld(
  path: string,
  text: string,
  { disk, processes }: { readonly disk: Disk; readonly processes: Processes },
): boolean {
  const holder = parseHolder(text);
  if (holder === undefined) return false;
  if (holder.host === processes.self().host) return processes.isRunning(holder);
  return processes.now() - disk.status(path, false).changed < SILENCE;
}

function takenBy(path: string, text: string | undefined): TakenError {
  const { pid, host, since } = parseHolder(text ?? "") ?? { pid: "unknown", host: "another host", since: "" };
  const when = since === "" ? "" : ` since ${since}`;
  return new TakenError(
    `${path}: expected a folder that nobody writes to, got one held by process ${pid} on ${host}${when}; ` +
      "wait for it, or end it",
  );
}

/** The text of a lock; undefined where there is none. */
function readHolderText(path: string, disk: Disk): string | undefined {
  try {
    disk.status(path, false);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw cause;
  }
  return readText(path, { most: LARGEST, disk });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, began, since } = JSON.parse(text);
    const isWhole =
      Number.isInteger(pid) && pid > 0 && [host, began, since].every((word) => typeof word === "string");
    return isWhole ? { pid, host, began, since } : undefined;
  } catch {
    return undefined;
  }
}

function removeQuietly(path: string, disk: Disk): void {
  try {
    disk.remove(path);
  } catch {
    // it was renamed
  }
}

/** The processes of this machine. */
export const thisHost: Processes = {
  self: () => ({
    pid: process.pid,
    host: hostname(),
    began: statOf("self").beginning,
    since: new Date().toISOString(),
  }),
  isRunning({ pid, began }) {
    try {
      process.kill(pid, 0);
    } catch (cause) {
      // EPERM: it runs, under another user
      if (errorCode(cause) === "ESRCH") return false;
    }
    const { state, beginning } = statOf(pid);
    // a zombie has ended, and waits for its parent to take note
    if (state === "Z" || state === "X") return false;
    return began === "" || beginning === "" || began === beginning;
  },
  now: Date.now,
};

/** Fields 3 and 22 of Linux's `/proc/<pid>/stat`; empty elsewhere. The name in field 2 may hold spaces and brackets. */
function statOf(pid: number | "self"): { readonly state: string; readonly beginning: string } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", beginning: fields[19] ?? "" };
  } catch {
    return { state: "", beginning: "" };
  }
}
