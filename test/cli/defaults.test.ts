import { test } from "uvu";
import * as assert from "uvu/assert";
import { defaultFolder, defaultSteps } from "../../src/cli/defaults.ts";
import { environments } from "../../src/environments/registry.ts";

test("every environment has some steps, and one that is not known too", () => {
  for (const { name } of environments) assert.ok(defaultSteps(name) >= 400, name);
  assert.is(defaultSteps("pendulum"), 1200);
  assert.is(defaultSteps("somebody's world"), 2000);
});

test("a run's folder is named after the task and the seed", () => {
  assert.is(defaultFolder("t-maze", 3), "runs/t-maze-seed3");
  assert.is(defaultFolder("mujoco/hopper", 3), "runs/mujoco-hopper-seed3");
});

test.run();
