import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { RunConfig } from "../../src/runs/config.ts";
import { readText } from "../../src/runs/files.ts";
import { createNextRun, createRun, readAgent, readConfig, readLog, runFiles } from "../../src/runs/run.ts";
import { episodesOf } from "../helpers/episodes.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

const config: RunConfig = {
  version: "1.2.3",
  task: "pendulum",
  seed: 4,
  steps: 2000,
  options: { seed: 4 },
  started: "2026-01-02T03:04:05.000Z",
};

test("a run folder gives back its configuration, its episodes and its agent", () =>
  inFolder((parent) => {
    const folder = join(parent, "a", "run");
    const run = createRun(folder, config);
    for (const episode of episodesOf([1, 2])) run.append(episode);
    run.saveAgent(Uint8Array.of(1));
    run.saveAgent(Uint8Array.of(2, 3));
    assert.equal(readConfig(folder), config);
    assert.equal(readLog(folder), episodesOf([1, 2]));
    assert.equal([...readAgent(folder)], [2, 3]);
    assert.equal(readdirSync(folder).sort(), ["agent.safetensors", "config.json", "log.jsonl"]);
  }));

test("uses an empty folder, and refuses one that holds files or a file, leaving them as they were", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    mkdirSync(folder);
    createRun(folder, config);
    const before = readText(runFiles(folder).config);
    assert.is(
      await messageOf(() => createRun(`${folder}/`, { ...config, seed: 5 })),
      `${folder}/: expected a new or empty folder, got a folder that holds files; name another, for example ${folder}-2`,
    );
    assert.is(readText(runFiles(folder).config), before);
    writeFileSync(join(parent, "file"), "text");
    assert.match(
      await messageOf(() => createRun(join(parent, "file"), config)),
      "file: expected a new or empty folder, got a file; name another, for example ",
    );
  }));

test("takes the next free name for a folder that nobody named", () =>
  inFolder((parent) => {
    const names = [1, 2, 3].map(() => createNextRun(join(parent, "run"), config).folder);
    assert.equal(names, [join(parent, "run"), join(parent, "run-2"), join(parent, "run-3")]);
  }));

test("says which part of a run folder is missing", () =>
  inFolder(async (parent) => {
    const folder = join(parent, "run");
    const files = runFiles(folder);
    assert.is(await messageOf(() => readConfig(folder)), `${folder}: expected a run folder, got nothing`);
    mkdirSync(folder);
    assert.is(
      await messageOf(() => readLog(folder)),
      `${folder}: expected a run folder, got an empty folder`,
    );
    createRun(folder, config);
    assert.is(await messageOf(() => readAgent(folder)), `${files.agent}: expected a file, got nothing there`);
    rmSync(files.config);
    assert.is(
      await messageOf(() => readConfig(folder)),
      `${files.config}: expected a file, got nothing there`,
    );
    assert.is(await messageOf(() => readAgent(files.log)), `${files.log}: expected a run folder, got a file`);
  }));

test.run();
