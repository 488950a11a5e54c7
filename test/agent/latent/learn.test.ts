import { test } from "uvu";
import * as assert from "uvu/assert";
import { evaluate } from "../../../src/index.ts";
import { isSame, type Learned, live } from "../../helpers/smallAgent.ts";
import { latentAgent } from "../../helpers/smallLatentAgent.ts";
import { average } from "../../reference/arrays.ts";

/** Of the model's errors that are known. */
const errorsOf = (infos: readonly Learned[]) =>
  infos.map(({ modelError }) => modelError).filter((error) => !Number.isNaN(error));

test("the model's error falls, from the end of the warm-up on", async () => {
  const { agent, environment } = await latentAgent("pendulum", { updates: 2, chunk: 8 });
  const infos = live(agent, environment, 400);
  assert.ok(infos.slice(0, 19).every(({ modelError }) => Number.isNaN(modelError)));
  const errors = errorsOf(infos);
  assert.is(errors.length, 400 - 19);
  const [early, late] = [average(errors.slice(0, 20)), average(errors.slice(-50))];
  assert.ok(late < 0.5 * early && late < 0.25, `${early}, then ${late}`);
});

for (const [task, options] of [
  ["pendulum", {}],
  ["t-maze", { members: 2, informationWeight: 0.5, particles: 8 }],
  ["umbrella", { observationKind: "bernoulli", informationWeight: 0.5, particles: 8 }],
  ["cartpole", { usesValue: true, marginalWeight: 0.3, marginalSteps: 50 }],
  ["light-dark", { informationWeight: 1, conditioning: "path", contrasts: 3 }],
  ["pendulum", { search: "smc", klBudget: 0.3 }],
] as const)
  test(`the bound's terms keep to their signs: ${task} ${JSON.stringify(options)}`, async () => {
    const { agent, environment } = await latentAgent(task, options);
    const infos = live(agent, environment, 120).slice(20);
    for (const { bound } of infos) {
      const { reward, informationGain, stateConsistency, actionConsistency, total } = bound;
      assert.ok(Object.values(bound).every(Number.isFinite));
      // −KL(q ‖ p(z | x, r)) by Jensen, up to the rounding of its two parts, each in f32
      const size = Math.abs(informationGain) + Math.abs(stateConsistency);
      assert.ok(
        informationGain + stateConsistency <= 1e-3 + 1e-6 * size,
        `${informationGain + stateConsistency}`,
      );
      assert.ok(actionConsistency <= 1e-6);
      assert.is(total, reward + informationGain + stateConsistency + actionConsistency);
    }
    assert.ok(infos.some(({ bound }) => bound.actionConsistency < -1e-3));
    assert.ok(infos.some(({ bound }) => bound.stateConsistency < -1e-3));
  });

test("an action counts as planned once, and only where it was planned", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 60);
  const [observation, elsewhere] = [
    [1, 0, Number.NaN],
    [1, 0, 0.25],
  ];
  const isPlanned = (from: readonly number[]) => {
    const ends = { reward: 0, terminated: false, truncated: false };
    const transition = { observation: from, action: [0.5], nextObservation: observation, ...ends };
    return agent.learn(transition).bound.actionConsistency !== 0;
  };
  agent.act(observation, { explore: true });
  assert.equal([isPlanned(observation), isPlanned(observation)], [true, false]);
  agent.act(observation, { explore: true });
  assert.not.ok(isPlanned(elsewhere));
  agent.act(observation, { explore: true });
  agent.act(observation, { policy: "habit" });
  assert.not.ok(isPlanned(observation));
});

test("the discriminative bound has neither information nor state terms, and its model learns the reward", async () => {
  const { agent, environment } = await latentAgent("t-maze", { bound: "discriminative" });
  const infos = live(agent, environment, 200);
  assert.ok(infos.every(({ bound }) => bound.informationGain === 0 && bound.stateConsistency === 0));
  const errors = errorsOf(infos);
  assert.ok(average(errors.slice(-30)) < 0.8 * average(errors.slice(0, 5)));
  assert.is(agent.explain().belief?.logEvidence ?? 0, 0);
});

test("the same seed gives the same bytes, another seed others", async () => {
  const grow = async (seed: number) => {
    const { agent, environment } = await latentAgent("pendulum", { seed, usesValue: true });
    live(agent, environment, 60);
    return agent.save();
  };
  const [one, same, other] = [await grow(1), await grow(1), await grow(2)];
  assert.ok(isSame(one, same));
  assert.not.ok(isSame(one, other));
});

test("learns from observations that miss numbers", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  let count = 0;
  const hide = (observation: ArrayLike<number>) =>
    ++count % 3 === 0
      ? Float32Array.of(Number.NaN, observation[1], Number.NaN)
      : Float32Array.from(observation);
  const hiding = {
    ...environment,
    reset: (options: object) => ({ observation: hide(environment.reset(options).observation) }),
    step: (action: Parameters<typeof environment.step>[0]) => {
      const step = environment.step(action);
      return { ...step, observation: hide(step.observation) };
    },
  };
  const infos = live(agent, hiding as typeof environment, 200);
  const errors = errorsOf(infos);
  assert.ok(errors.every(Number.isFinite));
  assert.ok(average(errors.slice(-20)) < 0.6 * average(errors.slice(0, 5)));
  assert.ok(infos.every(({ bound }) => Number.isFinite(bound.total)));
});

test("evaluating leaves training undisturbed", async () => {
  const grow = async (isEvaluated: boolean) => {
    const { agent, environment } = await latentAgent("cartpole");
    live(agent, environment, 40);
    const copy = (await latentAgent("cartpole")).environment;
    if (isEvaluated)
      for (const policy of ["plan", "habit"] as const) await evaluate(agent, copy, { episodes: 2, policy });
    live(agent, environment, 40, 2);
    return agent.save();
  };
  assert.ok(isSame(await grow(true), await grow(false)));
});

test("a reward that is not finite, an ending of another kind and a strange action are named, and not stored", async () => {
  const { agent, environment } = await latentAgent("pendulum");
  live(agent, environment, 30);
  const before = agent.save();
  const transition = {
    observation: [1, 0, 0],
    action: [0.5],
    reward: 0,
    nextObservation: [1, 0, 0],
    terminated: false,
    truncated: false,
  };
  for (const [change, message] of [
    [{ reward: Number.NaN }, /^reward: expected a finite number, got NaN \(step 31\)$/],
    [{ terminated: 1 }, /^terminated: expected true or false, got 1 \(step 31\)$/],
    [{ nextObservation: [1, 0] }, /^nextObservation: expected \[3\] numbers, got \[2\] \(step 31\)$/],
    [{ action: [0.5, 1] }, /^action: /],
  ] as const)
    assert.throws(() => agent.learn({ ...transition, ...change } as never), message);
  assert.ok(isSame(agent.save(), before));
});

test.run();
