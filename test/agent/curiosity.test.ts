import { test } from "uvu";
import * as assert from "uvu/assert";
import { createCuriosity, seeksInformation } from "../../src/agent/curiosity.ts";
import { createAgent, createEnvironment, loadAgent } from "../../src/index.ts";
import { live, small } from "../helpers/smallAgent.ts";
import { latentAgent } from "../helpers/smallLatentAgent.ts";

/** Whether each of some steps is curious. */
function steps(
  count: number,
  changes: { share?: number; hasGoal?: boolean; firsts?: readonly number[] } = {},
) {
  const { share = 0.5, hasGoal = true, firsts = [0] } = changes;
  const curiosity = createCuriosity(share);
  return Array.from({ length: count }, (_, step) =>
    seeksInformation(curiosity, { steps: step, horizon: 10, isFirst: firsts.includes(step), hasGoal }),
  );
}

const shareOf = (curious: readonly boolean[]) => curious.filter((is) => is).length / curious.length;

test("a stretch lasts six horizons, and the first is curious", () => {
  const curious = steps(120);
  assert.ok(curious.slice(0, 60).every((is) => is));
  assert.ok(curious.slice(60, 120).every((is) => !is));
});

test("half of the early steps are curious, and ever fewer of the later ones", () => {
  const curious = steps(10_000);
  assert.ok(Math.abs(shareOf(curious.slice(0, 300)) - 0.5) < 0.2);
  // ½ √(300 · 10,000) steps, and a stretch at most beyond
  const spent = curious.filter((is) => is).length;
  assert.ok(
    spent >= 0.5 * Math.sqrt(300 * 10_000) - 60 && spent <= 0.5 * Math.sqrt(300 * 10_000) + 60,
    `${spent}`,
  );
});

test("every episode decides anew", () => {
  const curious = steps(60, { firsts: [0, 20, 40] });
  assert.ok(curious.slice(0, 20).every((is) => is));
  assert.ok(curious.slice(20, 40).every((is) => !is));
});

test("while nothing is known that could be sought, all steps are curious; without a share none is", () => {
  assert.is(shareOf(steps(1000, { hasGoal: false })), 1);
  assert.is(shareOf(steps(1000, { share: 0 })), 0);
  assert.is(shareOf(steps(1000, { share: 0, hasGoal: false })), 0);
});

test("an agent says which steps sought information; they teach no habit, and a loaded agent goes on alike", async () => {
  const environment = await createEnvironment("pendulum");
  const agent = await createAgent(environment, { ...small, warmup: 20, curiosity: 0.5 });
  live(agent, environment, 20);
  const { observation } = environment.reset({ seed: 5 });
  agent.reset();
  const action = agent.act(observation, { explore: true });
  assert.is(agent.explain().chosenBy, "curiosity");
  const step = environment.step(action);
  const { bound } = agent.learn({ ...step, observation, action, nextObservation: step.observation });
  assert.is(bound.actionConsistency, 0);
  const loaded = await loadAgent(agent.save());
  const next = [agent, loaded].map((one) => one.act(step.observation, { explore: true }));
  assert.equal(next[1], next[0]);
  assert.is(loaded.explain().chosenBy, "curiosity");
});

test("an agent with a belief seeks information in stretches too", async () => {
  const { agent, environment } = await latentAgent("pendulum", { members: 3, curiosity: 0.5 });
  live(agent, environment, 20);
  agent.reset();
  const { observation } = environment.reset({ seed: 5 });
  const action = agent.act(observation, { explore: true });
  assert.is(agent.explain().chosenBy, "curiosity");
  const scores = agent.explain().plan?.informationScores ?? [];
  assert.ok(scores.length > 0 && scores.every(Number.isFinite));
  const step = environment.step(action);
  const { bound } = agent.learn({ ...step, observation, action, nextObservation: step.observation });
  assert.is(bound.actionConsistency, 0);
});

for (const [task, far, size] of [
  ["mountain-car", 12, 2],
  ["mountain-car-continuous", 12, 2],
  ["pendulum", 6, 3],
] as const)
  test(`plans that seek information look twice as far while nothing can be gained, and \`explain\` shows all of it: ${task}`, async () => {
    const environment = await createEnvironment(task);
    const agent = await createAgent(environment, { ...small, warmup: 20, curiosity: 1 });
    live(agent, environment, 20);
    const { observation } = environment.reset({ seed: 5 });
    agent.reset();
    const seen = [true, true, false].map((explore) => {
      agent.act(observation, { explore });
      const { plan } = agent.explain();
      return [plan?.horizon, plan?.observations.length, plan?.observations.every(Number.isFinite)];
    });
    const further = [far, 16 * (far + 1) * size, true];
    assert.equal(seen, [further, further, [6, 16 * 7 * size, true]]);
  });

test("evaluation is never curious", async () => {
  const environment = await createEnvironment("pendulum");
  const agent = await createAgent(environment, { ...small, warmup: 20, curiosity: 1 });
  live(agent, environment, 40);
  agent.act([1, 0, 0]);
  assert.is(agent.explain().chosenBy, "plan");
});

test.run();
