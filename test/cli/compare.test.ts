import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

/** Runs of the stand-in: returns are the numbers of the episodes, so that longer runs are better. */
const withRuns = (work: (folder: string) => Promise<void>) =>
  inFolder(async (folder) => {
    for (const words of [
      "walk --steps 100 --out a1",
      "walk --steps 120 --seed 2 --out a2",
      "walk --steps 400 --horizon 5 --out b1",
      "nap --steps 60 --out c1",
    ])
      await commandIn(folder, `train ${words}`);
    await work(folder);
  });

test("--json prints a row for each environment and setting", () =>
  withRuns(async (folder) => {
    const { code, stdout } = await commandIn(folder, "compare a1 b1 a2 c1 --json");
    assert.is(code, 0);
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const same = (value: number) => ({ value, low: value, high: value });
    assert.equal(rows, [
      {
        ...{ task: "walk", setting: "horizon default", runs: 2, steps: 100 },
        final: { value: 3.25, low: 3, high: 3.5 },
        learning: { value: 3.25, low: 3, high: 3.5 },
      },
      // the last ten of twenty episodes; all of them
      {
        task: "walk",
        setting: "horizon 5",
        runs: 1,
        steps: 400,
        final: same(15.5),
        learning: same(10.5),
        improvement: same(1),
      },
      { task: "nap", setting: "as given", runs: 1, steps: 60, final: same(2), learning: same(2) },
    ]);
  }));

test("prints a table for a human", () =>
  withRuns(async (folder) => {
    const { code, stdout } = await commandIn(folder, "compare a1 a2 b1");
    assert.is(code, 0);
    const [head, first, second] = stdout.split("\n");
    assert.match(
      head,
      /^environment {2}setting +runs {2}steps {2}last 10 episodes +all episodes +P\(better than first\)$/,
    );
    assert.match(first, /^walk +horizon default {2}2 +100 +3\.3 \[3\.0, 3\.5\] +3\.3 \[3\.0, 3\.5\] +–$/);
    assert.match(second, /1\.00 \[1\.00, 1\.00\]$/);
  }));

test.run();
