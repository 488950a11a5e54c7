import { test } from "uvu";
import * as assert from "uvu/assert";
import { acrobot, acrobotStep } from "../../src/environments/acrobot.ts";
import { testGolden } from "../helpers/golden.ts";
import { tools } from "../helpers/worldTools.ts";
import { maxAbsError } from "../reference/kernels.ts";

const step = (state: readonly number[], action: number) => acrobotStep(state, action, tools.math);

testGolden("Acrobot-v1.json", { world: acrobot(tools), step, freeRunning: false });
test("hangs still without a torque", () => {
  assert.ok(maxAbsError(step([0, 0, 0, 0], 1).state, [0, 0, 0, 0]) < 1e-15);
});

test("angles are wrapped to ±π and speeds clipped to 4π and 9π", () => {
  for (const sign of [1, -1]) {
    const { state } = step([3.1 * sign, -3.1 * sign, 20 * sign, 50 * sign], 1);
    assert.ok(Math.abs(state[0]) <= Math.PI && Math.abs(state[1]) <= Math.PI);
    assert.equal(state.slice(2).map(Math.abs), [4 * Math.PI, 9 * Math.PI]);
  }
});

test("the reward is 0 where the tip is above the line", () => {
  const { reward, terminated } = step([Math.PI, 0, 0, 0], 1);
  assert.equal([reward, terminated], [0, true]);
});

test("starts are float32 within ±.1, and an episode lasts 500 steps", () => {
  const world = acrobot(tools);
  for (let n = 0; n < 200; n++) {
    world.reset();
    assert.ok(
      world.state().every((value) => Math.abs(value) <= Math.fround(0.1) && Math.fround(value) === value),
    );
  }
  for (let t = 1; t <= 500; t++) assert.is(world.step(1).truncated, t === 500);
});
test.run();
