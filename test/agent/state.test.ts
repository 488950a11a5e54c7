/** The state tree of agents: nothing that is not saved matters between two calls, and what is saved is all. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { agentOf } from "../../src/agent/agent.ts";
import { latentAgent } from "../../src/agent/latent/mind.ts";
import { createLatentState } from "../../src/agent/latent/state.ts";
import { observedAgent } from "../../src/agent/observed/mind.ts";
import { createObservedState } from "../../src/agent/observed/state.ts";
import { resolveOptions } from "../../src/agent/options.ts";
import {
  type Agent,
  createAgent,
  createEnvironment,
  evaluate,
  loadAgent,
  type Options,
} from "../../src/index.ts";
import type { SynchronousEnvironment } from "../../src/types.ts";
import { poison } from "../helpers/poison.ts";
import { isSame, small } from "../helpers/smallAgent.ts";
import { small as smallLatent } from "../helpers/smallLatentAgent.ts";

const latent: Options = { ...smallLatent, warmup: 12, warmupUpdates: 4, delay: 2 };
const observed: Options = { ...small, warmup: 12, warmupUpdates: 4, delay: 2, lessons: 32, memory: 32 };

/** Name, task, options. */
const AGENTS: readonly (readonly [name: string, task: string, options: Options])[] = [
  [
    "observed, continuous, with information",
    "pendulum",
    { ...observed, informationWeight: 0.1, correlation: 0.5 },
  ],
  [
    "observed, curious, with shared chance and several horizons",
    "mountain-car-continuous",
    {
      ...observed,
      ...{ curiosity: 0.5, correlation: "spectrum", sharesDraws: true, particles: 2, stopShare: 0.2 },
      ...{
        temperature: "auto",
        rareShare: 0.25,
        guideRate: 1e-3,
        priorWeight: 0.5,
      },
    },
  ],
  [
    "observed, discrete, with endings and imagined plans",
    "cartpole",
    { ...observed, imagination: 8, trustRegion: 0.5, usesValue: true, iterations: 2 },
  ],
  [
    "latent, conditioned on the belief",
    "pendulum-position",
    {
      ...latent,
      ...{ informationWeight: 0.1, particles: 3, simulatesNoise: true, usesValue: true, members: 2 },
      priorWeight: 1,
    },
  ],
  [
    "latent, members apart, learned noise, jitter",
    "cartpole-position",
    {
      ...latent,
      ...{ members: 3, conditioning: "member", informationWeight: 0.1, observationNoise: "learned" },
      ...{ trustRegion: 0.3, usesValue: true, regularisation: 0.5, resampleBelow: 0.9, marginalWeight: 0.3 },
    },
  ],
  [
    "latent, sequential, conditioned on the path",
    "t-maze",
    {
      ...latent,
      ...{ search: "smc", conditioning: "path", contrasts: 2, informationWeight: 0.1, particles: 4 },
      ...{ klBudget: 0.5, simulatesNoise: true, priorWeight: 0.5 },
    },
  ],
  ["latent, discriminative", "pendulum-position", { ...latent, bound: "discriminative", marginalWeight: 0 }],
];

/** An agent whose workspaces may be poisoned, and its tree. */
async function bare(task: string, options: Options) {
  const environment = await createEnvironment(task);
  const settings = resolveOptions(options, environment);
  if (settings.model === "latent") {
    const state = await createLatentState(environment, settings);
    return { agent: agentOf(latentAgent(state)), spoil: () => poison(state) };
  }
  const state = await createObservedState(environment, settings);
  return { agent: agentOf(observedAgent(state)), spoil: () => poison(state) };
}

/** Everything that an agent does and tells in some steps, calling `between` between any two calls. */
async function* lifeOf(
  agent: Agent,
  environment: SynchronousEnvironment,
  steps: number,
  between: () => void,
) {
  let { observation } = environment.reset({ seed: 1 });
  for (let i = 0; i < steps; i++) {
    const policy = i % 5 === 4 ? "habit" : "plan";
    const action = agent.act(observation, { explore: i % 7 !== 6, policy });
    yield action;
    // the candidates of a plan are looked at before anything else happens
    yield agent.explain();
    between();
    yield agent.explain({ plan: false });
    const step = environment.step(action);
    const transition = { ...step, observation, action, nextObservation: step.observation };
    between();
    yield agent.remember(transition);
    for (let owed = 1; owed > 0; ) {
      between();
      const { modelError, owed: left } = agent.update({ most: 3 });
      yield modelError;
      owed = left;
    }
    between();
    if (i % 9 === 8) yield agent.save();
    between();
    ({ observation } = step);
    if (!step.terminated && !step.truncated && i % 16 !== 15) continue;
    observation = environment.reset({ seed: i }).observation;
    agent.reset();
    between();
  }
}

for (const [name, task, options] of AGENTS)
  test(`NaN in every workspace between any two calls changes no bit: ${name}`, async () => {
    const [clean, spoilt] = [await bare(task, options), await bare(task, options)];
    spoilt.spoil();
    const [first, second] = [await createEnvironment(task), await createEnvironment(task)];
    const expected = lifeOf(clean.agent, first, 45, () => {});
    for await (const found of lifeOf(spoilt.agent, second, 45, spoilt.spoil))
      assert.equal(found, (await expected.next()).value);
    assert.is((await expected.next()).done, true);
    const returns = [];
    for (const { agent } of [clean, spoilt]) {
      const world = await createEnvironment(task);
      const short = {
        ...world,
        reset: world.reset.bind(world),
        step: (action: never) => ({ ...world.step(action), truncated: true }),
      };
      returns.push((await evaluate(agent, short, { episodes: 2 })).returns);
      spoilt.spoil();
    }
    assert.equal(returns[1], returns[0]);
    assert.ok(isSame(spoilt.agent.save(), clean.agent.save()));
  });

for (const [name, task, options] of AGENTS)
  test(`saved and loaded at every step, an agent goes on with the same bits: ${name}`, async () => {
    const environment = await createEnvironment(task);
    const agent = await createAgent(environment, options);
    let copy = await createAgent(environment, options);
    let { observation } = environment.reset({ seed: 2 });
    for (let i = 0; i < 40; i++) {
      const acting = { explore: i % 7 !== 6, policy: i % 5 === 4 ? "habit" : "plan" } as const;
      const action = agent.act(observation, acting);
      copy = await loadAgent(copy.save());
      assert.equal(copy.act(observation, acting), action);
      const step = environment.step(action);
      const transition = { ...step, observation, action, nextObservation: step.observation };
      copy = await loadAgent(copy.save());
      assert.equal(
        [copy.remember(transition), copy.update({ most: 1 }).units],
        [agent.remember(transition), agent.update({ most: 1 }).units],
      );
      copy = await loadAgent(copy.save());
      assert.equal(copy.update(), agent.update());
      const bytes = agent.save();
      assert.ok(isSame(copy.save(), bytes), `step ${i}`);
      assert.ok(isSame((await loadAgent(bytes)).save(), bytes));
      ({ observation } = step);
      if (!step.terminated && !step.truncated && i % 20 !== 19) continue;
      observation = environment.reset({ seed: i }).observation;
      for (const one of [agent, copy]) one.reset();
    }
  });

test.run();
