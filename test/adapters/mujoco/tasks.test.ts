import { test } from "uvu";
import * as assert from "uvu/assert";
import { mujocoTasks, taskOf } from "../../../src/adapters/mujoco/tasks.ts";

test("names eight ready worlds", () => {
  assert.equal(Object.keys(mujocoTasks), [
    ...["half-cheetah", "hopper", "walker2d", "swimmer", "reacher", "pusher"],
    ...["inverted-pendulum", "inverted-double-pendulum"],
  ]);
});

test("refuses another name with the known ones", () => {
  assert.is(taskOf("hopper"), mujocoTasks.hopper);
  for (const name of ["cheetah", "toString"])
    assert.throws(
      () => taskOf(name),
      (error: Error) =>
        error instanceof RangeError &&
        error.message === `task: expected one of ${Object.keys(mujocoTasks).join(", ")}, got "${name}"`,
    );
});

test.run();
