import { test } from "uvu";
import * as assert from "uvu/assert";
import { pendulum, pendulumStep } from "../../src/environments/pendulum.ts";
import { testGolden } from "../helpers/golden.ts";
import { tools } from "../helpers/worldTools.ts";

const step = (state: readonly number[], action: number) => pendulumStep(state, action, tools.math);

testGolden("Pendulum-v1.act32.json", { world: pendulum(tools), step });
test("the reward is that of the state before the step, the angle wrapped, the torque clipped", () => {
  const expected = -((2 * Math.PI - 4) ** 2 + 0.1 * 9 + 0.001 * 4);
  // 3u and .001u² are float32 products.
  assert.ok(Math.abs(step([4, 3], 100).reward - expected) < 1e-9);
  assert.ok(Math.abs(step([4 - 2 * Math.PI, 3], 2).reward - expected) < 1e-9);
});

test("the state's angle is never wrapped, and the speed stays within 8 rad/s", () => {
  const { state } = step([7, 8], 2);
  assert.is(state[1], 8);
  assert.ok(Math.abs(state[0] - 7.4) < 1e-12);
});

test("the products of the torque are float32, as with Gymnasium's float32 actions", () => {
  const torque = 0.1;
  const rounded = Math.fround(3 * Math.fround(torque));
  assert.is(step([0, 0], torque).state[1], rounded * 0.05);
  assert.is.not(step([0, 0], torque).state[1], 3 * torque * 0.05);
});

test("a torque is rounded to float32 before anything else", () => {
  for (let i = 1; i < 100; i++) assert.equal(step([1, 2], i / 50), step([1, 2], Math.fround(i / 50)));
});

test("starts are spread over all angles and ±1 rad/s, and an episode lasts 200 steps", () => {
  const world = pendulum(tools);
  world.reset({ seed: 3 });
  const starts = Array.from({ length: 2000 }, () => {
    world.reset();
    return world.state();
  });
  for (const [d, bound] of [Math.PI, 1].entries()) {
    const values = starts.map((state) => state[d]);
    assert.ok(Math.max(...values.map(Math.abs)) <= bound);
    assert.ok(Math.max(...values) > 0.99 * bound && Math.min(...values) < -0.99 * bound);
  }
  for (let t = 1; t <= 200; t++) assert.is(world.step([0]).truncated, t === 200);
});
test.run();
