import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCore } from "../../src/core/core.ts";
import { discrete } from "../../src/environments/environment.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateModel, headSize, initialiseModel } from "../../src/models/generativeModel.ts";

const sizes = {
  observationSize: 3,
  coding: actionCoding(discrete(4), 21),
  members: 2,
  hidden: [8],
  activation: "silu",
} as const;

async function model(seed: readonly [number, number]) {
  const core = await createCore();
  const made = allocateModel(core, sizes);
  initialiseModel(core, made, { seed: seed, likelihoodNoise: 0.05, simulatesNoise: true });
  return made;
}

test("the networks have the inputs and outputs of their distributions", async () => {
  const { dynamics, habit, value, slowValue } = await model([1, 0]);
  // mean and log-variance of three changes and the reward, an ending and its reward
  assert.is(headSize(3), 10);
  assert.equal(dynamics.widths, [7, 8, 10]);
  assert.equal(habit.widths, [3, 8, 4]);
  for (const network of [value, slowValue]) assert.equal(network.widths, [3, 8, 1]);
  assert.is(dynamics.members.length, 2);
});

test("habit and value begin almost flat, the slow value as the value; a seed gives the same parameters", async () => {
  const [first, again, other] = [await model([1, 0]), await model([1, 0]), await model([2, 0])];
  const last = ({ parameters, widths }: typeof first.habit) =>
    parameters.subarray(-4 * (widths[1] + 1)).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.ok(last(first.habit) < 0.02 && last(first.value) < 0.02);
  assert.ok(last(first.dynamics) > 0.1);
  assert.equal([...first.slowValue.parameters], [...first.value.parameters]);
  for (const name of ["dynamics", "habit", "value"] as const) {
    assert.equal([...again[name].parameters], [...first[name].parameters]);
    assert.not.equal([...other[name].parameters], [...first[name].parameters]);
  }
});

test.run();
