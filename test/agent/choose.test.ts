import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  allocateChoiceRow,
  chooseAtRandom,
  chooseFromHabit,
  chooseFromPlan,
} from "../../src/agent/choose.ts";
import { createCore } from "../../src/core/core.ts";
import { pad4 } from "../../src/core/tiles.ts";
import { box, discrete, type Space } from "../../src/environments/environment.ts";
import type { Planner } from "../../src/inference/plan.ts";
import { actionCoding } from "../../src/models/actionCoding.ts";
import { allocateNetwork } from "../../src/models/network.ts";

const core = await createCore();
const STEPS = Array.from({ length: 4000 }, (_, step) => step + 1);

function made(space: Space, bins = 5) {
  const coding = actionCoding(space, bins);
  const chooser = { core, seed: [1, 0] as const, coding, row: allocateChoiceRow(core, coding, [4]) };
  // a network of biases alone: the same logits at every state
  const habit = allocateNetwork(core, [4, 4, coding.labels], "tanh");
  return { chooser, habit, outputs: habit.parameters.subarray(-pad4(coding.labels)) };
}

const shares = (actions: readonly unknown[], count: number) =>
  Array.from({ length: count }, (_, k) => actions.filter((action) => action === k).length / actions.length);

test("before anything is known every choice is as likely, and a box is explored whole", () => {
  const { chooser } = made(discrete(4));
  for (const share of shares(
    STEPS.map((step) => chooseAtRandom(chooser, step, [0])),
    4,
  ))
    assert.ok(Math.abs(share - 0.25) < 4 * Math.sqrt((0.25 * 0.75) / STEPS.length), `${share}`);
  const { chooser: continuous } = made(box([0], [10]));
  const values = STEPS.map((step) => (chooseAtRandom(continuous, step, [0]) as Float32Array)[0]);
  assert.ok(Math.min(...values) < 0.5 && Math.max(...values) > 9.5);
});

test("the centre of a plan is its most probable choice, or its mean within the bounds", () => {
  const plan = { mean: core.f32([0.2, 0.5, 0.3]), std: new Float32Array(3) } as unknown as Planner;
  assert.is(chooseFromPlan(made(discrete(3)).chooser, plan, undefined), 1);
  const wide = { mean: Float32Array.of(0.5, -9), std: Float32Array.of(1, 1) } as unknown as Planner;
  const [first, second] = chooseFromPlan(made(box([-2, 0], [2, 1])).chooser, wide, undefined) as Float32Array;
  assert.ok(Math.abs(first - 2 * Math.tanh(0.5)) < 1e-6);
  assert.ok(Math.abs(second) < 1e-6);
});

test("draws from a plan have its probabilities, or its mean and deviation before tanh", () => {
  const probabilities = [0.2, 0.5, 0.3];
  const plan = { mean: Float32Array.from(probabilities), std: new Float32Array(3) } as unknown as Planner;
  const { chooser } = made(discrete(3));
  shares(
    STEPS.map((step) => chooseFromPlan(chooser, plan, step)),
    3,
  ).forEach((share, k) => {
    const p = probabilities[k];
    assert.ok(Math.abs(share - p) < 4 * Math.sqrt((p * (1 - p)) / STEPS.length), `${k}: ${share}`);
  });
  const narrow = { mean: Float32Array.of(0.3), std: Float32Array.of(0.5) } as unknown as Planner;
  const { chooser: continuous } = made(box([-1], [1]));
  const u = STEPS.map((step) => Math.atanh((chooseFromPlan(continuous, narrow, step) as Float32Array)[0]));
  const mean = u.reduce((sum, value) => sum + value) / u.length;
  const std = Math.sqrt(u.reduce((sum, value) => sum + (value - mean) ** 2, 0) / u.length);
  assert.ok(Math.abs(mean - 0.3) < (4 * 0.5) / Math.sqrt(u.length), `${mean}`);
  assert.ok(Math.abs(std - 0.5) < (4 * 0.5) / Math.sqrt(2 * u.length), `${std}`);
});

test("the habit acts by its mode, or draws its bins as often as they are probable", () => {
  const { chooser, habit, outputs } = made(discrete(3));
  [0.2, 0.5, 0.3].forEach((p, k) => {
    outputs[k] = Math.log(p);
  });
  const features = core.f32(4);
  assert.is(chooseFromHabit(chooser, { habit }, features, undefined), 1);
  const drawn = shares(
    STEPS.map((step) => chooseFromHabit(chooser, { habit }, features, step)),
    3,
  );
  for (const [k, p] of [0.2, 0.5, 0.3].entries())
    assert.ok(Math.abs(drawn[k] - p) < 4 * Math.sqrt((p * (1 - p)) / STEPS.length), `${k}: ${drawn[k]}`);

  const wide = made(box([-1], [3]), 5);
  wide.outputs.set([0, 0, 0, 9, 0]);
  const [mode] = chooseFromHabit(wide.chooser, { habit: wide.habit }, features, undefined) as Float32Array;
  // bins at −1, 0, 1, 2, 3
  assert.ok(Math.abs(mode - 2) < 0.01, `${mode}`);
  for (const step of [1, 2, 3])
    assert.ok(
      Number.isInteger(
        (chooseFromHabit(wide.chooser, { habit: wide.habit }, features, step) as Float32Array)[0],
      ),
    );
});

test.run();
