/** Whole numbers that are observed stay whole numbers in what the agent imagines. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createAgent, discrete } from "../../../src/index.ts";
import type { PlanExplanation } from "../../../src/types.ts";
import { small } from "../../helpers/smallAgent.ts";

/** A ring of seven places: one step on, one step back. It ends at the third, and nothing is ever gained unless `reward` says so. */
function ring(reward = 0) {
  let place = 0;
  return {
    observationSpace: discrete(7),
    actionSpace: discrete(2),
    reset() {
      place = 0;
      return { observation: place };
    },
    step(action: number) {
      place = (place + (action === 0 ? 1 : 6)) % 7;
      return { observation: place, reward, terminated: place === 3, truncated: false };
    },
  };
}

/** An agent after some steps in the ring, with the last observation, and how many of its last steps were curious. */
async function afterSteps(steps: number, reward: number) {
  const world = ring(reward);
  const agent = await createAgent(world, { ...small, curiosity: 0.5 });
  let { observation } = world.reset();
  let curious = 0;
  for (let step = 1; step <= steps; step++) {
    const action = agent.act(observation, { explore: true });
    if (step > steps / 2 && agent.explain().chosenBy === "curiosity") curious++;
    const next = world.step(action as number);
    agent.learn({ ...next, observation, action, nextObservation: next.observation });
    observation = next.observation;
    if (!next.terminated) continue;
    ({ observation } = world.reset());
    agent.reset();
  }
  return { agent, observation, curious };
}

test("every state that a plan imagines is one of the choices, and the plan begins at the one observed", async () => {
  const { agent, observation } = await afterSteps(60, 0);
  agent.act(observation);
  const { observations } = agent.explain().plan as PlanExplanation;
  assert.is(observations.length % 7, 0);
  for (let at = 0; at < observations.length; at += 7) {
    const row = [...observations.subarray(at, at + 7)].map((x) => Math.round(x * 1e5) / 1e5);
    assert.equal(row.filter((x) => x === 1).length, 1, `${row}`);
    assert.equal(row.filter((x) => x === 0).length, 6, `${row}`);
  }
  assert.ok(Math.abs(observations[observation] - 1) < 1e-5);
});

test("where an end is all that happens, and every reward was 0, each planned step seeks information", async () => {
  assert.is((await afterSteps(200, 0)).curious, 100);
  // with a reward each step an end costs something, so that some steps seek the reward
  const { curious } = await afterSteps(200, 1);
  assert.ok(curious < 100, `${curious}`);
});

test.run();
