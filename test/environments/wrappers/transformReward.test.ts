import { test } from "uvu";
import * as assert from "uvu/assert";
import { transformReward } from "../../../src/environments/wrappers/transformReward.ts";
import { line } from "../../helpers/line.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

test("rewards otherwise, by the reward and the step that it came with", () => {
  const world = transformReward(line(), (reward, { observation, truncated }) =>
    truncated ? -100 : reward + observation[1],
  );
  world.reset({ seed: 0 });
  const rewards = Array.from({ length: 10 }, () => world.step([1]).reward);
  assert.equal(rewards, [0, 0, 0, 0, 0, 0, 0, 0, 0, -100]);
});

test("answers at once or later, copies its episode, and shares no array", () =>
  expectWrapper((world) => transformReward(world, (reward) => reward / 8)));

test("says what is wrong with its arguments", () => {
  assert.throws(() => transformReward(line(), 2 as never), /change: expected a function, got number/);
  assert.throws(() => transformReward(Promise.resolve(line()) as never, Math.abs), /got a Promise/);
});

test.run();
