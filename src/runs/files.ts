import { dirname } from "node:path";
import { type Disk, type Kind, disk as thisDisk } from "./disk.ts";

/** Bytes of the largest file that is read. */
const LARGEST = 2 ** 30;

/** How a file is read. */
export interface ReadOptions {
  /** Bytes; a larger file is refused before anything is read. Default 1 GiB. */
  readonly most?: number;
  readonly disk?: Disk;
}

/** How a file is written. */
export interface WriteOptions {
  /** The file that keeps the contents from before, if there were any. */
  readonly previous?: string;
  readonly disk?: Disk;
}

/**
 * Writes a file completely or not at all: under a temporary name beside it, synced, then renamed; the folder is synced too, so that
 * the new name survives a power cut. At every moment there is a complete file under the name, if there was one before.
 *
 * @throws Error that names the path and why it cannot be written; the file is then as it was, or new
 */
export function writeAtomically(
  path: string,
  contents: string | Uint8Array,
  { previous, disk = thisDisk }: WriteOptions = {},
): void {
  const temporary = temporaryName(path);
  try {
    writeNew(temporary, contents, disk);
    if (previous !== undefined) keepPrevious(path, previous, disk);
    disk.rename(temporary, path);
    syncFolder(dirname(path), disk);
  } catch (cause) {
    removeIfThere(temporary, disk);
    throw new Error(`${path}: expected to write it, got ${reason(cause)}`, { cause });
  }
}

/** The name of a file that is not finished. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.tmp`;
}

/** Writes and syncs a file that is not there yet; one of that name, left by a process that ended early, is replaced. */
export function writeNew(path: string, contents: string | Uint8Array, disk: Disk = thisDisk): void {
  removeIfThere(path, disk);
  const handle = disk.open(path, "new");
  try {
    writeAt(handle, bytesOf(contents), 0, disk);
    disk.sync(handle);
  } finally {
    disk.close(handle);
  }
}

/** Gives a file a second name, replacing what had that name; a disk without links leaves that name alone for a moment. */
function keepPrevious(path: string, previous: string, disk: Disk): void {
  const temporary = temporaryName(previous);
  removeIfThere(temporary, disk);
  try {
    disk.link(path, temporary);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return;
    if (!WITHOUT_LINKS.includes(errorCode(cause))) throw cause;
    disk.rename(path, previous);
    return;
  }
  disk.rename(temporary, previous);
}

/** What disks without hard links answer. */
const WITHOUT_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EINVAL"];

/**
 * Writes bytes from a place of a file on, ends the file behind them, and syncs it; the file is made where there is none.
 *
 * @throws Error that names the path and why it cannot be written
 */
export function writeFrom(
  path: string,
  contents: string | Uint8Array,
  position: number,
  disk: Disk = thisDisk,
): void {
  try {
    const handle = openToWrite(path, disk);
    try {
      const bytes = bytesOf(contents);
      writeAt(handle, bytes, position, disk);
      disk.truncate(handle, position + bytes.length);
      disk.sync(handle);
    } finally {
      disk.close(handle);
    }
  } catch (cause) {
    throw new Error(`${path}: expected to write it, got ${reason(cause)}`, { cause });
  }
}

function openToWrite(path: string, disk: Disk): number {
  try {
    return disk.open(path, "new");
  } catch (cause) {
    if (errorCode(cause) !== "EEXIST") throw cause;
    return disk.open(path, "write");
  }
}

function bytesOf(contents: string | Uint8Array): Uint8Array {
  return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
}

function writeAt(handle: number, bytes: Uint8Array, position: number, disk: Disk): void {
  for (let done = 0; done < bytes.length; ) {
    const written = disk.write(handle, bytes.subarray(done), position + done);
    if (written === 0) throw Object.assign(new Error("nothing was written"), { code: "ENOSPC" });
    done += written;
  }
}

/** Folders can be opened and synced but on Windows. */
function syncFolder(path: string, disk: Disk): void {
  if (process.platform === "win32") return;
  const handle = disk.openFolder(path);
  try {
    disk.sync(handle);
  } finally {
    disk.close(handle);
  }
}

/** Removes a file, if it can be. */
export function removeIfThere(path: string, disk: Disk): void {
  try {
    disk.remove(path);
  } catch {
    // the next call says what is wrong
  }
}

/**
 * The bytes of a file: of a regular one alone, since a pipe may never end and a device has no size; no symbolic link, which
 * may lead out of the folder.
 *
 * @throws Error that names the path when it is no file, too large, or cannot be read
 */
export function readBytes(path: string, { most = LARGEST, disk = thisDisk }: ReadOptions = {}): Uint8Array {
  return withFile(path, disk, (handle) => {
    const { size } = disk.statusOf(handle);
    if (size > most) throw new Error(`${path}: expected at most ${most} bytes, got ${size}`);
    const bytes = new Uint8Array(size);
    let done = 0;
    while (done < size) {
      const read = disk.read(handle, bytes.subarray(done), done);
      if (read === 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  });
}

/** Does something with an open file. @throws Error that names the path when it is no regular file, or cannot be read */
export function withFile<Result>(path: string, disk: Disk, use: (handle: number) => Result): Result {
  try {
    const { kind } = disk.status(path, false);
    if (kind !== "file") throw new Error(`${path}: expected a file, got ${NAMES[kind]}`);
    const handle = disk.open(path, "read");
    try {
      if (disk.statusOf(handle).kind !== "file")
        throw new Error(`${path}: expected a file, got another thing`);
      return use(handle);
    } finally {
      disk.close(handle);
    }
  } catch (cause) {
    if (errorCode(cause) === "") throw cause;
    throw new Error(`${path}: expected a file, got ${reason(cause)}`, { cause });
  }
}

const NAMES: Readonly<Record<Kind, string>> = {
  file: "a file",
  folder: "a folder",
  link: "a symbolic link",
  other: "a pipe, a socket or a device",
};

/** The text of a file. @throws Error as {@link readBytes} does */
export function readText(path: string, options: ReadOptions = {}): string {
  return new TextDecoder().decode(readBytes(path, options));
}

/** What stands at a path, in the words of a message. */
export type Entry =
  | "nothing"
  | "a file"
  | "a pipe, a socket or a device"
  | "an empty folder"
  | "a folder that holds files";

/** Names of files that say nothing: those of a process that ended before it wrote anything else. */
const LEFTOVER = /\.\d+\.tmp$|^lock\.json$/;

/** What stands at `path`. @throws Error that names the path when that cannot be found out */
export function entryAt(path: string, disk: Disk = thisDisk): Entry {
  try {
    const { kind } = disk.status(path, true);
    if (kind !== "folder") return kind === "file" ? "a file" : "a pipe, a socket or a device";
    const isEmpty = disk.list(path).every((name) => LEFTOVER.test(name));
    return isEmpty ? "an empty folder" : "a folder that holds files";
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(cause))) return "nothing";
    throw new Error(`${path}: expected to look there, got ${reason(cause)}`, { cause });
  }
}

/** Makes a folder and those above it. @throws Error that names the path when it cannot be made */
export function makeFolder(path: string, disk: Disk = thisDisk): void {
  try {
    makeEach(path, disk);
  } catch (cause) {
    throw new Error(`${path}: expected to make this folder, got ${reason(cause)}`, { cause });
  }
}

/** One folder after the other: Node's own recursion never ends in folders like `/proc`, where none can be made. */
function makeEach(path: string, disk: Disk): void {
  try {
    disk.makeFolder(path);
  } catch (cause) {
    if (errorCode(cause) === "EEXIST" && disk.status(path, true).kind === "folder") return;
    if (errorCode(cause) !== "ENOENT" || dirname(path) === path) throw cause;
    makeEach(dirname(path), disk);
    disk.makeFolder(path);
  }
}

/** Makes a folder that was not there; false when something was. */
export function claimFolder(path: string, disk: Disk = thisDisk): boolean {
  makeFolder(dirname(path), disk);
  try {
    disk.makeFolder(path);
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return false;
    throw new Error(`${path}: expected to make this folder, got ${reason(cause)}`, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "nothing there",
  EISDIR: "a folder",
  ENOTDIR: "a file where a folder should be",
  EEXIST: "a file where a folder should be",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "a read-only disk",
  ENOSPC: "a full disk",
  EDQUOT: "a full disk",
  EFBIG: "a file too large for the disk",
  EIO: "a fault of the disk",
  ELOOP: "a symbolic link",
  ENXIO: "a pipe, a socket or a device",
  EMFILE: "too many open files",
  ENFILE: "too many open files",
  ENAMETOOLONG: "a name that is too long",
};

/** Why a call of the file system failed, in words. */
export function reason(cause: unknown): string {
  const code = errorCode(cause);
  return REASONS[code] ?? (code === "" ? String(cause) : code);
}

/** `ENOENT` and the like; an empty text for any other error. */
export function errorCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
