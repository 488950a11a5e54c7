import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { writePomdp } from "../../src/models/pomdp/writePomdp.ts";
import { rockSample, tiger } from "../../src/problems.ts";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

/** A folder with the tiger in `tiger.pomdp`. */
function withTiger(work: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    writeFileSync(`${folder}/tiger.pomdp`, writePomdp(tiger(), { discount: 0.95 }));
    await work(folder);
  });
}

test("--json prints one object with the value that is proved, the return and the time", () =>
  withTiger(async (folder) => {
    const { code, stdout } = await commandIn(folder, "plan tiger.pomdp --json --episodes 50 --seed 3");
    assert.is(code, 0);
    assert.is(stdout.indexOf("\n"), stdout.length - 1);
    const { lower, upper, returns, meanReturn, standardError, ...others } = JSON.parse(stdout);
    assert.ok(lower <= 19.3714 && upper >= 19.3713 && upper - lower <= 1e-3, `${lower} … ${upper}`);
    assert.is(returns.length, 50);
    assert.ok(Math.abs(meanReturn - 19.37) < 4 * standardError);
    const { millisecondsPerDecision, offlineSeconds, iterations, ...facts } = others;
    assert.ok(millisecondsPerDecision > 0 && offlineSeconds > 0 && iterations > 0);
    assert.equal(facts, {
      file: "tiger.pomdp",
      states: 2,
      actions: 3,
      observations: 2,
      discount: 0.95,
      seed: 3,
    });
    const again = await commandIn(folder, "plan tiger.pomdp --json --episodes 50 --seed 3");
    assert.equal(JSON.parse(again.stdout).returns, returns);
  }));

test("tells a human the same", () =>
  withTiger(async (folder) => {
    const { code, stdout } = await commandIn(folder, "plan tiger.pomdp --episodes 20 --horizon 30");
    assert.is(code, 0);
    assert.match(stdout, "tiger.pomdp: 2 states, 3 actions, 2 observations, discount 0.95\n");
    assert.match(stdout, /value proved +between 19.37 and 19.37\n/);
    assert.match(stdout, /episodes +20, seed 1\n/);
    assert.match(stdout, /discounted return +−?[\d.]+ ± [\d.]+\n/);
    assert.match(stdout, /one decision +[\d.]+ ms\n/);
  }));

test("--discount goes over the file's, which may be 1", () =>
  withTiger(async (folder) => {
    writeFileSync(`${folder}/endless.pomdp`, writePomdp(tiger(), { discount: 1 }));
    const { code, stderr } = await commandIn(folder, "plan endless.pomdp");
    const message = "endless.pomdp: discount: expected a number below 1, got 1; --discount gives another";
    assert.equal([code, stderr.split("\n")[0]], [1, `error: ${message}`]);
    const { stdout } = await commandIn(folder, "plan endless.pomdp --discount 0.95 --episodes 1 --json");
    const { lower, upper, discount } = JSON.parse(stdout);
    assert.is(discount, 0.95);
    assert.ok(lower <= 19.3714 && upper >= 19.3713, `${lower} … ${upper}`);
  }));

test("says what is wrong with a file in one line that begins with its path", () =>
  withTiger(async (folder) => {
    writeFileSync(`${folder}/broken.pomdp`, "discount: 0.9\nstates: a a\n");
    writeFileSync(`${folder}/page.html`, "<html></html>");
    mkdirSync(`${folder}/folder`);
    if (process.platform !== "win32") execFileSync("mkfifo", [`${folder}/pipe`]);
    for (const [file, message] of [
      ["none.pomdp", "none.pomdp: expected a file, got nothing there"],
      ["folder", "folder: expected a file, got a folder"],
      ...(process.platform === "win32"
        ? []
        : [["pipe", "pipe: expected a file, got a pipe, a socket or a device"]]),
      ["broken.pomdp", "broken.pomdp: line 2: expected states of different names, got a"],
      [
        "page.html",
        "page.html: line 1: expected discount, values, states, actions, observations, start, T, O or R, got <html></html>",
      ],
    ]) {
      const { code, stdout, stderr } = await commandIn(folder, `plan ${file}`);
      assert.equal([code, stdout], [1, ""]);
      const [, said] = stderr.match(/^error: (?:.*\/)?(.*)\n$/) ?? [];
      assert.ok(stderr.endsWith(`${message}\n`) || said?.endsWith(message), stderr);
      assert.is(stderr.indexOf("\n"), stderr.length - 1);
    }
  }));

test("follows a link to a file", () =>
  withTiger(async (folder) => {
    symlinkSync(`${folder}/tiger.pomdp`, `${folder}/link.pomdp`);
    assert.is((await commandIn(folder, "plan link.pomdp --episodes 1 --iterations 5")).code, 0);
  }));

for (const [words, message] of [
  ["plan", "plan: expected <file>, got none"],
  ["plan tiger.pomdp --episodes 0", "--episodes: expected a whole number ≥ 1, got 0"],
  ["plan tiger.pomdp --iterations 1.5", "--iterations: expected a whole number ≥ 0, got 1.5"],
  ["plan tiger.pomdp --tolerance 0", "--tolerance: expected a number between 1e-12 and 1000000000000, got 0"],
  ["plan tiger.pomdp --steps 3", "--steps: expected an option of plan"],
])
  test(`refuses ${words}`, () =>
    withTiger(async (folder) => {
      const { code, stderr } = await commandIn(folder, words);
      assert.equal([code, stderr.slice(0, 7 + message.length)], [1, `error: ${message}`]);
    }));

test("stops at a Ctrl-C, while it solves and while it plays", () =>
  withTiger(async (folder) => {
    writeFileSync(
      `${folder}/rocks.pomdp`,
      writePomdp(
        rockSample({
          size: 5,
          rocks: [
            [1, 1],
            [2, 3],
            [3, 0],
            [4, 4],
            [0, 3],
          ],
          start: [0, 1],
        }),
      ),
    );
    const stopped = async (words: string, after: number) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), after);
      return commandIn(folder, words, { signal: controller.signal });
    };
    const solving = await stopped("plan rocks.pomdp --iterations 100000 --tolerance 1e-12", 300);
    assert.equal([solving.code, solving.stdout], [130, ""]);
    assert.match(
      solving.stderr,
      /Stopped after [\d,]+ of 100,000 iterations: the value is between [\d.]+ and [\d.]+\n$/,
    );
    const playing = await stopped("plan tiger.pomdp --iterations 1 --episodes 100000000", 1500);
    assert.equal([playing.code, playing.stdout], [130, ""]);
    assert.match(playing.stderr, /Stopped after [\d,]+ of 100,000,000 episodes\n$/);
  }));

test.run();
