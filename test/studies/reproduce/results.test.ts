import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { claimTable } from "../../../studies/reproduce/documents/claimTables.ts";
import { fileOf, keepResults, resultsIn } from "../../../studies/reproduce/results.ts";

const kept = (seed: number, success: number, commit = "abc1234") => ({
  ...{ task: "noise, λ = .3", seed, commit },
  figures: { "success, β = 0": success, "success, β = 0.5": 0.25, "steps, β = 0": 7 },
});

test("a task has a file, with a name that every disk takes", () => {
  assert.equal(["t-maze, belief", "pendulum-distractors, σ learned", "heuristic: to the goal"].map(fileOf), [
    "t-maze-belief.jsonl",
    "pendulum-distractors-sigma-learned.jsonl",
    "heuristic-to-the-goal.jsonl",
  ]);
});

test("seeds are kept in their order, replaced when they are measured again, and not reached is null", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "kept-")), "claims");
  assert.equal(resultsIn(folder), []);
  keepResults(folder, []);
  keepResults(folder, [kept(2, Number.POSITIVE_INFINITY), kept(1, 0.5)]);
  keepResults(folder, [kept(3, 0.125, "def5678"), kept(1, 0.75, "def5678")]);
  assert.equal(readdirSync(folder), ["noise-lambda-.3.jsonl"]);
  assert.equal(resultsIn(folder), [
    kept(1, 0.75, "def5678"),
    kept(2, Number.POSITIVE_INFINITY),
    kept(3, 0.125, "def5678"),
  ]);
  assert.match(
    readFileSync(join(folder, "noise-lambda-.3.jsonl"), "utf8").split("\n")[1],
    '"success, β = 0":null',
  );
});

test("a claim's table has medians, with quartiles where they differ in the digits shown", () => {
  const columns = [
    { head: "success", task: "noise, λ = .3", figure: "success", digits: 2 },
    { head: "exact", task: "noise, λ = .3", figure: "success", digits: 2, isExact: true },
  ];
  const results = [kept(1, -0.001), kept(2, 0.5), kept(3, Number.POSITIVE_INFINITY)];
  assert.is(
    claimTable({ x: "β", columns }, results),
    [
      "| β | success | exact |",
      "| ---: | ---: | ---: |",
      "| 0 | 0.50 (0.25 … ∞) | 0.50 |",
      "| 0.5 | 0.25 | 0.25 |",
    ].join("\n"),
  );
  assert.match(claimTable({ x: "β", columns }, [kept(1, -0.001)]) ?? "", "| 0 | 0.00 | 0.00 |");
  assert.match(claimTable({ x: "β", columns }, [kept(1, -2.5)]) ?? "", "| 0 | −2.50 | −2.50 |");
  // a column that was not measured leaves the table as it is
  assert.is(
    claimTable({ x: "β", columns: [...columns, { ...columns[0], figure: "return" }] }, results),
    undefined,
  );
});

test.run();
