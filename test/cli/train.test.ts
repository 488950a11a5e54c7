import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { version } from "../../src/cli/version.ts";
import { readAgent, readConfig, readLog } from "../../src/runs/run.ts";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";
import { standIn } from "../helpers/standIn.ts";

test("keeps a run under its default name and says what to do next", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await commandIn(folder, "train walk --steps 100 --seed 7");
    assert.is(code, 0);
    assert.match(stderr, "Learning walk for 100 steps, seed 7, into runs/walk-seed7\n");
    assert.match(stdout, /learned from +5 episodes, 100 steps\n/);
    assert.match(stdout, "Kept in runs/walk-seed7\n");
    assert.match(stdout, "generative-agent evaluate runs/walk-seed7 --habit ");
    const { started, ...config } = readConfig(`${folder}/runs/walk-seed7`);
    assert.equal(config, {
      version,
      task: "walk",
      seed: 7,
      steps: 100,
      options: { members: 3, warmup: 30, model: "observed", seed: 7 },
      build: "exact",
    });
    assert.ok(Date.now() - Date.parse(started) < 60_000);
    assert.equal(
      readLog(`${folder}/runs/walk-seed7`).episodes.map((episode) => episode.return),
      [1, 2, 3, 4, 5],
    );
  }));

test("a second run with the default name takes the next one, a named folder is refused", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 5");
    await commandIn(folder, "train walk --steps 5");
    assert.equal(readdirSync(`${folder}/runs`), ["walk-seed1", "walk-seed1-2"]);
    const { code, stdout, stderr } = await commandIn(folder, "train walk --steps 5 --out runs/walk-seed1");
    assert.equal([code, stdout], [1, ""]);
    assert.is(
      stderr,
      "error: runs/walk-seed1: expected a new or empty folder, got a folder that holds files; " +
        "name another, for example runs/walk-seed1-2\n",
    );
  }));

test("--json prints an object for each episode and the summary, and nothing else", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "train walk --steps 50 --json --out here");
    assert.is(code, 0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(lines.slice(0, 3), readLog(`${folder}/here`).episodes);
    const { seconds, stepsPerSecond, ...summary } = lines[3].summary;
    assert.equal(Object.keys(lines[3]), ["summary"]);
    assert.ok(seconds > 0 && stepsPerSecond > 0);
    assert.equal(summary, {
      run: "here",
      task: "walk",
      seed: 1,
      episodes: 3,
      steps: 50,
      bestReturn: 2,
      recentEpisodes: 2,
      recentReturn: 1.5,
      modelError: 1 / 3,
      interrupted: false,
    });
  }));

test("gives the agent the options that were asked for, and the kind of model that the environment needs", () =>
  inFolder(async (folder) => {
    const words = "--steps 1 --candidates 8 --horizon 5 --information-weight 0";
    const asked = { members: 3, warmup: 30, horizon: 5, informationWeight: 0, candidates: 8, seed: 1 };
    for (const [task, model] of [
      ["walk", "observed"],
      ["nap", "latent"],
    ]) {
      await commandIn(folder, `train ${task} --out ${task} ${words}`);
      assert.equal(readConfig(`${folder}/${task}`).options, { ...asked, model });
    }
    await commandIn(folder, `train nap --out b --model observed ${words}`);
    assert.equal(readConfig(`${folder}/b`).options, { ...asked, model: "observed" });
  }));

test("--tensorboard writes an event file beside the log, where it is asked for", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 50 --out a --tensorboard");
    const events = () => readdirSync(`${folder}/a`).filter((name) => name.startsWith("events.out.tfevents."));
    assert.is(events().length, 1);
    // the version, and an event for each of three episodes
    const bytes = readFileSync(`${folder}/a/${events()[0]}`);
    assert.is(bytes.toString("latin1").split("episode/return").length, 4);
    await commandIn(folder, "train --resume a --steps 90");
    assert.is(events().length, 1);
  }));

test("what goes wrong leaves no folder behind", () =>
  inFolder(async (folder) => {
    const createAgent = async () => {
      throw new RangeError("horizon: expected 1 to 100, got 500");
    };
    const cases = [
      ["train fly", 'task: expected one of walk, nap, got "fly"'],
      ["train walk --steps 0", "--steps: expected a whole number ≥ 1, got 0"],
      ["train walk --horizon 500", "horizon: expected 1 to 100, got 500"],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await commandIn(folder, words, { library: { createAgent } });
      assert.equal([code, stdout, stderr], [1, "", `error: ${message}\n`]);
    }
    assert.is(existsSync(`${folder}/runs`), false);
  }));

/** A training that throws after so many steps. */
const failingAfter =
  (most: number, message: string): typeof standIn.train =>
  (agent, environment, options) => {
    const run = standIn.train(agent, environment, options);
    const step: typeof run.step = async () => {
      if (run.steps === most) throw new Error(message);
      return run.step();
    };
    return Object.defineProperties(Object.create(run), { step: { value: step } });
  };

test("a training that fails keeps the episodes before and says why in a sentence", () =>
  inFolder(async (folder) => {
    const train = failingAfter(47, "the model's error is not a number");
    const { code, stdout, stderr } = await commandIn(folder, "train walk --out a", { library: { train } });
    assert.equal([code, stdout], [1, ""]);
    assert.match(stderr, /\nerror: the model's error is not a number\n$/);
    const { episodes } = readLog(`${folder}/a`);
    assert.equal(
      episodes.map(({ steps, truncated }) => [steps, truncated]),
      [
        [20, true],
        [40, true],
        [47, true],
      ],
    );
    assert.is((await standIn.loadAgent(readAgent(`${folder}/a`))).steps, 47);
  }));

test("does not begin in a folder it cannot write", () =>
  inFolder(async (folder) => {
    mkdirSync(`${folder}/a`);
    writeFileSync(`${folder}/a/file`, "");
    const { code, stderr } = await commandIn(folder, "train walk --out a/file/run");
    assert.is(code, 1);
    assert.is(
      stderr,
      "error: a/file/run: expected to make this folder, got a file where a folder should be\n",
    );
  }));

test.run();
