import { appendFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { readRun, readRuns } from "../../src/cli/readRun.ts";
import { commandIn, recorder } from "../helpers/command.ts";
import { inFolder, messageOf } from "../helpers/folder.ts";

test("reads a run's configuration, episodes and curve, and tells of a torn line", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 50 --out a");
    appendFileSync(`${folder}/a/log.jsonl`, '{"episode":');
    const { output, text } = recorder();
    const { config, episodes, curve } = readRun(`${folder}/a`, { stderr: output });
    assert.is(config.task, "walk");
    assert.equal(
      episodes.map(({ steps }) => steps),
      [20, 40, 50],
    );
    assert.equal(curve, [
      { steps: 20, return: 1 },
      { steps: 40, return: 2 },
    ]);
    assert.match(text(), /^warning: .*line 4: expected a whole line, got one cut short; it is left out\n$/);
  }));

test("refuses to count a run twice, however it is named", async () => {
  const message = await messageOf(() => readRuns(["a", "b", "./b/../a"], { stderr: recorder().output }));
  assert.is(message, "runs: expected each folder once, got ./b/../a twice");
});

test("refuses a run without episodes", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 50 --out a", { signal: AbortSignal.abort() });
    const message = await messageOf(() => readRun(`${folder}/a`, { stderr: recorder().output }));
    assert.is(message, `${folder}/a/log.jsonl: expected one episode or more, got none`);
  }));

test.run();
