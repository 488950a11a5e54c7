import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Trial } from "../../../src/runs/sweep/plan.ts";
import { MissingWorldError, runTrial, worldMaker } from "../../../src/runs/sweep/trial.ts";
import { messageOf } from "../../helpers/folder.ts";
import { small } from "../../helpers/smallAgent.ts";

const base = new URL("worlds/", import.meta.url).href;
const { seed: _, ...options } = small;
const own = { module: "./ring.mjs", version: "1" };

function done(changes: Partial<Trial> = {}) {
  const trial: Trial = { world: own, options, seed: 1, steps: 60, episodes: 2, ...changes };
  return worldMaker(trial.world, base).then((makeWorld) => runTrial(trial, { version: "1", makeWorld }));
}

test("a trial gives the same bits each time, and others by another seed", async () => {
  const [first, again, other] = [await done(), await done(), await done({ seed: 2 })];
  assert.equal({ ...again, seconds: 0 }, { ...first, seconds: 0 });
  assert.is.not(other.bits, first.bits);
  assert.is.not(other.id, first.id);
  assert.equal([first.planner.length, first.habit.length], [2, 2]);
});

test("a built-in world is made by its name, and without episodes nothing is evaluated", async () => {
  const { planner, habit, world } = await done({ world: "pendulum", episodes: 0 });
  assert.equal([planner, habit, world], [[], [], "pendulum"]);
});

test("a module that is not there, or makes no world, is a world that this machine lacks", async () => {
  for (const world of [
    { ...own, module: "./nowhere.mjs" },
    { ...own, module: "no-such-package" },
    { ...own, export: "noMaker" },
  ]) {
    const error = await worldMaker(world, base).catch((cause) => cause);
    assert.instance(error, MissingWorldError);
    assert.match(error.message, new RegExp(`^${world.module.replace(".", "\\.")}: `));
  }
});

test("what a world throws passes through", async () => {
  assert.is(await messageOf(() => done({ world: { ...own, export: "broken" } })), "the ring is broken");
});

test.run();
