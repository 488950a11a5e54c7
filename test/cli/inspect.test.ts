import { rmSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../src/cli/library.ts";
import { readLink } from "../../src/runs/link.ts";
import { readConfig, readLog } from "../../src/runs/run.ts";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const SMALL = "--members 2 --candidates 8 --horizon 4 --hidden 16,16 --warmup 30 --warmup-updates 10";
const command = (folder: string, words: string) => commandIn(folder, words, { library });

test("shows what was asked, what the agent holds, and how it went", () =>
  inFolder(async (folder) => {
    await command(folder, `train cartpole --steps 120 --out a ${SMALL}`);
    const { code, stdout } = await command(folder, "inspect a");
    assert.is(code, 0);
    for (const words of [
      /environment +cartpole, seed 1\n/,
      /asked for +120 steps\n/,
      /hidden +\[16,16\]\n/,
      /checkpoint +after 120 steps\n/,
      // of 2 members: 5-16-16-11 rows, padded by four
      /model\.dynamics +[\d,]+ numbers\n/,
      /all +[\d,]+ bytes\n/,
      /bound: informationGain +.* nats\n/,
      /agreement of the habit +[\d.–]+\n/,
      /terminal steps so far +\d+\n/,
      /acting +[\d.]+\n/,
    ])
      assert.match(stdout, words);

    const inspection = JSON.parse((await command(folder, "inspect a --json")).stdout);
    assert.equal(inspection.config, readConfig(`${folder}/a`));
    const { episodes } = readLog(`${folder}/a`);
    assert.is(inspection.episodes, episodes.length);
    assert.equal(inspection.last, JSON.parse(JSON.stringify(episodes.at(-1))));
    assert.is(inspection.checkpoint.steps, 120);
    const { parts, bytes } = inspection.memory;
    assert.is(
      parts.reduce((sum: number, part: { bytes: number }) => sum + part.bytes, 0),
      bytes,
    );
    // layers of 16 rows of 4 inputs and an action (two choices), and a bias; two members
    assert.ok(inspection.parameters["model.dynamics"] >= 2 * (16 * 6 + 16 + 16 * 16 + 16));
  }));

test("a run's link holds what re-derives it and what it claims; a run of a fast build has none", () =>
  inFolder(async (folder) => {
    await command(folder, `train cartpole --steps 120 --out a ${SMALL}`);
    const { code, stdout } = await command(folder, "inspect a --link");
    assert.is(code, 0);
    const linked = readLink(stdout.trim());
    const config = readConfig(`${folder}/a`);
    assert.equal(linked?.options, config.options);
    assert.equal([linked?.task, linked?.seed, linked?.steps], ["cartpole", config.seed, 120]);
    const over = readLog(`${folder}/a`).episodes.filter((each) => each.terminated || each.truncated);
    assert.ok(over.length > 1);
    assert.equal(
      linked?.episodes.map(({ chain, return: sum }) => [chain, sum]),
      over.map(({ chain, return: sum }) => [chain?.slice(0, 16), sum]),
    );
    writeFileSync(`${folder}/a/config.json`, JSON.stringify({ ...config, build: "fast" }));
    const fast = await command(folder, "inspect a --link");
    assert.equal([fast.code, fast.stdout], [1, ""]);
    assert.match(fast.stderr, /^error: a\/config\.json: build: expected exact, got fast: /);
  }));

test("a run without an agent or times is shown as far as it goes; a damaged one is named", () =>
  inFolder(async (folder) => {
    await command(folder, `train cartpole --steps 40 --out a ${SMALL}`);
    for (const name of ["agent.safetensors", "timings.jsonl"]) rmSync(`${folder}/a/${name}`);
    const { code, stdout } = await command(folder, "inspect a");
    assert.is(code, 0);
    assert.match(stdout, /checkpoint +none yet\n/);
    assert.not.match(stdout, "Milliseconds");
    writeFileSync(`${folder}/a/timings.jsonl`, "torn");
    assert.not.match((await command(folder, "inspect a")).stdout, "Milliseconds");
    writeFileSync(`${folder}/a/agent.safetensors`, "torn");
    const broken = await command(folder, "inspect a");
    assert.equal([broken.code, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /^error: a\/agent\.safetensors: [^\n]+\n$/);
  }));

test.run();
