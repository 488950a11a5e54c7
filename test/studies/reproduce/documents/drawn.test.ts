import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DRAWN, placesOf, redraw } from "../../../../studies/reproduce/documents/drawn.ts";
import { documents, RESULTS } from "../../../../studies/reproduce/documents/run.ts";
import { publishLines, readLines } from "../../../../studies/reproduce/suite/store.ts";
import type { Line } from "../../../../studies/reproduce/suite/trial.ts";

const texts = documents().map((path) => [path, readFileSync(path, "utf8")] as const);

for (const [path, text] of texts.filter(([, text]) => placesOf(text).length > 0))
  test(`${path} has the tables that its raw results give: ${placesOf(text).join(", ")}`, async () => {
    assert.is(await redraw(text, RESULTS), text, "npm run reproduce -- documents");
  });

test("every table has a place", () => {
  const places = texts.flatMap(([, text]) => placesOf(text));
  assert.equal([...places].sort(), Object.keys(DRAWN).sort());
});

/** Two seeds of a world. */
const lines = [2, 1].map(
  (seed): Line => ({
    ...{ world: "chain", seed, firstGoal: 7 },
    looks: [
      { steps: 500, planner: [seed, seed], habit: [seed + 2], cpuSeconds: 1, wallSeconds: 2 },
      { steps: 1000, planner: [9, 9], habit: [9], cpuSeconds: 2, wallSeconds: 4 },
    ],
  }),
);

test("trials that are published are drawn, and another number is another table", async () => {
  const folder = mkdtempSync(join(tmpdir(), "drawn-"));
  const text = "Before.\n<!-- drawn: suite -->\nold\n<!-- end -->\nBehind.\n";
  assert.is(await redraw(text, folder), text);
  publishLines(lines, join(folder, "suite"));
  assert.equal(
    readLines(join(folder, "suite/chain.jsonl")).map(({ seed }) => seed),
    [1, 2],
  );
  const drawn = await redraw(text, folder);
  assert.match(drawn, /^Before\.\n<!-- drawn: suite -->\n\n\| policy /);
  assert.match(drawn, /\| chain +\| +500 \| +1\.5 \|/);
  assert.ok(drawn.endsWith("\n\n<!-- end -->\nBehind.\n"));
  assert.not.match(drawn, "old");
  assert.is(await redraw(drawn, folder), drawn);
  const [second, first] = lines;
  const better = { ...first, looks: first.looks.map((look) => ({ ...look, planner: [4, 4] })) };
  publishLines([second, better], join(folder, "suite"));
  assert.is.not(await redraw(drawn, folder), drawn);
});

test("a place without a table is an error, and each table is drawn from its own files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "drawn-"));
  try {
    await redraw("<!-- drawn: nothing -->\n<!-- end -->", folder);
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /^RangeError: drawn: expected one of suite; .*, got nothing$/);
  }
  for (const draw of Object.values(DRAWN)) assert.is(await draw(folder), undefined);
  mkdirSync(join(folder, "pomdp"));
  const batch = {
    ...{
      problem: "Tiger",
      seed: 1,
      lower: 1,
      upper: 2,
      iterations: 3,
      offlineSeconds: 1,
      processorSeconds: 1,
    },
    ...{ millisecondsPerDecision: 1, processorMillisecondsPerDecision: 1, returns: [1, 2, 3] },
  };
  writeFileSync(join(folder, "pomdp", "Tiger.tables.jsonl"), `${JSON.stringify(batch)}\n`);
  assert.match((await DRAWN["known models"](folder)) ?? "", /\| Tiger +\| solved offline +\| 2 ± 0\.57/);
  assert.is(await DRAWN.information(folder), undefined);
});

test.run();
