/** What is soaked: small agents and a filter, each of which can be called for ever. */
import { agentOf } from "../../src/agent/agent.ts";
import type { Agent } from "../../src/agent/interface.ts";
import { latentAgent } from "../../src/agent/latent/mind.ts";
import { createLatentState } from "../../src/agent/latent/state.ts";
import { observedAgent } from "../../src/agent/observed/mind.ts";
import { createObservedState } from "../../src/agent/observed/state.ts";
import { resolveOptions } from "../../src/agent/options.ts";
import { type Core, createCore } from "../../src/core/core.ts";
import { createEnvironment } from "../../src/environments/registry.ts";
import { filterOf } from "../../src/inference/belief/createFilter.ts";
import { linearGaussianModel } from "../../src/models/linearGaussian.ts";

/** One kind of work. */
export interface Subject {
  /** Whose memory must not grow. */
  readonly core: Core;
  /** Does one call's work: the `index`-th since it was made. */
  readonly call: (index: number) => void;
}

/** Steps of an episode, the last of which ends it in every second. */
const EPISODE = 50;

/** Sizes at which a call takes some ten microseconds; every table is full within the warm-up. */
const SMALL = {
  members: 2,
  hidden: [8],
  horizon: 4,
  candidates: 8,
  iterations: 1,
  firstIterations: 0,
  warmup: 20,
  warmupUpdates: 1,
  delay: 10,
  updates: 1,
} as const;

/** The kinds by name; an agent's calls are `act` and `learn` in turn. */
export const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  async agent() {
    const settings = resolveOptions({ ...SMALL, batch: 32, memory: 300, lessons: 100, valueLessons: 100 });
    const environment = await createEnvironment("pendulum");
    const state = await createObservedState(environment, settings);
    return { core: state.core, call: lived(agentOf(observedAgent(state)), 3) };
  },
  async "agent with a belief"() {
    const environment = await createEnvironment("pendulum-position");
    const settings = resolveOptions({
      model: "latent",
      ...{ ...SMALL, decoderHidden: [8], latentSize: 4, memory: 300 },
      ...{ particles: 1, contrasts: 1, chunk: 4, overshoot: 1, overshootStarts: 1, overshootFrom: 1 },
    });
    const state = await createLatentState(environment, settings);
    return { core: state.core, call: lived(agentOf(latentAgent(state)), 2) };
  },
  async "particle filter"() {
    const core = await createCore();
    const walk = linearGaussianModel({
      transition: [[0.9]],
      control: [[0.1]],
      observation: [[1]],
      transitionCovariance: [[0.1]],
      observationCovariance: [[1]],
      initial: { mean: [0], covariance: [[1]] },
    });
    const filter = filterOf(core, walk, { particles: 64, seed: 1, regularisation: 0.1 });
    const [action, observation] = [[0], [0]];
    const call = (index: number) => {
      action[0] = Math.cos(index);
      // nothing is seen at every seventh step
      observation[0] = index % 7 === 0 ? Number.NaN : Math.sin(index);
      filter.update({ action, observation });
    };
    return { core, call };
  },
};

/** Acts at even calls and learns at odd ones, in a world that is a table. */
function lived(agent: Agent, size: number): Subject["call"] {
  const seen = Array.from({ length: EPISODE + 1 }, (_, t) =>
    Array.from({ length: size }, (_, d) => Math.sin(t / 5 + d)),
  );
  let action = agent.act(seen[0], { explore: true });
  return (index) => {
    const step = Math.floor(index / 2);
    const t = step % EPISODE;
    const observation = seen[t];
    if (index % 2 === 0) {
      if (t === 0) agent.reset();
      action = agent.act(observation, { explore: true });
      return;
    }
    const isLast = t === EPISODE - 1;
    const terminated = isLast && Math.floor(step / EPISODE) % 2 === 0;
    const truncated = isLast && !terminated;
    agent.learn({
      observation,
      action,
      reward: observation[0],
      nextObservation: seen[t + 1],
      terminated,
      truncated,
    });
  };
}
