import { test } from "uvu";
import * as assert from "uvu/assert";
import { createAgent, train } from "../../src/index.ts";
import { findingsWhenDue } from "../../src/loop/findings.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { pushed } from "../helpers/faultyWorlds.ts";
import { live, small } from "../helpers/smallAgent.ts";

const still = { observe: () => [1, 2], reward: () => 0 };

test("asks every 400 steps, and not before", async () => {
  const world = pushed(still) as SynchronousEnvironment;
  const agent = await createAgent(world, small);
  live(agent, world, 390);
  assert.equal(findingsWhenDue(agent), []);
  live(agent, world, 20);
  const codes = () => findingsWhenDue(agent).map(({ code }) => code);
  assert.equal(codes(), ["observation-constant", "no-reward"]);
  assert.equal(codes(), []);
});

test("a run tells of the findings with an episode, and of none with the others", async () => {
  const world = pushed(still);
  const agent = await createAgent(world, small);
  const told: unknown[] = [];
  for await (const report of train(agent, world, { steps: 840 }))
    if ("findings" in report) told.push([report.steps, report.findings?.length]);
  assert.equal(told, [
    [400, 2],
    [800, 2],
  ]);
});

test.run();
