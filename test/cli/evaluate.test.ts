import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

/** A folder with a run in `run`. */
function withRun(work: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 40 --out run");
    await work(folder);
  });
}

test("--json prints one object with exactly the five fields", () =>
  withRun(async (folder) => {
    const { code, stdout } = await commandIn(folder, "evaluate run --json --episodes 3 --seed 5");
    assert.is(code, 0);
    assert.is(stdout.indexOf("\n"), stdout.length - 1);
    const evaluation = JSON.parse(stdout);
    assert.equal(Object.keys(evaluation), [
      "meanReturn",
      "standardError",
      "returns",
      "microsecondsPerAction",
      "policy",
    ]);
    assert.equal(evaluation.returns, [5.04, 6.04, 7.04]);
    assert.is(evaluation.policy, "plan");
  }));

test("asks for the habit, and tells a human what came of it", () =>
  withRun(async (folder) => {
    const { code, stdout } = await commandIn(folder, "evaluate run --habit");
    assert.is(code, 0);
    assert.match(stdout, "walk, the habit alone, no planning\n");
    assert.match(stdout, /episodes +10, seeds 1000 to 1009\n/);
    assert.match(stdout, /mean return +1,005 ± 0.5\n/);
    assert.match(stdout, "generative-agent evaluate run  # act by planning");
  }));

test("says which part of a run folder is broken, and changes nothing", () =>
  withRun(async (folder) => {
    const config = readFileSync(`${folder}/run/config.json`, "utf8");
    const cases: readonly (readonly [() => void, string])[] = [
      [
        () => writeFileSync(`${folder}/run/agent.safetensors`, "{"),
        "run/agent.safetensors: file: expected safetensors, got 1 bytes",
      ],
      [
        () => rmSync(`${folder}/run/agent.safetensors`),
        "run/agent.safetensors: expected a file, got nothing there",
      ],
      [
        () => writeFileSync(`${folder}/run/config.json`, config.slice(0, 20)),
        'run/config.json: expected a JSON object, got "{ \\"version\\": \\"',
      ],
      [() => rmSync(`${folder}/run/config.json`), "run/config.json: expected a file, got nothing there"],
      [() => rmSync(`${folder}/run`, { recursive: true }), "run: expected a run folder, got nothing"],
    ];
    for (const [fault, message] of cases) {
      fault();
      const { code, stdout, stderr } = await commandIn(folder, "evaluate run --json");
      assert.equal([code, stdout], [1, ""]);
      assert.is(stderr.slice(0, 7 + message.length), `error: ${message}`);
      assert.is(stderr.indexOf("\n"), stderr.length - 1);
    }
  }));

test("names the file of a run whose environment is not known", () =>
  withRun(async (folder) => {
    const path = `${folder}/run/config.json`;
    writeFileSync(path, readFileSync(path, "utf8").replace('"walk"', '"fly"'));
    const { code, stderr } = await commandIn(folder, "evaluate run");
    assert.is(code, 1);
    assert.is(stderr, 'error: run/config.json: task: expected one of walk, nap, got "fly"\n');
  }));

test("stops at a Ctrl-C without half a result", () =>
  withRun(async (folder) => {
    const { code, stdout, stderr } = await commandIn(folder, "evaluate run --json", {
      signal: AbortSignal.abort(),
    });
    assert.equal([code, stdout, stderr], [130, "", "Stopped after 0 of 10 episodes\n"]);
  }));

test.run();
