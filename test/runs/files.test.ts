import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  claimFolder,
  entryAt,
  makeFolder,
  readBytes,
  readText,
  writeAtomically,
} from "../../src/runs/files.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

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

test.run();
