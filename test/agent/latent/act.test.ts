import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, type BeliefSummary, environments, type Policy } from "../../../src/index.ts";
import { isSame, live } from "../../helpers/smallAgent.ts";
import { isInside, latentAgent } from "../../helpers/smallLatentAgent.ts";

const policies: readonly Policy[] = ["plan", "habit"];
const OBSERVATION = [1, 0, 0.5];

/** The actions of one episode's start, at one observation after another. */
function actionsAt(agent: Agent, observation: readonly number[], policy: Policy, explore: boolean) {
  agent.reset();
  return Array.from({ length: 6 }, () => agent.act(observation, { policy, explore, reward: 0.5 }));
}

for (const { name: task, actionSpace, observationSpace } of environments)
  test(`acts inside the space of ${task}, untrained and trained, by plan and by habit`, async () => {
    const { agent, environment } = await latentAgent(task);
    for (const steps of [0, 40]) {
      live(agent, environment, steps);
      for (const policy of policies)
        for (const explore of [false, true])
          for (const action of actionsAt(
            agent,
            observationSpace.low.map(() => 0.1),
            policy,
            explore,
          ))
            assert.ok(isInside(actionSpace, action), `${policy}: ${String(action)}`);
    }
  });

test("without exploring, an episode's actions are a function of its observations", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 40);
  for (const policy of policies) {
    const actions = actionsAt(agent, OBSERVATION, policy, false);
    assert.equal(actionsAt(agent, OBSERVATION, policy, false), actions);
    assert.not.equal(actionsAt(agent, [-1, 0, 2], policy, false), actions);
  }
});

test("acting leaves what is saved as it was", async () => {
  const { agent, environment } = await latentAgent("cartpole");
  live(agent, environment, 40);
  const before = agent.save();
  for (const policy of policies)
    for (const explore of [false, true]) actionsAt(agent, [0, 0, 0.1, 0], policy, explore);
  assert.ok(isSame(agent.save(), before));
});

test("the belief has the latent's size, and is there once something was seen", async () => {
  const { agent, environment } = await latentAgent("pendulum", { latentSize: 12, members: 3 });
  assert.is(agent.explain().belief, undefined);
  live(agent, environment, 40);
  agent.reset();
  assert.is(agent.explain().belief, undefined);
  agent.act(OBSERVATION);
  const { mean, std, effectiveSampleSize, logEvidence } = agent.explain().belief as BeliefSummary;
  assert.equal([mean.length, std.length], [12, 12]);
  assert.ok(mean.every(Number.isFinite) && std.every((value) => value >= 0));
  assert.ok(effectiveSampleSize >= 1 && effectiveSampleSize <= 32.001 && Number.isFinite(logEvidence));
  // it is a copy
  agent.act(OBSERVATION);
  assert.not.equal((agent.explain().belief as BeliefSummary).mean, mean);
});

test("during the warm-up an exploring agent acts at random, and believes nothing", async () => {
  const { agent } = await latentAgent("pendulum");
  agent.act(OBSERVATION, { explore: true });
  assert.is(agent.explain().belief, undefined);
});

test("during the warm-up the habit acts by the belief, also exploring", async () => {
  const { agent } = await latentAgent("pendulum");
  agent.act(OBSERVATION, { policy: "habit", explore: true });
  assert.is.not(agent.explain().belief, undefined);
});

test("a reward told by act changes the belief; the same told by learn changes it in the same way", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 40);
  const beliefAfter = (rewards: readonly (number | undefined)[]) => {
    agent.reset();
    for (const reward of rewards) agent.act(OBSERVATION, { reward });
    return agent.explain().belief;
  };
  const told = beliefAfter([undefined, -3, -2]);
  assert.equal(beliefAfter([undefined, -3, -2]), told);
  assert.not.equal(beliefAfter([undefined, undefined, undefined]), told);
  assert.not.equal(beliefAfter([undefined, -3, -1]), told);
  const learned = await latentAgent("pendulum", { updates: 0 });
  live(learned.agent, learned.environment, 40);
  const { agent: one } = learned;
  const beliefs = [false, true].map((isLearned) => {
    one.reset();
    for (let i = 0; i < 3; i++) {
      const action = one.act(OBSERVATION, isLearned || i === 0 ? {} : { reward: -3 });
      const transition = { observation: OBSERVATION, action, nextObservation: OBSERVATION };
      if (isLearned) one.learn({ ...transition, reward: -3, terminated: false, truncated: false });
    }
    return one.explain().belief;
  });
  assert.equal(beliefs[1], beliefs[0]);
});

test("what was not seen is NaN: the belief is then a prediction, and acts all the same", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 60);
  agent.reset();
  agent.act(OBSERVATION);
  const before = agent.explain().belief as BeliefSummary;
  const action = agent.act([Number.NaN, Number.NaN, Number.NaN]);
  assert.ok(isInside(environment.actionSpace, action));
  // nothing was seen: nothing is evidence, up to the rounding of the weights' sum
  const after = agent.explain().belief as BeliefSummary;
  assert.ok(Math.abs(after.logEvidence - before.logEvidence) < 1e-5);
  agent.act([Number.NaN, 0, 0.5]);
  assert.ok(Math.abs((agent.explain().belief as BeliefSummary).logEvidence - after.logEvidence) > 1e-3);
});

test("names the observation and the policy that it cannot use", async () => {
  const { agent } = await latentAgent("pendulum");
  for (const [observation, type, message] of [
    [[1, 0], TypeError, "observation: expected 3 numbers, got 2"],
    [undefined, TypeError, "observation: expected 3 numbers, got undefined"],
    [[1, 0, Infinity], RangeError, "observation[2]: expected a finite number or NaN, got Infinity"],
    [[1, "0", 1], RangeError, 'observation[1]: expected a finite number or NaN, got "0"'],
  ] as const)
    assert.throws(
      () => agent.act(observation as never),
      (error: Error) => error instanceof type && error.message === message,
    );
  assert.throws(
    () => agent.act(OBSERVATION, { policy: "guess" as never }),
    (error: Error) =>
      error instanceof RangeError && error.message === 'policy: expected "plan" or "habit", got guess',
  );
});

test.run();
