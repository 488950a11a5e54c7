import { test } from "uvu";
import * as assert from "uvu/assert";
import { defaultSteps } from "../../src/cli/defaults.ts";
import { createWorld, physicsTasks } from "../../src/cli/worlds.ts";

test("makes built-in worlds by their names, and those of MuJoCo by theirs", async () => {
  assert.is((await createWorld("pendulum")).actionSpace.kind, "box");
  const world = await createWorld("mujoco/hopper");
  const { observation } = await world.reset({ seed: 1 });
  assert.is((observation as Float32Array).length, 11);
});

test("an unknown name is refused with the known ones", async () => {
  const messages: string[] = [];
  for (const name of ["pendulums", "mujoco/ant"])
    await createWorld(name).catch((error: Error) => messages.push(error.message));
  assert.match(messages[0], /^task: expected one of pendulum, .*, got "pendulums"/);
  assert.match(messages[1], /^task: expected one of half-cheetah, .*, got "ant"$/);
});

test("every task of MuJoCo has some steps of its own", () => {
  assert.is(physicsTasks.length, 8);
  for (const task of physicsTasks) assert.is.not(defaultSteps(task), 2000, task);
});

test.run();
