import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";
import { small } from "../helpers/smallAgent.ts";

const module = fileURLToPath(new URL("../runs/sweep/worlds/ring.mjs", import.meta.url));
const { seed: _, ...options } = small;
const plan = {
  worlds: [{ module, version: "1" }],
  options: [options],
  seeds: [1, 2],
  steps: 40,
  episodes: 1,
};

test("sweep does the trials of a plan into a table beside it, and prints medians; the second time it only prints", () =>
  inFolder(async (folder) => {
    const path = join(folder, "plan.json");
    writeFileSync(path, JSON.stringify(plan));
    const first = await commandIn(".", `sweep ${path} --workers 2`);
    assert.is(first.code, 0, first.stderr);
    assert.match(first.stdout, /^.*ring\.mjs 1 .*, 40 steps: planner .*, habit .*; median of 2 seeds\n$/);
    const table = readFileSync(join(folder, "plan.jsonl"), "utf8");
    const again = await commandIn(".", `sweep ${path} --json`);
    assert.match(again.stderr, /^2 trials, 2 of them in .*plan\.jsonl already; 0 workers\n/);
    const bySeed = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .sort((a, b) => a.seed - b.seed);
    assert.equal(bySeed(again.stdout), bySeed(table));
  }));

test("a trial that fails is named, and the exit code says so", () =>
  inFolder(async (folder) => {
    const worlds = [{ module, export: "broken", version: "1" }];
    const path = join(folder, "plan.json");
    writeFileSync(path, JSON.stringify({ ...plan, worlds, seeds: [5] }));
    const { code, stderr } = await commandIn(".", `sweep ${path}`);
    assert.is(code, 1);
    assert.match(stderr, /seed 5: failed: the ring is broken/);
  }));

for (const [words, message] of [
  ["sweep nowhere.json", /^error: nowhere.json: expected a file, got .*\n$/],
  ["sweep .", /^error: \.: expected a file, got a folder\n$/],
  ["sweep bad.json", /^error: bad.json: expected a JSON object, got "nonsense"\n$/],
  ["sweep bad.json --workers 0", /^error: .*expected/],
] as const)
  test(`a wrong command line is refused: ${words}`, () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "bad.json"), "nonsense");
      const { code, stderr } = await commandIn(folder, words);
      assert.is(code, 1);
      assert.match(stderr, message);
    }));

test.run();
