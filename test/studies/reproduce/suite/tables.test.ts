import { test } from "uvu";
import * as assert from "uvu/assert";
import { comparisonTables, summaryTables } from "../../../../studies/reproduce/suite/tables.ts";

const estimate = (value: number) => ({ value, interval: [value - 1, value + 1] as const });

test("the summary is three tables: the suite, its worlds, what they are measured by and take", () => {
  const text = summaryTables({
    suite: [
      {
        steps: 500,
        policy: "plan",
        worlds: 2,
        trials: 20,
        score: { value: 0.956, interval: [0.9, 1] },
        worst: { world: "lamp", median: -0.2 },
      },
    ],
    worlds: [
      {
        world: "lamp",
        steps: 500,
        seeds: 10,
        plannerReturn: estimate(-0.25),
        plannerScore: estimate(0.5),
        habitReturn: estimate(2),
        habitScore: estimate(0.25),
        habitWorst: [-1, -1.5],
      },
    ],
    costs: [
      {
        world: "lamp",
        seeds: 10,
        firstGoal: Number.POSITIVE_INFINITY,
        found: 4,
        cpuSecondsAStep: 0.0125,
        wallSecondsAStep: 0.01,
      },
    ],
  });
  const [suite, worlds, costs] = text.split("\n\n").map((table) => table.split("\n")[2].replace(/ +/g, " "));
  assert.is(suite, "| planner | lamp | 500 | 0.96 | 0.90 … 1.00 | −0.20 | 2 | 20 |");
  assert.is(
    worlds,
    "| lamp | 500 | −0.25 | −1.25 … 0.75 | 0.50 | −0.50 … 1.50 | 2 | 0.25 | −0.75 … 1.25 | −1; −1.5 | 10 |",
  );
  assert.is(costs, "| lamp | controller | 0.92 | −0.3509 | ∞ | 4 of 10 | 12.5 | 10 |");
});

test("the comparison is two tables: the suite by both, and its worlds", () => {
  const both = { steps: 500, policy: "habit" as const, before: 0.5, after: 0.75, difference: estimate(0.25) };
  const text = comparisonTables({
    suite: [{ ...both, worlds: 3, pairs: 30 }],
    worlds: [{ ...both, world: "lamp", seeds: 10, wins: 8, losses: 1 }],
  });
  const [suite, worlds] = text.split("\n\n").map((table) => table.split("\n")[2].replace(/ +/g, " "));
  assert.is(suite, "| habit | 500 | 0.50 | 0.75 | 0.25 | −0.75 … 1.25 | 3 | 30 |");
  assert.is(worlds, "| lamp | habit | 500 | 0.50 | 0.75 | 0.25 | −0.75 … 1.25 | 8–1 | 10 |");
});

test.run();
