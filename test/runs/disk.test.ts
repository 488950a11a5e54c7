import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { disk } from "../../src/runs/disk.ts";
import { inFolder } from "../helpers/folder.ts";

const codeOf = (work: () => unknown) => {
  try {
    work();
    return "none";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

test("writes, reads and cuts a file from a place on", () =>
  inFolder((folder) => {
    const path = join(folder, "file");
    const handle = disk.open(path, "new");
    assert.is(disk.write(handle, Uint8Array.of(97, 98, 99, 100), 0), 4);
    assert.is(disk.write(handle, Uint8Array.of(66), 1), 1);
    disk.truncate(handle, 3);
    disk.sync(handle);
    disk.close(handle);
    assert.is(readFileSync(path, "utf8"), "aBc");
    assert.is(
      codeOf(() => disk.open(path, "new")),
      "EEXIST",
    );
    const reader = disk.open(path, "read");
    const into = new Uint8Array(2);
    assert.equal([disk.read(reader, into, 1), ...into], [2, 66, 99]);
    assert.is(disk.read(reader, into, 3), 0);
    assert.is(disk.statusOf(reader).size, 3);
    disk.close(reader);
  }));

test("links, renames and removes; says what stands at a path", () =>
  inFolder((folder) => {
    const at = (name: string) => join(folder, name);
    writeFileSync(at("a"), "text");
    disk.link(at("a"), at("b"));
    assert.is(
      codeOf(() => disk.link(at("a"), at("b"))),
      "EEXIST",
    );
    disk.rename(at("a"), at("c"));
    disk.remove(at("b"));
    for (const name of ["d", "e", "e/f"]) disk.makeFolder(at(name));
    assert.is(
      codeOf(() => disk.makeFolder(at("c"))),
      "EEXIST",
    );
    symlinkSync("c", at("g"));
    assert.equal([...disk.list(folder)].sort(), ["c", "d", "e", "g"]);
    const kinds = ["c", "d", "g"].map((name) => disk.status(at(name), false).kind);
    assert.equal(kinds, ["file", "folder", "link"]);
    assert.is(disk.status(at("g"), true).kind, "file");
    disk.touch(at("c"));
    assert.ok(Math.abs(disk.status(at("c"), false).changed - Date.now()) < 60_000);
    disk.close(disk.openFolder(folder));
  }));

test("opens no symbolic link, and waits for no pipe", () =>
  inFolder((folder) => {
    if (process.platform === "win32") return;
    mkdirSync(join(folder, "in"));
    writeFileSync(join(folder, "in/file"), "secret");
    symlinkSync("in/file", join(folder, "link"));
    for (const mode of ["read", "write"] as const)
      assert.is(
        codeOf(() => disk.open(join(folder, "link"), mode)),
        "ELOOP",
      );
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const handle = disk.open(join(folder, "pipe"), "read");
    assert.is(disk.statusOf(handle).kind, "other");
    disk.close(handle);
    assert.is(
      codeOf(() => disk.open(join(folder, "pipe"), "write")),
      "ENXIO",
    );
  }));

test.run();
