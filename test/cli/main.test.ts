import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { loadAgent } from "../../src/agent/agent.ts";
import { createEnvironment } from "../../src/environments/registry.ts";
import { readAgent, readLog } from "../../src/runs/run.ts";
import { processIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

const MAIN = "../../src/cli/main.ts";
const command = (folder: string, words: string) => processIn(folder, MAIN, { words }).left;

/** Just past the warm-up, so that models, plans and lessons are all in the agent. */
const train = "train pendulum --steps 210 --seed 3 --members 2 --candidates 8 --json";

test("trains, keeps and evaluates an agent; the same seed gives the same episodes", () =>
  inFolder(async (folder) => {
    const [first, second] = await Promise.all([
      command(folder, `${train} --out a`),
      command(folder, `${train} --out b`),
    ]);
    assert.equal([first.code, second.code], [0, 0]);
    assert.is(readFileSync(`${folder}/a/log.jsonl`, "utf8"), readFileSync(`${folder}/b/log.jsonl`, "utf8"));
    assert.equal(Buffer.compare(readAgent(`${folder}/a`), readAgent(`${folder}/b`)), 0);

    const words = "evaluate a --habit --episodes 2 --json";
    const { code, stdout } = await command(folder, words);
    assert.is(code, 0);
    const { policy, returns, meanReturn } = JSON.parse(stdout);
    assert.is(policy, "habit");
    assert.is(meanReturn, (returns[0] + returns[1]) / 2);
    assert.equal(JSON.parse((await command(folder, words.replace(" a ", " b "))).stdout).returns, returns);
  }));

test("a Ctrl-C keeps an agent that has learned from every logged step", () =>
  inFolder(async (folder) => {
    const words = "train pendulum --steps 1000000 --members 2 --candidates 8 --json --out run";
    const { child, left } = processIn(folder, MAIN, { words });
    child.stdout.once("data", () => child.kill("SIGINT"));
    const { code, stdout } = await left;
    assert.is(code, 130);
    const { summary } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    const agent = await loadAgent(readAgent(`${folder}/run`));
    assert.equal(
      [agent.steps, readLog(`${folder}/run`).episodes.at(-1)?.steps],
      [summary.steps, summary.steps],
    );
    const { reset } = await createEnvironment("pendulum");
    assert.ok(Number.isFinite((agent.act(reset({ seed: 1 }).observation) as ArrayLike<number>)[0]));
  }));

test("says in a sentence what is wrong with an agent's file, a name or an option", () =>
  inFolder(async (folder) => {
    await command(folder, "train pendulum --steps 20 --out a");
    const file = `${folder}/a/agent.safetensors`;
    const whole = readFileSync(file);
    const cases: readonly (readonly [() => void, string, RegExp])[] = [
      [
        () => truncateSync(file, whole.length >> 1),
        "evaluate a",
        /^error: a\/agent\.safetensors: .*cut short\n$/,
      ],
      [() => truncateSync(file, 0), "evaluate a", /^error: a\/agent\.safetensors: .*got 0 bytes\n$/],
      [() => writeFileSync(file, "no agent at all"), "evaluate a", /^error: a\/agent\.safetensors: .+\n$/],
      [() => {}, "train pendulums", /^error: task: expected one of pendulum, .*did you mean pendulum\?\n$/],
      [
        () => {},
        "train pendulum --candidates 5",
        /^error: --candidates: expected a multiple of 4 in \[4, 65536\], got 5\n$/,
      ],
    ];
    for (const [fault, words, message] of cases) {
      fault();
      const { code, stdout, stderr } = await command(folder, words);
      assert.equal([code, stdout], [1, ""], words);
      assert.match(stderr, message);
      assert.is(stderr.indexOf("\n"), stderr.length - 1, stderr);
    }
  }));

test.run();
