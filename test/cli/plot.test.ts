import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

test("draws runs of one environment, those with equal settings together", () =>
  inFolder(async (folder) => {
    for (const words of ["--seed 1 --out a", "--seed 2 --out b", "--seed 1 --horizon 5 --out c"])
      await commandIn(folder, `train walk --steps 100 ${words}`);
    const { code, stdout } = await commandIn(folder, "plot a b c --out curve.svg");
    assert.equal([code, stdout], [0, "Drew 3 runs of walk into curve.svg\n"]);
    const svg = readFileSync(`${folder}/curve.svg`, "utf8");
    for (const words of [
      "Walk-v0",
      "horizon default",
      "horizon 5",
      "3 runs, interquartile means in bold with 95 % intervals",
    ])
      assert.match(svg, words);
  }));

test("draws the terms of the bound, the model's error and what plans are like", () =>
  inFolder(async (folder) => {
    for (const words of ["--seed 1 --out a", "--seed 2 --out b"])
      await commandIn(folder, `train walk --steps 100 ${words}`);
    assert.is((await commandIn(folder, "plot a b --show bound")).code, 0);
    const bound = readFileSync(`${folder}/curve.svg`, "utf8");
    for (const words of [
      "nats an action",
      "information gain",
      "action consistency",
      "The terms of the bound",
    ])
      assert.match(bound, words);
    assert.is((await commandIn(folder, "plot a --show model")).code, 0);
    assert.match(readFileSync(`${folder}/curve.svg`, "utf8"), "model error, standard deviations");
  }));

test("takes a title, and replaces the drawing of before", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 100 --out a");
    writeFileSync(`${folder}/curve.svg`, "old");
    const { code } = await commandIn(folder, "plot a --title Walking");
    assert.is(code, 0);
    assert.match(readFileSync(`${folder}/curve.svg`, "utf8"), />Walking<.*>Return while learning, seed 1</);
  }));

test("draws a PNG, too", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 100 --out a");
    const { code, stdout } = await commandIn(folder, "plot a --out curve.png");
    assert.equal([code, stdout], [0, "Drew 1 run of walk into curve.png\n"]);
    const png = readFileSync(`${folder}/curve.png`);
    assert.is(png.toString("latin1", 1, 4), "PNG");
    // width and height
    assert.equal([png.readUInt32BE(16), png.readUInt32BE(20)], [1520, 880]);
  }));

test("refuses what it cannot draw, and writes nothing", () =>
  inFolder(async (folder) => {
    await commandIn(folder, "train walk --steps 40 --out a");
    await commandIn(folder, "train nap --steps 40 --out b");
    await commandIn(folder, "train walk --steps 40 --out c", { signal: AbortSignal.abort() });
    await commandIn(folder, "train walk --steps 40 --out d");
    writeFileSync(`${folder}/d/log.jsonl`, "{}\n");
    const cases = [
      ["plot a b", "plot: expected runs of one environment, got walk and nap"],
      ["plot a --out curve.jpg", "--out: expected a name that ends in .svg or .png, got curve.jpg"],
      ["plot a --show it", "--show: expected one of return, bound, belief, model, habit, got it"],
      [
        "plot a --show belief",
        "a/log.jsonl: expected particles of the belief that count, to be drawn by --show belief, got none",
      ],
      ["plot a c", "c/log.jsonl: expected one episode or more, got none"],
      ["plot a d", "d/log.jsonl: line 1: episode: expected a number, got undefined"],
      ["plot a e", "e: expected a run folder, got nothing"],
      ["plot a --out no/curve.svg", "no/curve.svg: expected to write it, got nothing there"],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await commandIn(folder, words);
      assert.equal([code, stdout, stderr], [1, "", `error: ${message}\n`]);
    }
    assert.equal(readdirSync(folder), ["a", "b", "c", "d"]);
  }));

test.run();
