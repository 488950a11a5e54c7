import { test } from "uvu";
import * as assert from "uvu/assert";
import { cartPole, cartPoleStep } from "../../src/environments/cartPole.ts";
import { testGolden } from "../helpers/golden.ts";
import { tools } from "../helpers/worldTools.ts";

const step = (state: readonly number[], action: number) => cartPoleStep(state, action, tools.math);

testGolden("CartPole-v1.json", { world: cartPole(tools), step, paysAfterTheEnd: false });
test("terminates beyond 2.4 m and 12 degrees on either side, and pays 1 on that step", () => {
  const degrees = Math.PI / 180;
  for (const state of [
    [2.39, 1, 0, 0],
    [-2.39, -1, 0, 0],
    [0, 0, 11.9 * degrees, 1],
    [0, 0, -11.9 * degrees, -1],
  ]) {
    const { reward, terminated } = step(state, 1);
    assert.equal([reward, terminated], [1, true]);
  }
  assert.is(step([2.3, 1, 11 * degrees, 0], 1).terminated, false);
});

test("the step is explicit Euler: position and angle move by the old speeds", () => {
  const { state } = step([0.1, 0.5, 0.05, -0.25], 0);
  assert.equal([state[0], state[2]], [0.1 + 0.02 * 0.5, 0.05 - 0.02 * 0.25]);
});

test("starts are within ±.05, and an episode lasts 500 steps", () => {
  const world = cartPole(tools);
  for (let n = 0; n < 200; n++) {
    world.reset();
    assert.ok(world.state().every((value) => Math.abs(value) <= 0.05));
  }
  world.setState([0, 0, 0, 0]);
  let answer = world.step(1);
  let length = 1;
  for (; !answer.terminated && !answer.truncated; length++) {
    const [position, velocity, angle, rotation] = world.state();
    answer = world.step(angle + 0.5 * rotation + 0.05 * position + 0.1 * velocity > 0 ? 1 : 0);
  }
  assert.equal([length, answer.terminated, answer.truncated], [500, false, true]);
});
test.run();
