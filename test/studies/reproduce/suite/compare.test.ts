import { test } from "uvu";
import * as assert from "uvu/assert";
import { compare, type Pair, pairsOf } from "../../../../studies/reproduce/suite/compare.ts";
import { createBootstrap } from "../../../../studies/reproduce/suite/statistics.ts";
import type { Line } from "../../../../studies/reproduce/suite/trial.ts";

const bootstrap = await createBootstrap(200);
const lineOf = (seed: number, planner: number): Line => ({
  world: "lamp",
  seed,
  firstGoal: null,
  looks: [{ steps: 100, planner: [planner], habit: [0.5], cpuSeconds: 1, wallSeconds: 1 }],
});
/** lamp: chance −.3509, reference .92. */
const returnOf = (score: number) => score * (0.92 + 0.3509) - 0.3509;
const pairs: Pair[] = [0.1, 0.2, -0.1, 0, 0.3].map((gain, i) => ({
  before: lineOf(i + 1, returnOf(0.2 * i)),
  after: lineOf(i + 1, returnOf(0.2 * i + gain)),
}));
const { suite, worlds } = compare(pairs, {}, bootstrap);
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}`);

test("a world's row is the median of the differences of scores, seed by seed", () => {
  assert.equal(
    worlds.map(({ world, policy }) => [world, policy]),
    [
      ["lamp", "plan"],
      ["lamp", "habit"],
    ],
  );
  const [planner, habit] = worlds;
  near(planner.difference.value, 0.1);
  near(planner.before, 0.4);
  near(planner.after, 0.4);
  assert.ok(planner.difference.interval[0] < 0.1 && planner.difference.interval[1] >= 0.2);
  assert.equal([planner.seeds, planner.losses, habit.wins, habit.losses], [5, 1, 0, 0]);
  assert.is(habit.difference.value, 0);
});

test("the suite's row is the difference of the interquartile means", () => {
  const [planner] = suite;
  assert.equal([planner.worlds, planner.pairs, planner.steps], [1, 5, 100]);
  near(planner.before, 0.4);
  near(planner.after, (0.3 + 0.4 + 0.6) / 3);
  near(planner.difference.value, planner.after - planner.before);
  const [low, high] = planner.difference.interval;
  assert.ok(low <= planner.difference.value && planner.difference.value <= high);
});

test("only what both have is compared, on the starts that both have played", () => {
  const [{ before }] = pairs;
  const look = before.looks[0];
  const longer = {
    ...before,
    looks: [
      { ...look, planner: [...look.planner, 9] },
      { ...look, steps: 200 },
    ],
  };
  const both = compare([{ before, after: longer }], {}, bootstrap);
  assert.equal(
    both.worlds.map(({ policy, steps, difference }) => [policy, steps, difference.value]),
    [
      ["plan", 100, 0],
      ["habit", 100, 0],
    ],
  );
  assert.equal(compare([{ before, after: longer }], { steps: [200] }, bootstrap).suite, []);
  assert.equal(compare([{ before, after: longer }], { seeds: 0 }, bootstrap).suite, []);
  // the planner has not played two starts in both
  assert.equal(compare([{ before, after: longer }], { episodes: 2 }, bootstrap).suite, []);
});

test("pairs are of the same world and seed, in the order of the worlds", () => {
  const grid = { ...lineOf(1, 0), world: "grid" };
  const [first, ...none] = pairsOf(
    [lineOf(1, 0), grid, lineOf(3, 0)],
    [grid, lineOf(2, 0), lineOf(1, 1)],
    ["lamp"],
  );
  assert.equal([first.before, first.after, none], [lineOf(1, 0), lineOf(1, 1), []]);
});

test("without pairs there are no rows", () => {
  assert.equal(compare([], {}, bootstrap), { suite: [], worlds: [] });
});

test.run();
