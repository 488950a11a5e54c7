import { test } from "uvu";
import * as assert from "uvu/assert";
import { lightDarkNoise } from "../../../../src/environments/lightDark.ts";
import { createEnvironment } from "../../../../src/index.ts";
import {
  cells,
  createPositionBelief,
  heuristic,
  runEpisode,
} from "../../../../studies/reproduce/claims/lightDark.ts";

test("the belief begins as the start", () => {
  const { mean, std } = createPositionBelief().moments();
  // the grid ends four standard deviations out: 2 · 4 φ(4) of the variance is missing
  assert.ok(Math.abs(mean - 2) < 1e-9 && Math.abs(std / 3 - 1) < 4 * 1.4e-4);
});

test("it moves with the actions, and an observation weighs each position by its own noise", () => {
  const belief = createPositionBelief();
  const seen = [
    [1, 3.5],
    [1, 4.2],
    [0, 3.1],
    [-1, 2.9],
  ];
  let moved = 0;
  const logs = Array.from({ length: 24_000 }, (_, i) => -0.5 * ((-10 + i / 1000 - 2) / 3) ** 2);
  for (const [move, x] of seen) {
    belief.update(move, x);
    moved += move;
    for (let i = 0; i < logs.length; i++) {
      const y = -10 + i / 1000 + moved;
      logs[i] -= Math.log(lightDarkNoise(y)) + 0.5 * ((x - y) / lightDarkNoise(y)) ** 2;
    }
  }
  const weights = logs.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.reduce((sum, weight, i) => sum + (weight / total) * (-10 + i / 1000 + moved), 0);
  // a sum over steps of .02 of a density that is smooth where the light is not
  assert.ok(Math.abs(belief.moments().mean - expected) < 2e-3, `${belief.moments().mean} ${expected}`);
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

test("the cells are a world: stopping within 1 of 0 pays 10, elsewhere −10, and ends it", () => {
  const { tables } = cells();
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
    [27, 28, 29, 30].map((k) => tables.value[k]),
    [10, 9, 9, 10 * 0.9 ** 2],
  );
});

test("the heuristic that goes to the light gains more than the one that does not", async () => {
  const world = await createEnvironment("light-dark");
  const mean = (act: ReturnType<typeof heuristic>) => {
    world.reset({ seed: 3 });
    const returns = Array.from({ length: 40 }, () => runEpisode(world, act).discounted);
    return returns.reduce((sum, value) => sum + value, 0) / 40;
  };
  assert.ok(mean(heuristic((std) => (std > 0.1 ? 5 : 0))) > 1);
  assert.ok(mean(heuristic(() => 0)) < 0.5);
});

test.run();
