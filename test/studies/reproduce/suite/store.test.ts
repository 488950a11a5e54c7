import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOfOptions, workingSource } from "../../../../studies/reproduce/suite/source.ts";
import {
  appendLine,
  findLine,
  openStore,
  pathOf,
  readLines,
  resultsPath,
} from "../../../../studies/reproduce/suite/store.ts";
import type { Line } from "../../../../studies/reproduce/suite/trial.ts";

const folder = mkdtempSync(join(tmpdir(), "suite-"));
test.after(() => rmSync(folder, { recursive: true }));

const lineOf = (seed: number, steps: readonly number[], episodes = 2): Line => ({
  world: "grid",
  seed,
  firstGoal: null,
  looks: steps.map((mark) => ({
    steps: mark,
    planner: Array.from({ length: episodes }, (_, i) => mark + i),
    habit: [0],
    cpuSeconds: 1,
    wallSeconds: 1,
  })),
});

test("lines are appended and read; one that was cut short is dropped", () => {
  const path = join(folder, "deep", "a.jsonl");
  assert.equal(readLines(path), []);
  openStore(path);
  appendLine(path, lineOf(1, [5]), { commit: "abc" });
  appendFileSync(path, '{"world":"gr');
  assert.equal(readLines(path), [{ ...lineOf(1, [5]), commit: "abc" }]);
  openStore(path);
  appendLine(path, lineOf(2, [5]));
  assert.equal(
    readLines(path).map(({ seed }) => seed),
    [1, 2],
  );
});

test("trials of a world and seed are put together, with the looks that have more episodes", () => {
  const path = join(folder, "joined.jsonl");
  for (const line of [lineOf(1, [5, 10], 3), lineOf(1, [5, 20]), lineOf(2, [5])]) appendLine(path, line);
  const [first, second] = readLines(path);
  assert.equal(
    first.looks.map(({ steps, planner }) => [steps, planner.length]),
    [
      [5, 3],
      [10, 3],
      [20, 2],
    ],
  );
  assert.equal(second, lineOf(2, [5]));
});

test("a trial is found when it has the looks and the episodes that are wanted", () => {
  const lines = [lineOf(1, [5, 10, 20], 3), lineOf(3, [5])];
  const key = { world: "grid", seed: 1 };
  assert.equal(findLine(lines, key, { steps: [5, 20], episodes: 2 }), lineOf(1, [5, 20], 2));
  assert.is(findLine(lines, key, { steps: [5, 40], episodes: 2 }), undefined);
  assert.is(findLine(lines, key, { steps: [5], episodes: 4 }), undefined);
  assert.is(findLine(lines, { ...key, seed: 2 }, { steps: [5], episodes: 1 }), undefined);
});

test("results are meant by a file, or by sources and options", () => {
  const { hash } = workingSource();
  const [plain, two] = [{}, { members: 2 }].map((options) => pathOf(hash, hashOfOptions(options), folder));
  for (const path of [plain, two]) openAt(path);
  const meant = (text: string) => resultsPath(text, { folder });
  assert.is(meant(plain), plain);
  assert.is(meant("+{}"), plain);
  assert.is(meant("+"), plain);
  assert.is(meant('+{"members":2}'), two);
  assert.is(meant(`+${hashOfOptions({ members: 2 })}`), two);
  assert.throws(
    () => meant('+{"members":3}'),
    /^--compare: expected results of \+{"members":3}, got none at /,
  );
  assert.throws(() => meant("no-commit"), /expected an answer, got/);
});

function openAt(path: string): void {
  openStore(path);
  appendLine(path, lineOf(1, [5]));
}

test.run();
