import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  mountainCarContinuous,
  mountainCarContinuousStep,
} from "../../src/environments/mountainCarContinuous.ts";
import { testGolden } from "../helpers/golden.ts";
import { tools } from "../helpers/worldTools.ts";

const step = (state: readonly number[], action: number) =>
  mountainCarContinuousStep(state, action, tools.math);

testGolden("MountainCarContinuous-v0.act32.json", { world: mountainCarContinuous(tools), step });
test("a force beyond 1 pushes as 1 but is paid for in full", () => {
  const beyond = step([-0.5, 0.01], 3);
  assert.is(beyond.reward, -9 * 0.1);
  // Unclipped, 1 · .0015 is a float32 product: the two may differ by a rounding.
  const limit = step([-0.5, 0.01], 1);
  beyond.state.forEach((value, d) => {
    assert.ok(Math.abs(value - limit.state[d]) < 1e-7);
  });
});

test("the state is rounded to float32 after each step, and the first is not", () => {
  const world = mountainCarContinuous(tools);
  world.reset({ seed: 1 });
  const [start] = world.state();
  assert.is.not(Math.fround(start), start);
  assert.ok(start >= -0.6 && start < -0.4);
  world.step([0.3]);
  assert.equal(world.state().map(Math.fround), world.state());
});

test("the left wall stops the car and the goal pays 100", () => {
  assert.equal(step([-1.19, -0.07], -1).state, [Math.fround(-1.2), 0]);
  const { reward, terminated } = step([0.44, 0.05], 0);
  assert.equal([reward, terminated], [100, true]);
  assert.is(step([0.42, 0.032], 0).terminated, true);
  assert.is(step([0.42, 0.028], 0).terminated, false);
});

test("an episode lasts 999 steps", () => {
  const world = mountainCarContinuous(tools);
  world.reset({ seed: 1 });
  for (let t = 1; t <= 999; t++) assert.is(world.step([0]).truncated, t === 999);
});
test.run();
