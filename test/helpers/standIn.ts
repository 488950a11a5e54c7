/** A library that needs no learning: returns grow by one an episode. Lets the command line be tested alone. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "../../src/agent/interface.ts";
import type { Options } from "../../src/agent/options.ts";
import type { Library } from "../../src/cli/context.ts";
import { box, discrete, type Environment } from "../../src/environments/environment.ts";
import type { EpisodeReport } from "../../src/loop/report.ts";

const LENGTH = 20;
const spaces = { observationSpace: box([0], [Infinity]), actionSpace: discrete(2) };
const none = { reward: 0, informationGain: 0, stateConsistency: 0, actionConsistency: 0, total: 0 };

const environment: Environment = {
  ...spaces,
  reset: () => ({ observation: [0] }),
  step: () => ({ observation: [0], reward: 0, terminated: false, truncated: false }),
};

function agentOf(options: Options, steps: number): Agent & { steps: number } {
  const agent = {
    options: { members: 3, ...options } as Agent["options"],
    spaces,
    state: {},
    steps,
    reset() {},
    act: () => 0,
    actAll: () => [0],
    remember: () => none,
    update: () => ({ modelError: 0.5, units: 1, owed: 0, undone: 0, warnings: [] }),
    learn: () => ({ bound: none, modelError: 0.5, units: 1, owed: 0, undone: 0, warnings: [] }),
    explain: () => ({ chosenBy: undefined, belief: undefined, plan: undefined }),
    configure() {},
    save: () => new TextEncoder().encode(JSON.stringify({ steps: agent.steps, options })),
    close() {},
  };
  return agent;
}

function report(episode: number, steps: number, length: number): EpisodeReport {
  const truncated = length === LENGTH;
  return {
    episode,
    steps,
    length,
    return: episode,
    terminated: false,
    truncated,
    bound: none,
    modelError: 1 / episode,
  };
}

export const standIn: Library = {
  environments: [
    {
      ...spaces,
      name: "walk",
      title: "Walk-v0",
      description: "put one foot before the other",
      timeLimit: LENGTH,
      isPartial: false,
    },
    {
      ...spaces,
      name: "nap",
      title: "Nap-v0",
      description: "do nothing",
      timeLimit: LENGTH,
      isPartial: true,
    },
  ],
  async createEnvironment(task) {
    if (task !== "walk" && task !== "nap")
      throw new RangeError(`task: expected one of walk, nap, got ${JSON.stringify(task)}`);
    return environment;
  },
  async createAgent(_environment, options = {}) {
    return agentOf(options, 0);
  },
  async loadAgent(bytes) {
    const { steps, options } = JSON.parse(new TextDecoder().decode(bytes));
    return agentOf(options, steps);
  },
  planMemory: async () => ({
    parts: [
      { name: "experience", bytes: 98304 },
      { name: "tables of the kernels", bytes: 32768 },
    ],
    bytes: 131072,
    pages: 2,
  }),
  async *train(agent, _environment, { steps = 2000, signal, onStep } = {}) {
    let length = 0;
    let episode = 0;
    for (let step = 1; step <= steps && !signal?.aborted; step++) {
      await sleep(Number(process.env.STEP_MILLISECONDS ?? 0));
      (agent as { steps: number }).steps = step;
      onStep?.(step);
      if (++length < LENGTH && step < steps && !signal?.aborted) continue;
      yield report(++episode, step, length);
      length = 0;
    }
  },
  async evaluate(
    agent,
    _environment,
    { episodes = 10, seed = 1000, policy = "plan", signal, onEpisode } = {},
  ) {
    const returns: number[] = [];
    for (let episode = 1; episode <= episodes && !signal?.aborted; episode++) {
      returns.push(seed + episode - 1 + agent.steps / 1000);
      onEpisode?.(episode, returns[episode - 1]);
    }
    const meanReturn = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    const lengths = returns.map(() => LENGTH);
    return { policy, returns, lengths, meanReturn, standardError: 0.5, microsecondsPerAction: 7 };
  },
};
