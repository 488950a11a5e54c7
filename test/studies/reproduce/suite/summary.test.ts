import { test } from "uvu";
import * as assert from "uvu/assert";
import { createBootstrap } from "../../../../studies/reproduce/suite/statistics.ts";
import { summarise } from "../../../../studies/reproduce/suite/summary.ts";
import type { Line } from "../../../../studies/reproduce/suite/trial.ts";
import { scoreOf } from "../../../../studies/worlds/reference.ts";

const bootstrap = await createBootstrap(50);
const lineOf = (world: string, seed: number, planner: number, habit: readonly number[]): Line => ({
  world,
  seed,
  firstGoal: seed === 1 ? 40 : null,
  looks: [{ steps: 100, planner: [planner], habit, cpuSeconds: 2 * seed, wallSeconds: 3 }],
});
const lines = [
  lineOf("chain", 1, 1, [1, 0.1]),
  lineOf("chain", 2, 0.1, [0, 0]),
  lineOf("chain", 3, 1, [1, 1]),
  lineOf("two modes", 1, -1, [-2, -4]),
];
const summary = summarise(lines, ["two modes", "grid", "chain"], [100], bootstrap);

test("a world's row has medians over the seeds of returns and scores, and the habit's worst episode", () => {
  assert.equal(
    summary.worlds.map(({ world, steps, seeds }) => [world, steps, seeds]),
    [
      ["two modes", 100, 1],
      ["chain", 100, 3],
    ],
  );
  const [, chain] = summary.worlds;
  assert.is(chain.plannerReturn.value, 1);
  assert.is(chain.plannerScore.value, 1);
  assert.equal(chain.plannerReturn.interval, [0.1, 1]);
  assert.is(chain.habitReturn.value, 0.55);
  assert.is(chain.habitScore.value, scoreOf("chain", [1, 0.1]));
  assert.equal(chain.habitWorst, [0.1, 0]);
});

test("the suite's row has the interquartile mean of all scores, and the world whose median is lowest", () => {
  const [planner, habit] = summary.suite;
  assert.equal([planner.policy, habit.policy], ["plan", "habit"]);
  assert.equal([planner.steps, planner.worlds, planner.trials], [100, 2, 4]);
  assert.equal(planner.worst, { world: "two modes", median: scoreOf("two modes", [-1]) });
  // four scores: the middle two
  assert.is(planner.score.value, (1 + scoreOf("two modes", [-1])) / 2);
  assert.is(habit.worst.world, "chain");
});

test("costs are a step's, and the first goal is late where half of the seeds found none", () => {
  const [modes, chain] = summary.costs;
  assert.equal([modes.firstGoal, modes.found, modes.seeds], [40, 1, 1]);
  assert.equal([chain.firstGoal, chain.found, chain.seeds], [Number.POSITIVE_INFINITY, 1, 3]);
  assert.equal([chain.cpuSecondsAStep, chain.wallSecondsAStep], [0.04, 0.03]);
});

test("without trials there are no rows", () => {
  assert.equal(summarise([], ["chain"], [100], bootstrap), { suite: [], worlds: [], costs: [] });
});

test("a look that a trial does not have is an error", () => {
  assert.throws(
    () => summarise(lines, ["chain"], [200], bootstrap),
    /^steps: expected a look of chain, seed 1, got 200$/,
  );
});

test.run();
