/** What trials may do to their processes. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Trial } from "../../../src/runs/sweep/plan.ts";
import { inProcesses, type Outcome } from "../../../src/runs/sweep/processes.ts";
import { small } from "../../helpers/smallAgent.ts";

const base = new URL("worlds/", import.meta.url).href;
const { seed: _, ...options } = small;
const own = { module: "./ring.mjs", version: "1" };
const trial: Trial = { world: own, options, seed: 1, steps: 30, episodes: 0 };

async function outcomesOf(trials: readonly Trial[], workers: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of inProcesses(trials, { workers, version: "1", base, signal: undefined }))
    outcomes.push(outcome);
  return outcomes;
}

test("a trial that fails, one that this machine lacks and one that kills its process are told, and harm no other", async () => {
  const worlds = [
    { ...own, export: "broken" },
    { ...own, module: "./nowhere.mjs" },
    { ...own, export: "deadly" },
    own,
  ];
  const outcomes = await outcomesOf(
    worlds.map((world) => ({ ...trial, world })),
    1,
  );
  assert.equal(
    outcomes.map(({ trial }) => trial.world),
    worlds,
  );
  const [broken, nowhere, deadly, good] = outcomes;
  assert.equal({ ...broken, trial }, { trial, fault: "the ring is broken", isMissing: false });
  assert.ok("isMissing" in nowhere && nowhere.isMissing);
  const fault = "expected a trial that ends, got 3 processes that ended before it: exit code 3";
  assert.equal({ ...deadly, trial }, { trial, fault, isMissing: false });
  assert.ok("result" in good);
});

test("no trials are done by no process, and more processes than trials do each of them once", async () => {
  assert.equal(await outcomesOf([], 2), []);
  const outcomes = await outcomesOf([trial, { ...trial, seed: 2 }], 5);
  assert.equal(outcomes.map(({ trial: { seed } }) => seed).sort(), [1, 2]);
});

test.run();
