import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore, measure } from "../../../src/core/core.ts";
import { allocateBeliefValue, createBeliefValue } from "../../../src/learning/known/beliefValue.ts";
import { walk } from "../../helpers/functions.ts";

const settings = { hidden: [32, 32], capacity: 4096, learningRate: 0.01, seed: 1 };
const bytes = measure((memory) => allocateBeliefValue(memory, walk, settings));
const made = async () => createBeliefValue(await createCore({ bytes }), walk, settings);

/** Four particles about a mean. */
const cloud = (mean: number, std: number) => ({
  states: Float32Array.of(mean - std, mean + std, mean - std, mean + std),
  weights: new Float32Array(4).fill(0.25),
});

test("is 0 before it has learned, in a memory that was measured", async () => {
  const value = await made();
  assert.equal([...value.values([cloud(1, 1), cloud(2, 3)])], [0, 0]);
  assert.is(value.rows, 0);
});

test("learns what beliefs are worth by mean and deviation", async () => {
  const value = await made();
  const worth = (mean: number, std: number) => 20 * Math.exp(-mean * mean) - 5 * std;
  for (let i = 0; i < 4000; i++) {
    const [mean, std] = [4 * ((i * 0.618) % 1) - 2, 2 * ((i * 0.414) % 1)];
    value.remember(cloud(mean, std), worth(mean, std));
  }
  value.fit(600);
  const places = Array.from({ length: 70 }, (_, i) => [((i % 10) - 5) / 3, (i % 7) / 4] as const);
  const errors = value
    .values(places.map(([mean, std]) => cloud(mean, std)))
    .map((v, i) => Math.abs(v - worth(...places[i])));
  // of values that vary by 7: a tenth
  assert.ok(errors.reduce((sum, e) => sum + e, 0) / errors.length < 0.7, `${errors}`);
});

test("a single belief sets the scales by itself: what it is worth, and hardly any spread", async () => {
  const value = await made();
  value.remember(cloud(1, 1), 10);
  value.fit(1);
  // the least spread is 1e-3, and a network that has learned one batch predicts a few of them at most
  assert.ok(Math.abs(value.values([cloud(1, 1)])[0] - 10) < 0.02);
});

test("the oldest beliefs are forgotten, and the same seed learns the same", async () => {
  const [one, other] = await Promise.all([made(), made()]);
  for (const value of [one, other]) {
    for (let i = 0; i < 5000; i++) value.remember(cloud(i, 0), i);
    value.fit(3);
  }
  assert.is(one.rows, 4096);
  // the scales are of the beliefs that are there, and of no row behind them
  assert.ok(Number.isFinite(one.values([cloud(4000, 0)])[0]));
  assert.equal([...one.values([cloud(4000, 0)])], [...other.values([cloud(4000, 0)])]);
});

test.run();
