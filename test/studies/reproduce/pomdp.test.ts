/** `npm run reproduce -- pomdp`: episodes are kept, and not played twice. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { playEpisode } from "../../../studies/reproduce/pomdp/play.ts";
import { planOf, tasks } from "../../../studies/reproduce/pomdp/problems.ts";
import { runPomdp } from "../../../studies/reproduce/pomdp/run.ts";
import { episodesOf, informationOf, returnsOf } from "../../../studies/reproduce/pomdp/summary.ts";

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
    (["closed", "information", "prior", "short information"] as const).map((variant) => {
      const { search, informationWeight, discount } = planOf(task, variant);
      return [search, informationWeight, discount];
    }),
    [
      ["closed", 0, 0.99],
      ["closed", 3, 0.99],
      ["prior", 0, 0.99],
      ["closed", 3, 0.99],
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
    assert.match(returnsOf(folder, ["Mountain Hike"], {}) ?? "", /Mountain Hike \| closed .* ± .*\| +2 \|/);
  } finally {
    console.log = log;
    rmSync(folder, { recursive: true });
  }
});

test("plans with and without information are compared on the same episodes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pomdp-"));
  try {
    const line = (variant: string, episode: number, sum: number) =>
      JSON.stringify({ variant, episode, return: sum, milliseconds: 1, offlineSeconds: 0 });
    const lines = [
      line("closed", 0, 1),
      line("closed", 1, 3),
      line("information", 1, 6),
      line("information", 0, 2),
    ];
    writeFileSync(join(folder, "SubHunt.jsonl"), lines.join("\n"));
    const rows = (informationOf(folder, ["Sub Hunt"]) ?? "").split("\n");
    // 1 and 3: 2 ± 1.96
    assert.match(rows[2], /Sub Hunt +\| information +\| +closed +\| +2.00 \| +0.04 … 3.96 \| +2 \|/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an episode of tables is played at the exact belief", async () => {
  const task = tasks["Tiger, planned online"];
  const { return: sum, steps } = await playEpisode("Tiger", task, {
    ...{ variant: "short", episode: 0, practised: undefined, offlineSeconds: 0 },
  });
  assert.is(steps, task.steps);
  assert.ok(sum > -200 && sum < 200);
});

test.run();
