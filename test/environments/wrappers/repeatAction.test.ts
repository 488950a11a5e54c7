import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  box,
  discrete,
  type Step,
  type SynchronousEnvironment,
  type Vector,
} from "../../../src/environments/environment.ts";
import { repeatAction } from "../../../src/environments/wrappers/repeatAction.ts";
import { later } from "../../helpers/later.ts";

/** A world that counts: step t is worth 10ᵗ and ends the episode, or cuts it short, at `end`. */
function counting(
  end: number,
  how: "terminated" | "truncated",
): SynchronousEnvironment & { readonly actions: number[] } {
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
      assert.equal([(step.observation as Vector)[0], step.reward], [end, (10 ** (end + 1) - 10) / 9]);
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
test("a world that answers later gives the same answers, later", async () => {
  for (const end of [2, 5]) {
    const prompt = repeatAction(counting(end, "terminated"), 3);
    const late = repeatAction(later(counting(end, "terminated")), 3);
    assert.equal(await late.reset({ seed: 0 }), prompt.reset({ seed: 0 }));
    const promised = late.step(1);
    assert.ok(promised instanceof Promise);
    assert.equal(await promised, prompt.step(1));
    assert.is(late.length, prompt.length);
  }
});

test("copies are the world's own, and there are none where it has none", () => {
  const world = counting(9, "terminated");
  let saved: unknown;
  const copied = { ...world, save: () => "here", load: (state: unknown) => (saved = state) };
  const repeated = repeatAction(copied, 2);
  assert.is(repeated.save?.(), "here");
  repeated.load?.("there");
  assert.is(saved, "there");
  assert.equal([repeatAction(world, 2).save, repeatAction(world, 2).load], [undefined, undefined]);
});

test("says of an environment that is a Promise that it has to be awaited", () => {
  assert.throws(
    () => repeatAction(Promise.resolve(counting(9, "terminated")) as never, 1),
    (error: Error) =>
      String(error) === "TypeError: environment: expected an environment, got a Promise: `await` is missing",
  );
});

test.run();
