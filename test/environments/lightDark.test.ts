import { test } from "uvu";
import * as assert from "uvu/assert";
import { lightDark, lightDarkNoise, lightDarkStep } from "../../src/environments/lightDark.ts";
import { tools } from "../helpers/worldTools.ts";

test("0 and 2 move by one for nothing; 1 stops and pays by where it stops", () => {
  assert.equal(lightDarkStep([0.5, 3], 0), { state: [-0.5, 4], reward: 0, terminated: false });
  assert.equal(lightDarkStep([0.5, 3], 2), { state: [1.5, 4], reward: 0, terminated: false });
  for (const position of [-0.99, 0, 0.99])
    assert.equal(lightDarkStep([position, 3], 1), { state: [position, 4], reward: 10, terminated: true });
  for (const position of [-1, 1, 5])
    assert.equal(lightDarkStep([position, 3], 1), { state: [position, 4], reward: -10, terminated: true });
});

test("starts are 𝒩(2, 3²), and the first observation says nothing of them", () => {
  const world = lightDark(tools);
  const N = 4000;
  let [mean, square] = [0, 0];
  world.reset({ seed: 1 });
  for (let n = 0; n < N; n++) {
    assert.is(world.reset().observation[0], 2);
    const [position] = world.state();
    mean += position / N;
    square += (position - 2) ** 2 / N;
  }
  assert.ok(Math.abs(mean - 2) < (4 * 3) / Math.sqrt(N));
  assert.ok(Math.abs(square / 9 - 1) < 4 * Math.sqrt(2 / N));
});

test("measurements are unbiased, their noise that of the place", () => {
  assert.is(lightDarkNoise(5), 0.01);
  assert.is(lightDarkNoise(1), 4 / Math.SQRT2 + 0.01);
  const world = lightDark(tools);
  const N = 4000;
  for (const position of [5, 4, -2]) {
    const std = lightDarkNoise(position);
    let [mean, square] = [0, 0];
    for (let n = 0; n < N; n++) {
      const error = world.setState([position, 1]).observation[0] - position;
      mean += error / N;
      square += error ** 2 / N;
    }
    assert.ok(Math.abs(mean) < (4 * std) / Math.sqrt(N));
    assert.ok(Math.abs(square / std ** 2 - 1) < 4 * Math.sqrt(2 / N));
  }
});

test("an episode lasts 100 steps", () => {
  const world = lightDark(tools);
  world.reset({ seed: 1 });
  for (let t = 1; t <= 100; t++) assert.is(world.step(2).truncated, t === 100);
});

/**
 * The discounted return of a heuristic of POMDPModels.jl: move the mean of the belief towards `target(std)`, and stop
 * when it is within .5 of 0 and its standard deviation below .1. The belief is exact but for the grid: moves are
 * certain, so it is one over the start, p(y₀ | x) ∝ 𝒩(y₀; 2, 3²) Π 𝒩(x_t; y₀ + moved_t, σ²).
 */
function heuristicReturn(world: ReturnType<typeof lightDark>, target: (std: number) => number): number {
  const grid = Array.from({ length: 1201 }, (_, i) => 2 + 0.02 * (i - 600));
  let logWeights = grid.map((start) => -0.5 * ((start - 2) / 3) ** 2);
  let moved = 0;
  world.reset();
  for (let discount = 1; ; discount *= 0.9) {
    const { mean, std } = momentsOf(grid, logWeights);
    const isSure = std < 0.1 && Math.abs(mean + moved) < 0.5;
    const action = isSure ? 1 : mean + moved < target(std) ? 2 : 0;
    const { observation, reward, terminated, truncated } = world.step(action);
    if (terminated || truncated) return discount * reward;
    moved += action - 1;
    logWeights = logWeights.map((logWeight, i) => {
      const noise = lightDarkNoise(grid[i] + moved);
      return logWeight - Math.log(noise) - 0.5 * ((observation[0] - grid[i] - moved) / noise) ** 2;
    });
  }
}

function momentsOf(grid: readonly number[], logWeights: readonly number[]): { mean: number; std: number } {
  const highest = Math.max(...logWeights);
  let [sum, first, second] = [0, 0, 0];
  logWeights.forEach((logWeight, i) => {
    const weight = Math.exp(logWeight - highest);
    sum += weight;
    first += weight * grid[i];
    second += weight * grid[i] ** 2;
  });
  return { mean: first / sum, std: Math.sqrt(Math.max(second / sum - (first / sum) ** 2, 0)) };
}

/** Mean of N numbers, and its standard error. */
function meanOf(values: readonly number[]): { mean: number; error: number } {
  const N = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / N;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (N - 1);
  return { mean, error: Math.sqrt(square / N) };
}

test("who sees the state returns 7.93, the published bound", () => {
  const world = lightDark(tools);
  world.reset({ seed: 6 });
  const returns = Array.from({ length: 20_000 }, () => {
    world.reset();
    for (let discount = 1; ; discount *= 0.9) {
      const [position] = world.state();
      const isThere = Math.abs(position) < 1;
      const { reward, terminated } = world.step(isThere ? 1 : position > 0 ? 0 : 2);
      if (terminated) return discount * reward;
    }
  });
  const { mean, error } = meanOf(returns);
  assert.ok(error < 0.02 && Math.abs(mean - 7.93) < 0.005 + 4 * error, `${mean} ± ${error}`);
});

test("who goes to the light first stops near 0 in time, who goes there at once hardly ever dares to", () => {
  const world = lightDark(tools);
  const N = 150;
  const heuristic = (target: (std: number) => number) => {
    world.reset({ seed: 7 });
    return meanOf(Array.from({ length: N }, () => heuristicReturn(world, target)));
  };
  const greedy = heuristic(() => 0);
  const gathering = heuristic((std) => (std > 0.1 ? 5 : 0));
  // 2.53 and .01 with 2,000 and 1,000 episodes, standard errors .02 and .006
  assert.ok(Math.abs(gathering.mean - 2.53) < 4 * (gathering.error + 0.02), `${gathering.mean}`);
  assert.ok(greedy.mean < 0.2, `${greedy.mean}`);
});

test.run();
