/**
 * A disk in memory that fails and loses power on demand. It keeps apart what processes see and what is safe: bytes of a file until it
 * is synced, names until their folder is. After a power cut any part of the rest may be there.
 */
import { dirname } from "node:path";
import type { Disk, Kind } from "../../src/runs/disk.ts";

interface Node {
  seen: Uint8Array;
  safe: Uint8Array;
}

type Names = Map<string, Node | "folder">;

/** What a power cut leaves of names and bytes that were not synced. */
export interface Loss {
  readonly names: "lost" | "there";
  /** "torn": half of what was written since. */
  readonly bytes: "lost" | "there" | "torn";
}

export const losses: readonly Loss[] = (["lost", "there"] as const).flatMap((names) =>
  (["lost", "there", "torn"] as const).map((bytes) => ({ names, bytes })),
);

/** The power is gone. */
export class PowerCut extends Error {}

/** Which call fails, counted from 1, and how. */
export interface Fault {
  readonly call: number;
  readonly kind: "error" | "power";
}

export interface SimulatedDisk extends Disk {
  /** Calls so far. */
  readonly calls: () => number;
  /** From now on, calls fail as they are told to. */
  fail(fault: Fault | undefined): void;
  /** What the next process finds. */
  afterPowerCut(loss: Loss): SimulatedDisk;
}

export function simulatedDisk(names: Names = new Map([["/", "folder"]])): SimulatedDisk {
  let safeNames: Names = new Map(names);
  const handles = new Map<number, { readonly node: Node | undefined; readonly path: string }>();
  let [calls, from, isOff, next] = [0, 0, false, 3];
  let fault: Fault | undefined;

  /** @param half does half of the work of a call that fails */
  function enter(half = () => {}): void {
    if (isOff) throw new PowerCut();
    calls++;
    if (fault === undefined || calls - from !== fault.call) return;
    half();
    if (fault.kind === "error") throw failure("EIO");
    isOff = true;
    throw new PowerCut();
  }
  const find = (path: string) => {
    const found = names.get(path);
    if (found === undefined) throw failure("ENOENT");
    return found;
  };
  const fileAt = (path: string): Node => {
    const found = find(path);
    if (found === "folder") throw failure("EISDIR");
    return found;
  };
  const nodeOf = (handle: number): Node => handles.get(handle)?.node as Node;
  const write = (handle: number, bytes: Uint8Array, position: number) => {
    const node = nodeOf(handle);
    const seen = new Uint8Array(Math.max(node.seen.length, position + bytes.length));
    seen.set(node.seen);
    seen.set(bytes, position);
    node.seen = seen;
  };
  const hold = (path: string, node: Node | undefined) => {
    handles.set(next, { node, path });
    return next++;
  };
  return {
    calls: () => calls,
    fail(given) {
      [fault, from] = [given, calls];
    },
    open(path, mode) {
      enter();
      if (mode === "new") {
        if (names.has(path)) throw failure("EEXIST");
        find(dirname(path));
        names.set(path, { seen: new Uint8Array(0), safe: new Uint8Array(0) });
      }
      return hold(path, fileAt(path));
    },
    openFolder(path) {
      enter();
      find(path);
      return hold(path, undefined);
    },
    read(handle, into, position) {
      enter();
      const bytes = nodeOf(handle).seen.subarray(position, position + into.length);
      into.set(bytes);
      return bytes.length;
    },
    write(handle, bytes, position) {
      enter(() => write(handle, bytes.subarray(0, bytes.length >> 1), position));
      // now and then a call writes a part
      const part = bytes.length > 64 ? bytes.subarray(0, bytes.length - 16) : bytes;
      write(handle, part, position);
      return part.length;
    },
    truncate(handle, size) {
      enter();
      const node = nodeOf(handle);
      node.seen = node.seen.slice(0, size);
    },
    sync(handle) {
      enter();
      const { node, path } = handles.get(handle) ?? {};
      if (node !== undefined) node.safe = node.seen.slice();
      else {
        const others = [...safeNames].filter(([name]) => dirname(name) !== path);
        const own = [...names].filter(([name]) => dirname(name) === path);
        safeNames = new Map([...others, ...own]);
      }
    },
    close(handle) {
      if (!isOff) handles.delete(handle);
    },
    statusOf: (handle) => ({ kind: "file", size: nodeOf(handle).seen.length, changed: 0 }),
    status(path) {
      enter();
      const found = find(path);
      const kind: Kind = found === "folder" ? "folder" : "file";
      return { kind, size: found === "folder" ? 0 : found.seen.length, changed: 0 };
    },
    link(before, after) {
      enter();
      if (names.has(after)) throw failure("EEXIST");
      names.set(after, fileAt(before));
    },
    rename(before, after) {
      enter();
      const node = find(before);
      names.delete(before);
      names.set(after, node);
    },
    remove(path) {
      enter();
      fileAt(path);
      names.delete(path);
    },
    list(folder) {
      enter();
      return [...names.keys()]
        .filter((name) => name !== "/" && dirname(name) === folder)
        .map((name) => name.slice(folder.length + 1));
    },
    makeFolder(path) {
      enter();
      if (names.has(path)) throw failure("EEXIST");
      find(dirname(path));
      // a new run's folder may be lost as a whole: what is looked at is what happens inside
      names.set(path, "folder");
      safeNames.set(path, "folder");
    },
    touch(path) {
      enter();
      fileAt(path);
    },
    afterPowerCut({ names: kept, bytes }) {
      const left: Names = new Map();
      for (const [name, node] of kept === "lost" ? safeNames : names)
        if (node === "folder") left.set(name, node);
        else {
          const contents = survivors(node, bytes);
          left.set(name, { seen: contents, safe: contents });
        }
      return simulatedDisk(left);
    },
  };
}

function survivors({ seen, safe }: Node, bytes: Loss["bytes"]): Uint8Array {
  if (bytes === "lost") return safe.slice();
  if (bytes === "there") return seen.slice();
  return seen.slice(0, Math.max(Math.min(safe.length, seen.length), seen.length >> 1));
}

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: simulated`), { code });
}
