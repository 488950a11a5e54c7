import { test } from "uvu";
import * as assert from "uvu/assert";
import { mountainCar, mountainCarStep } from "../../src/environments/mountainCar.ts";
import { testGolden } from "../helpers/golden.ts";
import { tools } from "../helpers/worldTools.ts";

const step = (state: readonly number[], action: number) => mountainCarStep(state, action, tools.math);

testGolden("MountainCar-v0.json", { world: mountainCar(tools), step });
test("the left wall stops the car, and the reward is −1 on the last step too", () => {
  assert.equal(step([-1.19, -0.07], 0), { state: [-1.2, 0], reward: -1, terminated: false });
  const { reward, terminated } = step([0.48, 0.05], 2);
  assert.equal([reward, terminated], [-1, true]);
});

test("starts rest between −.6 and −.4, and an episode lasts 200 steps", () => {
  const world = mountainCar(tools);
  for (let n = 0; n < 200; n++) {
    world.reset();
    const [position, velocity] = world.state();
    assert.ok(position >= -0.6 && position < -0.4);
    assert.is(velocity, 0);
  }
  for (let t = 1; t <= 200; t++) assert.is(world.step(1).truncated, t === 200);
});
test.run();
