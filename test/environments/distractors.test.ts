import { test } from "uvu";
import * as assert from "uvu/assert";
import { boxWithDistractors, withDistractors } from "../../src/environments/distractors.ts";
import { box } from "../../src/environments/environment.ts";
import type { Dynamics } from "../../src/environments/world.ts";
import { tools } from "../helpers/worldTools.ts";

const counter: Dynamics = {
  size: 1,
  start: () => [3],
  step: ([count], control) => ({ state: [count + control], reward: count, terminated: count > 5 }),
  observe: ([count]) => [count, -count],
  info: ([count]) => ({ count }),
};

test("what there was before stays as it was, and the distractors stand behind it", () => {
  const random = tools.random(1);
  const noisy = withDistractors(2, counter);
  assert.is(noisy.size, 3);
  const start = noisy.start(random);
  assert.equal([start.length, start[0]], [3, 3]);
  const { state, reward, terminated } = noisy.step([6, 0.5, -0.5], 2, random);
  assert.equal([state.length, state[0], reward, terminated], [3, 8, 6, true]);
  assert.equal(noisy.observe([4, 0.5, -0.5], random), [4, -4, 0.5, -0.5]);
  assert.equal(noisy.info?.([4, 0.5, -0.5]), { count: 4 });
  assert.equal("info" in withDistractors(1, { ...withoutInfo(counter) }), false);
});

test("the bounds of what there was stay, those of the distractors are infinite", () => {
  assert.equal(boxWithDistractors(2, box([0], [1])), box([0, -Infinity, -Infinity], [1, Infinity, Infinity]));
});

test("a distractor starts and stays at variance 1, and keeps .9 of itself, none of its neighbour", () => {
  const random = tools.random(2);
  const noisy = withDistractors(2, counter);
  const N = 20_000;
  const starts = Array.from({ length: N }, () => noisy.start(random)[1]);
  const steps = Array.from({ length: N }, () => noisy.step([0, 2, -1], 0, random).state);
  // Means of N draws of variance s² are within 4 s/√N, variances within 4 s² √(2/N).
  const near = (values: readonly number[], mean: number, variance: number) => {
    const average = values.reduce((sum, value) => sum + value, 0) / N;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / N;
    assert.ok(Math.abs(average - mean) < 4 * Math.sqrt(variance / N), `mean ${average}`);
    assert.ok(Math.abs(square - variance) < 4 * variance * Math.sqrt(2 / N), `variance ${square}`);
  };
  near(starts, 0, 1);
  for (const [d, expected] of [
    [1, 1.8],
    [2, -0.9],
  ])
    near(
      steps.map((state) => state[d]),
      expected,
      0.19,
    );
  const product = steps.reduce((sum, [, a, b]) => sum + (a - 1.8) * (b + 0.9), 0) / N;
  assert.ok(Math.abs(product) < (4 * 0.19) / Math.sqrt(N));
});

function withoutInfo({ info: _, ...rest }: Dynamics): Dynamics {
  return rest;
}

test.run();
