import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";

/** What stands at a path. */
export type Kind = "file" | "folder" | "link" | "other";

/** A thing on a disk. */
export interface Status {
  readonly kind: Kind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** How a file is opened: "new" fails where one is, "write" where none is, "read" waits for nobody. */
export type Mode = "read" | "write" | "new";

/**
 * The calls of a file system that runs need, so that a test can put another one in its place. Each throws an error with a
 * `code`, as Node's do.
 */
export interface Disk {
  /** Opens a file, but no symbolic link. */
  open(path: string, mode: Mode): number;
  /** Opens a folder, to be synced. */
  openFolder(path: string): number;
  /** @returns bytes read, 0 at the end */
  read(handle: number, into: Uint8Array, position: number): number;
  /** @returns bytes written, which may be fewer than given */
  write(handle: number, bytes: Uint8Array, position: number): number;
  truncate(handle: number, size: number): void;
  /** Returns once the contents would survive a power cut. */
  sync(handle: number): void;
  close(handle: number): void;
  /** Of an open file. */
  statusOf(handle: number): Status;
  /** @param follows whether a symbolic link stands for what it leads to */
  status(path: string, follows: boolean): Status;
  /** A second name for a file. */
  link(from: string, to: string): void;
  /** Another name for a file; what had that name is gone. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  list(folder: string): readonly string[];
  makeFolder(path: string): void;
  /** Sets the time of the last change to now. */
  touch(path: string): void;
}

/** Windows has neither of the last two. */
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
const FLAGS: Readonly<Record<Mode, number>> = {
  read: O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
  write: O_WRONLY | O_NOFOLLOW | O_NONBLOCK,
  new: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
};

/** The file system of this machine. */
export const disk: Disk = {
  open: (path, mode) => openSync(path, FLAGS[mode]),
  openFolder: (path) => openSync(path, "r"),
  read: (handle, into, position) => readSync(handle, into, 0, into.length, position),
  write: (handle, bytes, position) => writeSync(handle, bytes, 0, bytes.length, position),
  truncate: ftruncateSync,
  sync: fsyncSync,
  close: closeSync,
  statusOf: (handle) => statusFrom(fstatSync(handle)),
  status: (path, follows) => statusFrom(follows ? statSync(path) : lstatSync(path)),
  link: linkSync,
  rename: renameSync,
  remove: unlinkSync,
  list: (folder) => readdirSync(folder),
  makeFolder: (path) => mkdirSync(path),
  touch(path) {
    const now = new Date();
    utimesSync(path, now, now);
  },
};

function statusFrom(stats: Stats): Status {
  return { kind: kindOf(stats), size: stats.size, changed: stats.mtimeMs };
}

function kindOf(stats: Stats): Kind {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  return stats.isSymbolicLink() ? "link" : "other";
}
