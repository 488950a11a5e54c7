import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openTable } from "../../../src/runs/sweep/table.ts";
import type { TrialResult } from "../../../src/runs/sweep/trial.ts";
import { inFolder, messageOf } from "../../helpers/folder.ts";

function result(id: string, bits = "00"): TrialResult {
  const trial = { world: "pendulum", options: {}, seed: 1, steps: 10, episodes: 1 };
  return { ...trial, id, version: "1", planner: [-1.5], habit: [-2], bits, seconds: 0.1 };
}

test("results are read as they were written, and one that stands there is not written again", () =>
  inFolder((folder) => {
    const path = join(folder, "table.jsonl");
    const table = openTable(path);
    assert.is(table.results.size, 0);
    assert.is(table.add(result("a")), true);
    assert.is(table.add({ ...result("a"), seconds: 7 }), false);
    table.add(result("b"));
    const again = openTable(path);
    assert.equal([...again.results.values()], [result("a"), result("b")]);
    assert.is(readFileSync(path, "utf8").split("\n").length, 3);
  }));

test("a result with other bits than the first one is refused by name, on writing and on reading", () =>
  inFolder(async (folder) => {
    const path = join(folder, "table.jsonl");
    const table = openTable(path);
    table.add(result("a"));
    const message = /"pendulum", seed 1: expected the bits 00… of the first result, got 01…/;
    assert.match(await messageOf(() => table.add(result("a", "01"))), message);
    appendFileSync(path, `${JSON.stringify(result("a", "01"))}\n`);
    assert.match(await messageOf(() => openTable(path)), message);
  }));

test("a last line that was cut short is left out with a warning, and the next result takes its place", () =>
  inFolder((folder) => {
    const path = join(folder, "table.jsonl");
    openTable(path).add(result("a"));
    appendFileSync(path, '{"id":"b","ver');
    const table = openTable(path);
    assert.is(table.warning, `${path}: line 2: expected a whole line, got one cut short; it is left out`);
    table.add(result("c"));
    assert.equal([...openTable(path).results.keys()], ["a", "c"]);
    assert.is(openTable(path).warning, undefined);
  }));

for (const [line, message] of [
  ["nonsense", /line 1: expected a JSON object/],
  ['{"id":1}', /line 1: id: expected a text, got 1/],
  [JSON.stringify({ ...result("a"), habit: ["x"] }), /line 1: habit: expected returns/],
] as const)
  test(`a line that is no result is refused: ${line}`, () =>
    inFolder(async (folder) => {
      const path = join(folder, "table.jsonl");
      writeFileSync(path, `${line}\n`);
      assert.match(await messageOf(() => openTable(path)), message);
    }));

test.run();
