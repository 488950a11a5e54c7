/** `npm run reproduce -- pomdp`: episodes are kept, and not played twice. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { playEpisode } from "../../../studies/reproduce/pomdp/play.ts";
import { planOf, tasks } from "../../../studies/reproduce/pomdp/problems.ts";
import { episodesOf, runPomdp, tableOf } from "../../../studies/reproduce/pomdp/run.ts";

test("an episode is the same whenever it is played", async () => {
  const task = { ...tasks["LightDark(10)"], steps: 4, particles: 64 };
  const settings = { variant: "closed", episode: 3, practised: undefined, offlineSeconds: 0 } as const;
  const [one, again] = [await playEpisode("a", task, settings), await playEpisode("a", task, settings)];
  assert.equal({ ...one, milliseconds: 0 }, { ...again, milliseconds: 0 });
  assert.ok(one.milliseconds > 0 && one.steps <= 4);
});

test("variants differ by what is searched, and by β", () => {
  const task = tasks["Sub Hunt"];
  assert.equal(
    (["closed", "information", "prior"] as const).map((variant) => {
      const { search, informationWeight, discount } = planOf(task, variant);
      return [search, informationWeight, discount];
    }),
    [
      ["closed", 0, 0.99],
      ["closed", 3, 0.99],
      ["prior", 0, 0.99],
    ],
  );
});

test("episodes are appended, those that are there are not played again, and a table tells of them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pomdp-"));
  const { log } = console;
  console.log = () => {};
  try {
    const words = ["pomdp", "--only", "Mountain Hike", "--variants", "closed", "--folder", folder];
    const [task, steps] = [tasks["Mountain Hike"], tasks["Mountain Hike"].steps];
    Object.assign(task, { steps: 2 });
    assert.is(await runPomdp([...words, "--episodes", "1"]), 0);
    const file = join(folder, "MountainHike.jsonl");
    const first = readFileSync(file, "utf8");
    assert.is(await runPomdp([...words, "--episodes", "2"]), 0);
    Object.assign(task, { steps });
    assert.ok(readFileSync(file, "utf8").startsWith(first));
    assert.equal(
      episodesOf(file).map(({ episode }) => episode),
      [0, 1],
    );
    assert.match(tableOf(folder, ["Mountain Hike"]), /Mountain Hike \| closed .* ± .*\| +2 \|/);
  } finally {
    console.log = log;
    rmSync(folder, { recursive: true });
  }
});

test.run();
