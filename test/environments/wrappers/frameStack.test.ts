import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../../src/environments/check.ts";
import { pendulum } from "../../../src/environments/pendulum.ts";
import { frameStack } from "../../../src/environments/wrappers/frameStack.ts";
import { line } from "../../helpers/line.ts";
import { tools } from "../../helpers/worldTools.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

test("shows the last observations, the oldest first, and the first one for those that are missing", () => {
  const world = frameStack(line(), 3);
  assert.equal(world.observationSpace, {
    kind: "box",
    low: [-20, 0, -20, 0, -20, 0],
    high: [20, 10, 20, 10, 20, 10],
  });
  assert.equal(Array.from(world.reset({ seed: 2 }).observation), [2, 0, 2, 0, 2, 0]);
  const seen = Array.from({ length: 3 }, () => Array.from(world.step([1]).observation));
  assert.equal(seen, [
    [2, 0, 2, 0, 3, 1],
    [2, 0, 3, 1, 4, 2],
    [3, 1, 4, 2, 5, 3],
  ]);
  assert.equal(Array.from(world.reset({ seed: 1 }).observation), [1, 0, 1, 0, 1, 0]);
});

test("one frame is the observation itself", () => {
  const world = frameStack(line(), 1);
  assert.equal(Array.from(world.reset({ seed: 2 }).observation), [2, 0]);
  assert.equal(Array.from(world.step([1]).observation), [3, 1]);
});

test("answers at once or later, copies its frames, and shares no array", () =>
  expectWrapper((world) => frameStack(world, 3)));

test("what is done to an observation does not show in the next one", () => {
  const world = frameStack(line(), 2);
  (world.reset({ seed: 2 }).observation as Float64Array).fill(9);
  assert.equal(Array.from(world.step([1]).observation), [2, 0, 3, 1]);
});

test("is an environment without faults", () => {
  assert.equal(checkEnvironment(frameStack(pendulum(tools), 4)), []);
});

test("says what is wrong with its arguments", () => {
  assert.throws(() => frameStack(line(), 0), /count: expected a whole number ≥ 1, got 0/);
  assert.throws(() => frameStack(Promise.resolve(line()) as never, 2), /got a Promise/);
  const world = frameStack(pendulum(tools), 2);
  world.reset();
  const saved = world.save?.() as { readonly world: unknown };
  assert.throws(() => world.load?.({ ...saved, kept: [1] }), /kept: expected \[6\] numbers, got 1/);
});

test.run();
