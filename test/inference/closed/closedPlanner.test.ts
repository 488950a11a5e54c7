/** Plans in closed loop against exact values. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createPlanner } from "../../../src/inference/createPlanner.ts";
import type { PlannerOptions } from "../../../src/inference/plannerOptions.ts";
import { tiger } from "../../../src/models/problems/tiger.ts";
import { functionsOfTables, walk } from "../../helpers/functions.ts";

const belief = (M: number, sure = 0.85) => ({
  states: Float32Array.from({ length: M }, (_, m) => Number(m >= Math.round(sure * M))),
  logWeights: new Float32Array(M),
});
const TIGER: PlannerOptions = {
  ...{ horizon: 3, temperature: 5, informationWeight: 8, discount: 0.95, budget: 2000, particles: 20 },
};

for (const [search, opened] of [
  ["closed", 0.072],
  ["prior", 0.226],
] as const)
  test(`at the tiger's doors the right one is opened with ${opened}, search "${search}"`, async () => {
    const planner = await createPlanner(tiger(), { ...TIGER, search });
    const { first, action } = planner.plan(belief(20));
    assert.is(Number(first[2].toFixed(3)), opened);
    assert.is(action, 0);
    for (const { value, rewards, information, later, consistency } of planner.explain()) {
      const terms = [...rewards, ...information, later, consistency].reduce((sum, term) => sum + term, 0);
      assert.ok(Math.abs(terms - value) < 1e-9, `${terms}, ${value}`);
    }
    const [listening] = planner.explain();
    assert.ok(Math.abs(listening.belief.mean[0] - 0.15) < 1e-12, "what is believed on average stays");
    assert.is(listening.outcomes, 2);
  });

for (const [search, opened] of [
  ["closed", 0.072],
  ["prior", 0.226],
] as const)
  test(`particles find about the same in functions, search "${search}"`, async () => {
    const planner = await createPlanner(functionsOfTables(tiger()), {
      ...TIGER,
      ...{ search, particles: 200, budget: 6000, seed: 1 },
    });
    const plans = Array.from({ length: 4 }, () => planner.plan(belief(200)).first[2]);
    const mean = plans.reduce((sum, p) => sum + p, 0) / plans.length;
    // after a door the side is drawn anew with a deviation of .05, at slopes of some units of reward: about .02 in the mean
    assert.ok(Math.abs(mean - opened) < 0.04, `${plans}`);
  });

test("as the temperature falls the value becomes that of the best choice", async () => {
  // two steps at even odds, β = 0: listen twice, −1 − .95
  const planner = await createPlanner(tiger(), {
    ...{ search: "closed", horizon: 2, temperature: 1e-6, informationWeight: 0, discount: 0.95 },
    ...{ budget: 2000, particles: 20 },
  });
  const { value, first } = planner.plan(belief(20, 0.5));
  assert.ok(Math.abs(value + 1.95) < 1e-4, `${value}`);
  assert.equal([...first], [1, 0, 0]);
});

test("same seed, same bits; a greater budget goes on from the smaller one's values", async () => {
  const plansOf = async (seed: number) => {
    const planner = await createPlanner(functionsOfTables(tiger()), { ...TIGER, seed, budget: 200 });
    return [belief(20), belief(20)].map((given) => [...planner.plan(given).first]);
  };
  const [one, again, other] = await Promise.all([plansOf(1), plansOf(1), plansOf(2)]);
  assert.equal(one, again);
  assert.not.equal(one, other);
  assert.not.equal(one[0], one[1], "every plan draws numbers of its own");
});

test("a continuous action is found: the walker goes back by as much as is believed", async () => {
  const planner = await createPlanner(walk, {
    ...{ horizon: 1, particles: 64, temperature: 0.01, informationWeight: 0, budget: 400, seed: 1 },
  });
  const states = new Float32Array(64).fill(0.6);
  const { action, std } = planner.plan({ states, logWeights: new Float32Array(64) });
  // −E (.6 + a + .5 ε)² is flat within √η = .1 of −.6, and the mean of 64 ε is off by 4 · .5/8 at most
  assert.ok(Math.abs((action as Float32Array)[0] + 0.6) < 0.35, `${action}`);
  assert.ok(std[0] < 0.4);
});

test("refuses what it cannot plan from", async () => {
  const planner = await createPlanner(walk, { particles: 4, horizon: 1 });
  for (const [given, message] of [
    [{ states: [0, 1], logWeights: [0, -Infinity, 0, 0, 0] }, "logWeights: expected 1 … 4 values, got 5"],
    [{ states: [0], logWeights: [0, 0] }, "states: expected 2 values, got 1"],
    [
      { states: [0], logWeights: [-Infinity] },
      "logWeights: expected a particle of positive weight, got −Infinity for every particle",
    ],
    [
      { states: [0], logWeights: [Number.NaN] },
      "logWeights[0]: expected a finite number or −Infinity, got NaN",
    ],
  ] as const)
    assert.throws(
      () => planner.plan(given),
      (error: Error) => error.message === message,
    );
  assert.throws(() => planner.explain(), /expected a plan, got a planner before its first/);
});

test.run();
