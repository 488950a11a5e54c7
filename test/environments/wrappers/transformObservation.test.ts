import { test } from "uvu";
import * as assert from "uvu/assert";
import { box } from "../../../src/environments/environment.ts";
import { transformObservation } from "../../../src/environments/wrappers/transformObservation.ts";
import { line } from "../../helpers/line.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

test("is seen otherwise, at the start and after each step; the rest is the world's own", () => {
  const world = transformObservation(line(), ([x, t]) => [x * t, x, t], box([0, 0, 0], [9, 9, 9]));
  assert.is(world.observationSpace.low.length, 3);
  assert.equal(Array.from(world.reset({ seed: 2 }).observation), [0, 2, 0]);
  const { observation, ...rest } = world.step([1]);
  assert.equal(Array.from(observation), [3, 3, 1]);
  assert.equal(rest, { reward: -3, terminated: false, truncated: false });
});

test("keeps the world's space where it is given none", () => {
  const original = line();
  assert.is(transformObservation(original, (x) => x).observationSpace, original.observationSpace);
});

test("neither a change that writes into what it is given, nor one that answers the same array, shows", async () => {
  const own = new Float64Array(3);
  await expectWrapper((world) =>
    transformObservation(world, (observation) => {
      for (let d = 0; d < 3; d++) observation[d] *= 2;
      own.set(observation);
      return own;
    }),
  );
  const seen = [1, 2];
  const world = transformObservation({ ...line(), reset: () => ({ observation: seen }) }, (x) => x.fill(0));
  assert.equal(Array.from(world.reset().observation), [0, 0]);
  assert.equal(seen, [1, 2]);
});

test("says what is wrong with its arguments", () => {
  assert.throws(
    () => transformObservation(line(), undefined as never),
    /change: expected a function, got undefined/,
  );
  assert.throws(() => transformObservation(Promise.resolve(line()) as never, (x) => x), /got a Promise/);
});

test.run();
