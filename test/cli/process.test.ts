import { setTimeout as sleep } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { programName } from "../../src/cli/process.ts";
import { readAgent, readConfig, readLog } from "../../src/runs/run.ts";
import { processIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";
import { standIn } from "../helpers/standIn.ts";

const slow = { STEP_MILLISECONDS: "2" };

test("a Ctrl-C keeps what was learned, says so and exits with 130", () =>
  inFolder(async (folder) => {
    const words = "train walk --steps 100000 --json --out run";
    const { child, left } = processIn(folder, "standInMain.ts", { words, environment: slow });
    child.stdout.once("data", () => {
      child.kill("SIGINT");
      child.kill("SIGINT");
    });
    const { code, stdout } = await left;
    assert.is(code, 130);
    const { summary } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    assert.is(summary.interrupted, true);
    const { episodes } = readLog(`${folder}/run`);
    assert.is(episodes.at(-1)?.steps, summary.steps);
    assert.is((await standIn.loadAgent(readAgent(`${folder}/run`))).steps, summary.steps);
    assert.is(readConfig(`${folder}/run`).steps, 100000);
  }));

test("a second Ctrl-C, later, quits at once", () =>
  inFolder(async (folder) => {
    const words = "train walk --json --out run";
    const environment = { STEP_MILLISECONDS: "60000" };
    const { child, left } = processIn(folder, "standInMain.ts", { words, environment });
    await new Promise((resolve) => child.stderr.once("data", resolve));
    child.kill("SIGINT");
    await sleep(500);
    child.kill("SIGINT");
    const { code, stdout } = await left;
    assert.equal([code, stdout], [130, ""]);
  }));

test("a reader that goes away ends the training, which is kept", () =>
  inFolder(async (folder) => {
    const words = "train walk --steps 100000 --json --out run";
    const { child, left } = processIn(folder, "standInMain.ts", { words, environment: slow });
    child.stdout.once("data", () => child.stdout.destroy());
    const { code, stderr } = await left;
    assert.is(code, 130);
    assert.not.match(stderr, "error:");
    assert.ok(readAgent(`${folder}/run`).length > 0);
  }));

test("prints help and version, and an error without a stack", () =>
  inFolder(async (folder) => {
    const [help, version, wrong] = await Promise.all(
      ["train --help", "--version", "train fly"].map(
        (words) => processIn(folder, "standInMain.ts", { words }).left,
      ),
    );
    assert.is(help.code, 0);
    assert.match(help.stdout, "--horizon <n>");
    const options = help.stdout.split("\n").filter((line) => /^ {2}--/.test(line));
    assert.ok(
      options.every((line) => line.includes("(default: ")),
      help.stdout,
    );
    assert.match(version.stdout, /^generative-agent\/\d+\.\d+\.\d+ /);
    assert.equal([wrong.code, wrong.stdout], [1, ""]);
    assert.is(wrong.stderr, 'error: task: expected one of walk, nap, got "fly"\n');
  }));

test("knows how it was called", () => {
  assert.is(programName("/a/node_modules/.bin/generative-agent", [], "/a"), "npx generative-agent");
  assert.is(programName("/usr/bin/generative-agent", [], "/a"), "generative-agent");
  assert.is(programName("/a/dist/cli.js", [], "/a"), "node dist/cli.js");
});

test.run();
