import { test } from "uvu";
import * as assert from "uvu/assert";
import { checkEnvironment } from "../../../src/environments/check.ts";
import type { Step, SynchronousEnvironment } from "../../../src/environments/environment.ts";
import { pendulum } from "../../../src/environments/pendulum.ts";
import { timeLimit } from "../../../src/environments/wrappers/timeLimit.ts";
import { line } from "../../helpers/line.ts";
import { tools } from "../../helpers/worldTools.ts";
import { expectWrapper } from "../../helpers/wrapped.ts";

const endsOf = (world: SynchronousEnvironment, steps: number) => {
  world.reset({ seed: 1 });
  return Array.from({ length: steps }, () => {
    const { terminated, truncated } = world.step([0]);
    return `${Number(terminated)}${Number(truncated)}`;
  }).join(" ");
};

test("cuts episodes at the limit, each anew", () => {
  const world = timeLimit(line(), 3);
  assert.is(endsOf(world, 3), "00 00 01");
  assert.is(endsOf(world, 3), "00 00 01");
});

test("the shorter of two limits counts", () => {
  assert.is(endsOf(timeLimit(timeLimit(line(), 2), 5), 2), "00 01");
  assert.is(endsOf(timeLimit(timeLimit(line(), 5), 2), 2), "00 01");
});

test("a world that ends on its last step is not cut short", () => {
  const fall = line((answer: Step, t) => ({ ...answer, terminated: t === 3 }));
  assert.is(endsOf(timeLimit(fall, 3), 3), "00 00 10");
});

test("answers at once or later, copies its count, and shares no array", () =>
  expectWrapper((world) => timeLimit(world, 6)));

test("goes on counting from a copy", () => {
  const [world, other] = [timeLimit(pendulum(tools), 5), timeLimit(pendulum(tools), 5)];
  assert.is(endsOf(world, 3), "00 00 00");
  other.load?.(world.save?.());
  assert.equal(
    [1, 2].map(() => other.step([0]).truncated),
    [false, true],
  );
});

test("is an environment without faults", () => {
  assert.equal(checkEnvironment(timeLimit(pendulum(tools), 20)), []);
});

test("says what is wrong with its arguments", () => {
  for (const steps of [0, 1.5, Number.NaN])
    assert.throws(
      () => timeLimit(line(), steps),
      (error: Error) => String(error) === `RangeError: steps: expected a whole number ≥ 1, got ${steps}`,
    );
  assert.throws(() => timeLimit(Promise.resolve(line()) as never, 3), /environment: expected an environment/);
  const world = timeLimit(pendulum(tools), 3);
  assert.throws(
    () => world.load?.({ state: [] }),
    /saved: expected an episode of this wrapper, got an object/,
  );
});

test.run();
