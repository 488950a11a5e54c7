import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file whole or not at all: under a temporary name beside it, then renamed. */
export function writeAtomically(path: string, contents: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, contents, { flush: true });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new Error(`${path}: expected to write it, got ${reason(cause)}`, { cause });
  }
}

/** The bytes of a file. @throws Error that names the path when it cannot be read */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`${path}: expected a file, got ${reason(cause)}`, { cause });
  }
}

/** The text of a file. @throws Error that names the path when it cannot be read */
export function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path));
}

/** What stands at a path, in the words of a message. */
export type Entry = "nothing" | "a file" | "an empty folder" | "a folder that holds files";

/** What stands at `path`. @throws Error that names the path when that cannot be found out */
export function entryAt(path: string): Entry {
  try {
    if (!statSync(path).isDirectory()) return "a file";
    return readdirSync(path).length === 0 ? "an empty folder" : "a folder that holds files";
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(cause))) return "nothing";
    throw new Error(`${path}: expected to look there, got ${reason(cause)}`, { cause });
  }
}

/** Makes a folder and those above it. @throws Error that names the path when it cannot be made */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw new Error(`${path}: expected to make this folder, got ${reason(cause)}`, { cause });
  }
}

/** Makes a folder that was not there; false when something was. */
export function claimFolder(path: string): boolean {
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
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
};

function reason(cause: unknown): string {
  return REASONS[errorCode(cause)] ?? String(cause);
}

function errorCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
