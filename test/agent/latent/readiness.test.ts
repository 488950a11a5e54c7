import { test } from "uvu";
import * as assert from "uvu/assert";
import { readinessOf } from "../../../src/agent/latent/readiness.ts";
import type { LatentState } from "../../../src/agent/latent/state.ts";
import type { Options } from "../../../src/index.ts";
import { live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";

/** What plans rely on after some steps. */
async function after(steps: number, options: Options = {}) {
  const { agent, environment } = await latentAgent("pendulum", {
    habitShare: 0.25,
    usesValue: true,
    ...options,
  });
  live(agent, environment, steps);
  return { state: agent.state as LatentState, ready: readinessOf(agent.state as LatentState) };
}

test("habit and value count once they have learned, from their delay after the warm-up on", async () => {
  const [early, late] = [(await after(25)).ready, (await after(31)).ready];
  assert.equal([early.usesHabit, early.usesValue], [false, false]);
  assert.equal([late.usesHabit, late.usesValue], [true, true]);
});

test("the temperature is what is given, or .005 of the spread of the returns", async () => {
  assert.is((await after(25, { temperature: 3 })).ready.temperature, 3);
  const { state, ready } = await after(230, { temperature: "auto", updates: 0, warmupUpdates: 0 });
  const { spread } = state.returns.counts;
  assert.ok(spread > 1);
  assert.is(ready.temperature, 0.005 * spread);
});

test.run();
