import { test } from "uvu";
import * as assert from "uvu/assert";
import { holdsOf } from "../../src/agent/hold.ts";
import { live, smallAgent } from "../helpers/smallAgent.ts";

test("tells what was seen, from the shell and from the mind", async () => {
  const { agent, environment } = await smallAgent("cartpole");
  live(agent, environment, 80);
  const evidence = holdsOf(agent).evidence();
  assert.is(evidence?.steps, 80);
  assert.is(evidence?.ready, 30);
  assert.is(evidence?.rewardHigh, 1);
  assert.is(evidence?.varied, 4);
  assert.is(evidence?.terminations, evidence?.episodes.ended);
  assert.ok((evidence?.planning.plans ?? 0) > 20);
});

test("comparing plans with random actions leaves nothing to be explained, and changes nothing", async () => {
  const { agent, environment } = await smallAgent("pendulum");
  live(agent, environment, 60);
  agent.act([1, 0, 0]);
  assert.ok(agent.explain().plan);
  const before = agent.save();
  const comparison = holdsOf(agent).evidence()?.compare?.();
  assert.is(comparison?.plans, 16);
  assert.ok(Number.isFinite(comparison?.gain) && (comparison?.error ?? 0) > 0);
  assert.is(agent.explain().plan, undefined);
  assert.equal(agent.save(), before);
});

test.run();
