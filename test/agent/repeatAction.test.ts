import { test } from "uvu";
import * as assert from "uvu/assert";
import { repeatAction } from "../../src/agent/repeatAction.ts";
import { box, discrete, type Environment, type Step } from "../../src/environments/environment.ts";

/** A world that counts: step t is worth 10ᵗ and ends the episode, or cuts it short, at `end`. */
function counting(
  end: number,
  how: "terminated" | "truncated",
): Environment & { readonly actions: number[] } {
  const actions: number[] = [];
  let t = 0;
  return {
    observationSpace: box([0], [100]),
    actionSpace: discrete(5),
    actions,
    reset({ seed = 0 } = {}) {
      t = seed;
      return { observation: [t], info: { seed } };
    },
    step(action): Step {
      actions.push(action as number);
      const isOver = ++t === end;
      const ends = { terminated: isOver && how === "terminated", truncated: isOver && how === "truncated" };
      return { observation: [t], reward: 10 ** t, ...ends, info: { t } };
    },
  };
}

test("an action lasts `count` steps; its reward is their sum, the rest is the last step's", () => {
  const original = counting(100, "terminated");
  const world = repeatAction(original, 3);
  world.reset();
  assert.equal(world.step(2), {
    observation: [3],
    reward: 1110,
    terminated: false,
    truncated: false,
    info: { t: 3 },
  });
  assert.is(world.length, 3);
  assert.is(world.step(4).reward, 1110000);
  assert.equal(original.actions, [2, 2, 2, 4, 4, 4]);
});

for (const how of ["terminated", "truncated"] as const)
  for (const end of [1, 2, 4])
    test(`no step is taken after the episode has ${how} at step ${end}`, () => {
      const original = counting(end, how);
      const world = repeatAction(original, 4);
      world.reset();
      const step = world.step(1);
      assert.is(world.length, end);
      assert.is(original.actions.length, end);
      assert.is(step[how], true);
      assert.is(step[how === "terminated" ? "truncated" : "terminated"], false);
      assert.equal([step.observation[0], step.reward], [end, (10 ** (end + 1) - 10) / 9]);
    });

test("lasting one step changes nothing", () => {
  const [plain, world] = [counting(3, "truncated"), repeatAction(counting(3, "truncated"), 1)];
  plain.reset();
  world.reset();
  for (let t = 1; t <= 3; t++) {
    assert.equal(world.step(0), plain.step(0));
    assert.is(world.length, 1);
  }
});

test("a count that is no whole number from 1 is refused", () => {
  for (const count of [0, 1.5, Number.NaN])
    assert.throws(
      () => repeatAction(counting(9, "terminated"), count),
      (error: Error) => error instanceof RangeError && error.message.startsWith("count: expected"),
    );
});

test("spaces and resets are the world's own", () => {
  const original = counting(9, "terminated");
  const world = repeatAction(original, 2);
  assert.is(world.observationSpace, original.observationSpace);
  assert.is(world.actionSpace, original.actionSpace);
  assert.equal(world.reset({ seed: 5 }), { observation: [5], info: { seed: 5 } });
  assert.is(world.step(0).reward, 10 ** 6 + 10 ** 7);
});
test("says of a Promise that it has to be awaited, or that environments do not wait", () => {
  const environment = counting(9, "terminated");
  const late = (member: "reset" | "step") => ({
    ...environment,
    [member]: () => Promise.resolve({ observation: [0] }),
  });
  for (const [work, message] of [
    [
      () => repeatAction(Promise.resolve(environment) as never, 1),
      "TypeError: environment: expected an environment, got a Promise: `await` is missing",
    ],
    [
      () => repeatAction(late("reset"), 1).reset(),
      "TypeError: reset: expected an answer, got a Promise: environments are synchronous",
    ],
    [
      () => repeatAction(late("step"), 2).step(1),
      "TypeError: step: expected an answer, got a Promise: environments are synchronous",
    ],
  ] as const)
    assert.throws(work, (error: Error) => String(error) === message);
});

test.run();
