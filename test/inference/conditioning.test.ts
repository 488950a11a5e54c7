import { test } from "uvu";
import * as assert from "uvu/assert";
import type { LatentState } from "../../src/agent/latent/state.ts";
import type { Options } from "../../src/index.ts";
import { solvePlans } from "../../src/inference/planner.ts";
import { live } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

const ready = { informationWeight: 1, usesHabit: false, usesValue: false, temperature: 1 };

/** A plan's best score, from one latent. */
async function planned(options: Options) {
  const { agent, environment } = await latentAgent("pendulum", { particles: 2, ...options });
  live(agent, environment, 30);
  const { core, lanes } = agent.state as LatentState;
  const { planner } = lanes[0];
  return (isCurious: boolean) => {
    planner.mean.fill(0);
    planner.std.fill(1);
    solvePlans(core, planner, ready, { stream: 1, step: 1, iterations: 1, isCurious });
    return planner.info[3];
  };
}

test("plans that seek information alone compare members, whatever others are conditioned on, which stays as it was", async () => {
  const [belief, member] = await Promise.all(
    (["belief", "member"] as const).map((conditioning) =>
      planned({ members: 3, conditioning, informationWeight: 1, curiosity: 0.5 }),
    ),
  );
  const before = belief(false);
  assert.is(belief(true), member(true));
  assert.ok(belief(true) > 0);
  assert.is(belief(false), before);
  assert.is.not(member(false), before);
});

test("one member has nothing to teach: what is seen is all that it can seek", async () => {
  const plan = await planned({ members: 1, simulatesNoise: true, informationWeight: 1, curiosity: 0.5 });
  assert.ok(plan(true) > 0);
});

test.run();
