/** Sweeps in processes of their own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { SweepPlan } from "../../../src/runs/sweep/plan.ts";
import { type SweepOptions, sweep } from "../../../src/runs/sweep/sweep.ts";
import { inFolder, messageOf } from "../../helpers/folder.ts";
import { small } from "../../helpers/smallAgent.ts";

const base = new URL("worlds/", import.meta.url).href;
const { seed: _, ...options } = small;
const own = { module: "./ring.mjs", version: "1" };
const plan: SweepPlan = { worlds: [own], options: [options], seeds: [1, 2, 3], steps: 40, episodes: 1 };

async function outcomesOf(own: SweepPlan, given: SweepOptions = {}) {
  const outcomes = [];
  for await (const outcome of sweep(own, { base, workers: 2, ...given })) outcomes.push(outcome);
  return outcomes;
}

test("every trial is done once: the next sweep does what is missing, with the bits of one that did all", () =>
  inFolder(async (folder) => {
    const [table, other] = ["a", "b"].map((name) => join(folder, `${name}.jsonl`));
    assert.is((await outcomesOf({ ...plan, seeds: [1, 2] }, { table })).length, 2);
    const rest = await outcomesOf(plan, { table });
    assert.equal(
      rest.map(({ trial }) => trial.seed),
      [3],
    );
    assert.is((await outcomesOf(plan, { table })).length, 0);
    await outcomesOf(plan, { table: other, workers: 1 });
    const bitsOf = (path: string) =>
      readFileSync(path, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .sort((a, b) => a.seed - b.seed)
        .map(({ id, bits }) => [id, bits]);
    assert.equal(bitsOf(table), bitsOf(other));
  }));

test("a sweep that is stopped ends, and the next one does the rest", () =>
  inFolder(async (folder) => {
    const table = join(folder, "table.jsonl");
    const stop = new AbortController();
    const seeds = { from: 1, to: 6 };
    let done = 0;
    for await (const _ of sweep({ ...plan, seeds }, { base, workers: 2, table, signal: stop.signal })) {
      done++;
      stop.abort();
    }
    assert.ok(done >= 1 && done < 6, `${done}`);
    const lines = readFileSync(table, "utf8").trim().split("\n").length;
    assert.is((await outcomesOf({ ...plan, seeds }, { table })).length, 6 - lines);
  }));

test("wrong options are refused by name", async () => {
  assert.match(await messageOf(() => outcomesOf(plan, { workers: 0 })), /^workers: expected/);
  assert.match(await messageOf(() => outcomesOf(plan, { tabel: "x" } as object)), /^options: .*tabel/);
});

test.run();
