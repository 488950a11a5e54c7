import { test } from "uvu";
import * as assert from "uvu/assert";
import { umbrella, umbrellaStep } from "../../src/environments/umbrella.ts";
import { tools } from "../helpers/worldTools.ts";

test("only the first action has an effect", () => {
  for (const action of [0, 1]) {
    assert.equal(umbrellaStep([1, 1 - action, 0], action, 1).state, [1, action, 1]);
    assert.equal(umbrellaStep([1, 0, 1], action, 1).state, [1, 0, 2]);
  }
});

test("the last step ends and pays 1 for the umbrella that is needed or the one that is not", () => {
  for (const [needed, there, reward] of [
    [0, 0, 1],
    [1, 1, 1],
    [0, 1, -1],
    [1, 0, -1],
  ]) {
    const state = [needed, there, 20];
    for (const coin of [-1, 1]) {
      assert.equal(umbrellaStep([needed, there, 19], 0, coin), { state, reward, terminated: true });
      const before = { state: [needed, there, 19], reward: coin, terminated: false };
      assert.equal(umbrellaStep([needed, there, 18], 0, coin), before);
    }
  }
});

test("the observation tells need, umbrella, share of the steps left, then bits that are drawn anew", () => {
  const world = umbrella(tools);
  const { observation } = world.setState([1, 0, 5]);
  assert.equal(Array.from(observation).slice(0, 3), [1, 0, 0.75]);
  assert.is(observation.length, 23);
  const N = 2000;
  const sums = new Array<number>(20).fill(0);
  const pairs = new Array<number>(19).fill(0);
  for (let n = 0; n < N; n++) {
    const bits = Array.from(world.setState([1, 0, 5]).observation).slice(3);
    assert.ok(bits.every((bit) => bit === 0 || bit === 1));
    bits.forEach((bit, d) => {
      sums[d] += bit / N;
      if (d > 0 && bit === bits[d - 1]) pairs[d - 1] += 1 / N;
    });
  }
  // Shares of N fair coins: five standard errors of √(¼/N), for 39 of them.
  for (const share of [...sums, ...pairs]) assert.ok(Math.abs(share - 0.5) < 5 * Math.sqrt(0.25 / N));
});

test("an episode is 20 steps, its need, its first umbrella and its other rewards are coins", () => {
  const world = umbrella(tools);
  world.reset({ seed: 1 });
  const N = 1000;
  const counts = [0, 0, 0];
  for (let n = 0; n < N; n++) {
    world.reset();
    const [needed, there] = world.state();
    counts[0] += needed;
    counts[1] += there;
    for (let t = 1; t < 20; t++) {
      const { reward, terminated, truncated } = world.step(1);
      assert.ok(Math.abs(reward) === 1 && !terminated && !truncated);
      if (reward === 1) counts[2] += 1 / 19;
    }
    const { reward, terminated, info } = world.step(0);
    assert.equal([reward, terminated, info], [needed === 1 ? 1 : -1, true, { success: needed === 1 }]);
  }
  for (const count of counts) assert.ok(Math.abs(count / N - 0.5) < 4 * Math.sqrt(0.25 / N));
});

test.run();
