import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Disk } from "../../src/runs/disk.ts";
import {
  claimFolder,
  entryAt,
  makeFolder,
  readBytes,
  readText,
  reason,
  writeAtomically,
} from "../../src/runs/files.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";
import { simulatedDisk } from "../helpers/simulatedDisk.ts";

test("writes a file whole, replaces it whole and leaves nothing beside it", () =>
  inFolder((folder) => {
    const path = join(folder, "file");
    writeAtomically(path, "a longer first text");
    writeAtomically(path, Uint8Array.of(104, 105));
    assert.is(readFileSync(path, "utf8"), "hi");
    assert.equal(readdirSync(folder), ["file"]);
  }));

test("keeps the old file when the new one cannot be put in its place", () =>
  inFolder(async (folder) => {
    makeFolder(join(folder, "taken"));
    writeFileSync(join(folder, "taken", "inside"), "kept");
    const message = await messageOf(() => writeAtomically(join(folder, "taken"), "text"));
    assert.is(message, `${folder}/taken: expected to write it, got a folder`);
    assert.equal(readdirSync(folder), ["taken"]);
    assert.is(readText(join(folder, "taken", "inside")), "kept");
  }));

test("names the path and what stands there when a file cannot be read", () =>
  inFolder(async (folder) => {
    assert.is(
      await messageOf(() => readBytes(`${folder}/no`)),
      `${folder}/no: expected a file, got nothing there`,
    );
    assert.is(await messageOf(() => readText(folder)), `${folder}: expected a file, got a folder`);
  }));

test("says what stands at a path", () =>
  inFolder((folder) => {
    const inside = join(folder, "inside");
    assert.is(entryAt(inside), "nothing");
    assert.is(entryAt(folder), "an empty folder");
    writeFileSync(inside, "");
    assert.is(entryAt(inside), "a file");
    assert.is(entryAt(folder), "a folder that holds files");
  }));

test("claims a folder once, with those above it", () =>
  inFolder((folder) => {
    const path = join(folder, "a", "b");
    assert.is(claimFolder(path), true);
    assert.is(claimFolder(path), false);
  }));

test("names the path when a folder cannot be made", () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, "file"), "");
    const path = join(folder, "file", "below");
    const message = `${path}: expected to make this folder, got a file where a folder should be`;
    assert.is(await messageOf(() => makeFolder(path)), message);
  }));

/** A disk in memory, some of whose calls are others. */
const diskWith = (calls: Partial<Disk>): Disk => ({ ...simulatedDisk(), ...calls });
const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

test("the contents from before are kept on a disk without links, too; any other failure of a link is said", () => {
  const whole = diskWith({});
  const refuse = failing("EPERM");
  const link = (before: string) => {
    whole.status(before, false); // what is not there is not linked either
    refuse();
  };
  const disk: Disk = { ...whole, link };
  writeAtomically("/a", "one", { previous: "/a.old", disk });
  writeAtomically("/a", "two", { previous: "/a.old", disk });
  assert.equal([readText("/a", { disk }), readText("/a.old", { disk })], ["two", "one"]);
  const broken: Disk = { ...disk, link: failing("EIO") };
  assert.throws(
    () => writeAtomically("/a", "three", { previous: "/a.old", disk: broken }),
    "/a: expected to write it, got a fault of the disk",
  );
  assert.equal([readText("/a", { disk }), readText("/a.old", { disk })], ["two", "one"]);
});

test("a disk that takes no more bytes is full, and one that gives no more has a shorter file", () => {
  const full = diskWith({ write: () => 0 });
  assert.throws(
    () => writeAtomically("/a", "one", { disk: full }),
    "/a: expected to write it, got a full disk",
  );
  const disk = diskWith({});
  writeAtomically("/a", "whole", { disk });
  let reads = 0;
  const shrinking: Disk = {
    ...disk,
    read: (handle, into, position) => (reads++ === 0 ? disk.read(handle, into.subarray(0, 2), position) : 0),
  };
  assert.is(readText("/a", { disk: shrinking }), "wh");
});

test("a file that became another thing between two calls is refused, and failures without a name are said as they are", () => {
  const disk = diskWith({});
  writeAtomically("/a", "one", { disk });
  const swapped: Disk = { ...disk, statusOf: () => ({ kind: "other", size: 0, changed: 0 }) };
  assert.throws(() => readText("/a", { disk: swapped }), "/a: expected a file, got another thing");
  assert.throws(
    () => claimFolder("/b", { ...disk, makeFolder: failing("EROFS") }),
    "/b: expected to make this folder, got a read-only disk",
  );
  assert.is(reason(new Error("odd")), "Error: odd");
  assert.is(reason(Object.assign(new Error("odd"), { code: "EODD" })), "EODD");
});

test.run();
