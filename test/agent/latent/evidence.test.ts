import { test } from "uvu";
import * as assert from "uvu/assert";
import { holdsOf } from "../../../src/agent/hold.ts";
import { diagnose } from "../../../src/index.ts";
import { live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";

test("an agent with a belief tells of rewards, ends and what varied, and is not compared", async () => {
  const { agent, environment } = await latentAgent("cartpole-position");
  live(agent, environment, 60);
  const evidence = holdsOf(agent).evidence();
  assert.is(evidence?.rewardLow, 1);
  assert.is(evidence?.varied, evidence?.dimensions);
  assert.is(evidence?.terminations, evidence?.episodes.ended);
  assert.is(evidence?.compare, undefined);
  assert.equal(diagnose(agent), []);
});

test.run();
