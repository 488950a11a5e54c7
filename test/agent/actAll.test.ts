import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, createAgent, createEnvironment } from "../../src/index.ts";
import { isSame, small } from "../helpers/smallAgent.ts";

async function agentOf(lanes: number, task = "pendulum"): Promise<Agent> {
  return createAgent(await createEnvironment(task), { ...small, lanes });
}

/** Lives in as many worlds as there are lanes. */
async function live(agent: Agent, lanes: number, steps: number): Promise<unknown[]> {
  const worlds = await Promise.all(Array.from({ length: lanes }, () => createEnvironment("pendulum")));
  let seen = worlds.map((world, lane) => world.reset({ seed: lane }).observation);
  const actions: unknown[] = [];
  for (let t = 0; t < steps; t++) {
    const chosen = agent.actAll(seen, { explore: true });
    actions.push(...chosen.map(String));
    seen = worlds.map((world, lane) => {
      const step = world.step(chosen[lane]);
      agent.remember(
        { ...step, observation: seen[lane], action: chosen[lane], nextObservation: step.observation },
        lane,
      );
      return step.observation;
    });
    agent.update();
  }
  return actions;
}

test("of one lane it is act, to the bit", async () => {
  const [together, alone] = [await agentOf(1), await agentOf(1)];
  const observation = [0.6, 0.8, 1];
  for (const policy of ["plan", "habit"] as const)
    assert.equal(together.actAll([observation], { policy, rewards: [undefined] }), [
      alone.act(observation, { policy }),
    ]);
  assert.ok(isSame(together.save(), alone.save()));
});

test("same seed, same actions; lanes draw numbers of their own, while they learn and when they plan", async () => {
  const [agent, again] = [await agentOf(3), await agentOf(3)];
  const actions = await live(agent, 3, 20);
  assert.equal(await live(again, 3, 20), actions);
  assert.ok(isSame(again.save(), agent.save()));
  assert.ok(new Set(actions).size > 55, "actions differ");
  assert.is(agent.steps, 60);
  const seen = [1, 0, 0.5];
  const [a, b, c] = agent.actAll([seen, seen, seen], { explore: true });
  assert.is(new Set([a, b, c].map(String)).size, 3);
});

test("each lane's plan is as good as one that is solved alone", async () => {
  const agent = await agentOf(4);
  await live(agent, 4, 40);
  for (let lane = 0; lane < 4; lane++) agent.reset(lane);
  const seen = [
    [1, 0, 0],
    [0, 1, 1],
    [-1, 0, 0.2],
    [0, -1, 4],
  ];
  agent.actAll(seen);
  const lanes = (
    agent.state as { readonly lanes: readonly { readonly planner: { readonly info: Float32Array } }[] }
  ).lanes;
  const together = lanes.map(({ planner }) => planner.info[0]);
  for (const [lane, observation] of seen.entries()) {
    agent.reset(lane);
    agent.act(observation, { lane });
    const alone = lanes[lane].planner.info[0];
    assert.ok(
      Math.abs(alone - together[lane]) < 0.2 * Math.abs(alone) + 0.5,
      `${alone} and ${together[lane]}`,
    );
  }
});

test("goes on with the same bits where it was saved", async () => {
  const agent = await agentOf(2);
  await live(agent, 2, 30);
  const { loadAgent } = await import("../../src/index.ts");
  const again = await loadAgent(agent.save());
  const seen = [
    [1, 0, 0.5],
    [0, 1, 0.5],
  ];
  for (let i = 0; i < 3; i++)
    assert.equal(again.actAll(seen, { explore: true }), agent.actAll(seen, { explore: true }));
});

test("says what is wrong with its arguments", async () => {
  const agent = await agentOf(2);
  const seen = [1, 0, 0];
  assert.throws(() => agent.actAll([seen]), /observations: expected \[2\], one for each lane, got 1/);
  assert.throws(() => agent.actAll(undefined as never), /observations: expected \[2\]/);
  assert.throws(() => agent.actAll([seen, [1]]), /observation: expected/);
  assert.throws(() => agent.actAll([seen, seen], { policy: "sleep" as never }), /policy: expected/);
});

test.run();
