import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  cellTables,
  createPositionBelief,
  episodeReturn,
  heuristic,
} from "../../../bench/reproduce/claims/lightDark.ts";
import { lightDarkNoise } from "../../../src/environments/lightDark.ts";
import { createCore, createEnvironment, tabularPomdp } from "../../../src/index.ts";

test("the belief begins as the start, moves with the actions, and knows what it sees in the light", () => {
  const belief = createPositionBelief();
  const near = (mean: number, std: number, tolerance: number) => {
    const found = belief.moments();
    assert.ok(Math.abs(found.mean - mean) < tolerance && Math.abs(found.std - std) < tolerance);
  };
  // the grid ends four standard deviations out: 2 · 4 φ(4) / 9 of the variance is missing
  near(2, 3, 2e-3);
  for (const observed of [3, 4, 5]) belief.update(1, observed);
  // the light's noise is .01, and that of a place .02 beside it .024
  near(5, 0, 0.05);
  for (const move of [-1, -1]) belief.update(move, belief.moments().mean + move);
  near(3, 0, 0.05);
});

test("an observation weighs each position by its own noise", () => {
  const belief = createPositionBelief();
  belief.update(-1, 1.5);
  let [sum, first] = [0, 0];
  for (let y = -11; y < 13; y += 0.01) {
    const noise = lightDarkNoise(y);
    const p = Math.exp(-0.5 * ((y - 1) / 3) ** 2 - 0.5 * ((1.5 - y) / noise) ** 2) / noise;
    sum += p;
    first += p * y;
  }
  // both are sums over a grid
  assert.ok(Math.abs(belief.moments().mean - first / sum) < 2e-3);
});

test("systematic draws have the belief's moments", () => {
  const belief = createPositionBelief();
  belief.update(1, 3.5);
  const { mean, std } = belief.moments();
  const N = 2000;
  const draws = belief.draw(N, 0.5);
  const average = draws.reduce((sum, y) => sum + y / N, 0);
  const spread = Math.sqrt(draws.reduce((sum, y) => sum + (y - average) ** 2 / N, 0));
  // one draw for each 1/N of the probability: within one of them, at most the range of the grid / N
  assert.ok(Math.abs(average - mean) < 24 / N && Math.abs(spread - std) < 24 / N);
});

test("the cells are a world: stopping within 1 of 0 pays 10, elsewhere −10, and ends it", async () => {
  const tables = cellTables();
  tabularPomdp(await createCore({ bytes: 1 << 18 }), tables);
  const rewards = tables.reward.map((row) => Number(row[1]));
  assert.is(rewards.filter((reward) => reward === 10).length, 4);
  assert.is(rewards.filter((reward) => reward === -10).length, 56);
  const last = tables.reward.length - 1;
  for (const row of tables.transition) assert.is(row[1][last], 1);
  // cells of a half: two further on is one
  assert.is(tables.transition[20][2][22], 1);
  assert.is(tables.transition[20][0][18], 1);
  // 26 begins at 0, 28 at 1: from there one move, from 30 two
  assert.equal(
    [27, 28, 29, 30].map((k) => tables.value?.[k]),
    [10, 9, 9, 10 * 0.9 ** 2],
  );
});

test("the heuristic that goes to the light gains more than the one that does not", async () => {
  const world = await createEnvironment("light-dark");
  const mean = (act: ReturnType<typeof heuristic>) => {
    world.reset({ seed: 3 });
    const returns = Array.from({ length: 40 }, () => episodeReturn(world, act));
    return returns.reduce((sum, value) => sum + value, 0) / 40;
  };
  assert.ok(mean(heuristic((std) => (std > 0.1 ? 5 : 0))) > 1);
  assert.ok(mean(heuristic(() => 0)) < 0.5);
});

test.run();
