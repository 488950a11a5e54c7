import { test } from "uvu";
import * as assert from "uvu/assert";
import { commandIn } from "../helpers/command.ts";
import { inFolder } from "../helpers/folder.ts";

test("tells a human what each environment is", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "environments");
    assert.is(code, 0);
    assert.match(
      stdout,
      "walk  (Walk-v0)\n  put one foot before the other\n" +
        "  observes 1 number; acts by one of 2 choices; episodes of 20 steps at most; trained for 2,000 by default\n",
    );
    assert.match(stdout, "(npm install @mujoco/mujoco), also Gymnasium's:\n  mujoco/half-cheetah\n");
  }));

test("--json prints one array; a missing bound is null", () =>
  inFolder(async (folder) => {
    const { code, stdout } = await commandIn(folder, "environments --json");
    assert.is(code, 0);
    assert.equal(JSON.parse(stdout)[1], {
      name: "nap",
      title: "Nap-v0",
      description: "do nothing",
      timeLimit: 20,
      trainingSteps: 2000,
      observationSpace: { kind: "box", low: [0], high: [null] },
      actionSpace: { kind: "discrete", n: 2 },
    });
  }));

test.run();
