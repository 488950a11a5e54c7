import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../src/cli/library.ts";
import { readSafetensors, writeSafetensors } from "../../src/core/safetensors.ts";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const SMALL = "--members 2 --candidates 8 --horizon 4 --hidden 16,16 --warmup 40 --warmup-updates 20";
const command = (folder: string, words: string, signal?: AbortSignal) =>
  commandIn(folder, words, { library, ...(signal && { signal }) });

/** Does something with a small run of cartpole, of 150 steps, of which the last episode is cut short. */
const withRun = (work: (folder: string) => Promise<void>) =>
  inFolder(async (folder) => {
    await command(folder, `train cartpole --steps 150 --seed 5 --out a ${SMALL}`);
    await work(folder);
  });

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1) ?? "";

/** Changes the text of a file of a copy of the run. */
function change(folder: string, name: string, edit: (text: string) => string): void {
  rmSync(`${folder}/b`, { recursive: true, force: true });
  cpSync(`${folder}/a`, `${folder}/b`, { recursive: true });
  writeFileSync(`${folder}/b/${name}`, edit(readFileSync(`${folder}/b/${name}`, "utf8")));
}

test("says of an honest run that its episodes and its agent have the same bits, with any threads", () =>
  withRun(async (folder) => {
    const { code, stdout } = await command(folder, "verify a --threads 2");
    assert.is(code, 0);
    assert.match(
      stdout,
      /^Checked cartpole, seed 5, in .+: the same bits in \d+ episodes, 150 steps and the agent\n$/,
    );
    await command(folder, "train --resume a --steps 170");
    const { seconds, ...record } = JSON.parse((await command(folder, "verify a --json")).stdout);
    assert.ok(seconds > 0);
    const episodes = readFileSync(`${folder}/a/log.jsonl`, "utf8").split("\n").length - 1;
    assert.equal(record, { run: "a", same: true, episodes, steps: 170, agent: true });
  }));

test("a run that a Ctrl-C cut short is the same as far as it goes", () =>
  inFolder(async (folder) => {
    const controller = new AbortController();
    const words = `train pendulum --steps 100000 --out a ${SMALL}`;
    setTimeout(() => controller.abort(), 400);
    assert.is((await command(folder, words, controller.signal)).code, 130);
    const { code, stdout, stderr } = await command(folder, "verify a");
    assert.equal([code, stderr.includes("error")], [0, false], stderr);
    assert.match(stdout, " and the agent\n");
  }));

test("names the first episode that differs, and an agent that does", () =>
  withRun(async (folder) => {
    const cases: readonly (readonly [string, (text: string) => string, RegExp])[] = [
      [
        "log.jsonl",
        (text) => text.replace(/("episode":3.*?"return":)(\d+)/, "$1999"),
        /error: b\/log\.jsonl: episode 3: expected return \d+\.0 at step \d+, as trained anew, got return 999\.0 at step \d+\n$/,
      ],
      [
        "log.jsonl",
        (text) => text.replace(/"episode":2.*?"length":/, (start) => `${start}1`),
        /error: b\/log\.jsonl: episode 2: .*, with other bits\n$/,
      ],
      // one line twice
      [
        "log.jsonl",
        (text) => `${text}${lastLine(text)}\n`,
        /^error: b\/log\.jsonl: line \d+: episode: expected above \d+, got \d+\n$/,
      ],
      // an episode that never was
      [
        "log.jsonl",
        (text) => `${text}${lastLine(text).replace(/"episode":\d+/, '"episode":999')}\n`,
        /error: b\/log\.jsonl: episode \d+: expected none, as trained anew, got return/,
      ],
      [
        "config.json",
        (text) => text.replace('"horizon": 4', '"horizon": 5'),
        /error: b\/log\.jsonl: episode 1: /,
      ],
      [
        "config.json",
        (text) => text.replace('"seed": 5,', '"seed": 6,'),
        /error: b\/log\.jsonl: episode 1: /,
      ],
      [
        "config.json",
        (text) => text.replace('"exact"', '"fast"'),
        /^error: b\/config\.json: build: expected exact, got fast: its last bits are those of the machine that trained it, so that nobody can train it anew\n$/,
      ],
      [
        "config.json",
        (text) => text.replace(/"version": "[^"]*"/, '"version": "0.0.1"'),
        /^error: b\/config\.json: version: expected [\d.]+, got 0\.0\.1: other versions may give other bits; verify it by that one\n$/,
      ],
      [
        "log.jsonl",
        (text) => text.replaceAll(/,"chain":"\w+"/g, ""),
        /^error: b\/log\.jsonl: line 1: chain: expected a hash, got none\n$/,
      ],
      [
        "config.json",
        (text) => text.replace('"cartpole"', '"cart\u001bpole"'),
        /^error: b\/config\.json: .*\\u001bpole.*\n$/,
      ],
    ];
    for (const [name, edit, message] of cases) {
      change(folder, name, edit);
      const { code, stdout, stderr } = await command(folder, "verify b");
      assert.equal([code, stdout], [1, ""], stderr);
      assert.match(stderr, message);
    }
    change(folder, "log.jsonl", (text) => text.replace(/("episode":3.*?"return":)(\d+)/, "$1999"));
    const { code, stdout } = await command(folder, "verify b --json");
    const { same, differs, episodes } = JSON.parse(stdout);
    assert.equal([code, same, differs, episodes], [1, false, 3, 2]);

    change(folder, "log.jsonl", (text) => text);
    const { tensors, format } = readSafetensors(readFileSync(`${folder}/b/agent.safetensors`));
    const name =
      Object.keys(tensors).find(
        (key) => tensors[key] instanceof Float32Array && tensors[key].some((v) => v !== 0),
      ) ?? "";
    tensors[name][tensors[name].findIndex((value) => value !== 0)] *= 1.0000002;
    writeFileSync(`${folder}/b/agent.safetensors`, writeSafetensors(tensors, format));
    const changed = await command(folder, "verify b");
    assert.is(changed.code, 1);
    assert.match(
      changed.stderr,
      /error: b\/agent\.safetensors: expected the agent after 150 steps, as trained anew, got one with other bits\n$/,
    );
  }));

test("compares what there is, and stops at a Ctrl-C", () =>
  withRun(async (folder) => {
    const stopped = await command(folder, "verify a", AbortSignal.abort());
    assert.equal([stopped.code, stopped.stdout], [130, ""]);
    assert.match(stopped.stderr, /Stopped after 0 episodes that are the same, of \d+\n$/);
    rmSync(`${folder}/a/agent.safetensors`);
    const { code, stdout, stderr } = await command(folder, "verify a");
    assert.is(code, 0);
    assert.match(stderr, /^warning: a\/agent\.safetensors: nothing there; the episodes alone are compared\n/);
    assert.match(stdout, /episodes and 150 steps\n$/);
    writeFileSync(`${folder}/a/log.jsonl`, "");
    const empty = await command(folder, "verify a");
    assert.match(empty.stderr, /error: a\/log\.jsonl: expected one episode or more, got none\n$/);
  }));

test.run();
