/** A library that needs no learning: returns grow by one an episode. Lets the command line be tested alone. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "../../src/agent/interface.ts";
import type { Options } from "../../src/agent/options.ts";
import type { Library } from "../../src/cli/context.ts";
import { box, discrete, type Environment } from "../../src/environments/environment.ts";
import type { EpisodeReport, StepReport } from "../../src/loop/report.ts";
import type { Run } from "../../src/loop/run.ts";
import type { TrainOptions } from "../../src/loop/train.ts";
import { fileOfTexts, textsOf, withTexts } from "./files.ts";

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
    options: { members: 3, warmup: 30, ...options } as Agent["options"],
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
    save: () => fileOfTexts({ steps: String(agent.steps), options: JSON.stringify(agent.options) }),
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

function loadStandIn(bytes: Uint8Array | ArrayBuffer) {
  const { steps, options } = textsOf(bytes);
  return agentOf(JSON.parse(options), Number(steps));
}

/** A run whose episodes have 20 steps, and a return that is their number. */
function runOf(
  agent: Agent & { steps: number },
  { steps = 2000, signal, onStep }: TrainOptions,
  { taken, length, episode } = { taken: 0, length: 0, episode: 0 },
): Run {
  let isReported = true;
  const step = async (): Promise<StepReport | undefined> => {
    if (taken >= steps || signal?.aborted) return undefined;
    await sleep(Number(process.env.STEP_MILLISECONDS ?? 0));
    agent.steps = ++taken;
    if (length === 0 || length === LENGTH) [episode, length] = [episode + 1, 0];
    length++;
    const isOver = length === LENGTH;
    isReported = isOver || taken >= steps || signal?.aborted === true;
    const told = {
      ...{
        observation: [0],
        action: 0,
        reward: 0,
        nextObservation: [0],
        terminated: false,
        truncated: isOver,
      },
      ...{ info: undefined, steps: taken, episode, return: episode, bound: none },
      episodeReport: isReported ? report(episode, taken, length) : undefined,
    };
    await onStep?.(told);
    return told;
  };
  const save = () => {
    const place = JSON.stringify({ settings: { steps }, at: { taken, length, episode } });
    return withTexts(agent.save(), { place });
  };
  return {
    agent,
    get steps() {
      return taken;
    },
    step,
    save,
    async *[Symbol.asyncIterator]() {
      for (let made = await step(); made !== undefined; made = await step())
        if (made.episodeReport) yield made.episodeReport;
      if (!isReported) yield { ...report(episode, taken, length), truncated: true };
      isReported = true;
    },
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
    return agentOf(options, 0) as never;
  },
  async loadAgent(bytes) {
    return loadStandIn(bytes) as never;
  },
  planMemory: async () => ({
    parts: [
      { name: "experience", bytes: 98304 },
      { name: "tables of the kernels", bytes: 32768 },
    ],
    bytes: 131072,
    pages: 2,
  }),
  fastKernels: async () => undefined,
  workerThreads: () => async () => undefined,
  train: (agent, _environment, options = {}) => runOf(agent as Agent & { steps: number }, options),
  async resume(bytes, _environment, options = {}) {
    const { place } = textsOf(bytes);
    const { settings, at } = JSON.parse(place);
    return runOf(loadStandIn(bytes), { ...settings, ...options }, at);
  },
  async evaluate(
    agent,
    _environment,
    { episodes = 10, seed = 1000, policy = "plan", signal, onEpisode } = {},
  ) {
    const returns: number[] = [];
    for (let episode = 1; episode <= episodes && !signal?.aborted; episode++) {
      returns.push(seed + episode - 1 + (agent as Agent).steps / 1000);
      onEpisode?.(episode, returns[episode - 1]);
    }
    const meanReturn = returns.reduce((sum, value) => sum + value, 0) / returns.length;
    const lengths = returns.map(() => LENGTH);
    return { policy, returns, lengths, meanReturn, standardError: 0.5, microsecondsPerAction: 7 };
  },
};
