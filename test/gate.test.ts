/**
 * Bits that a change of structure must not change: what six agents do, report and learn over 300 steps, and what three
 * planners of known worlds find. A change of the algorithm stands alone in its commit, with the new hashes.
 */
import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Agent, createAgent, createEnvironment, createPlanner } from "../src/index.ts";
import { tiger, tMaze } from "../src/problems.ts";
import { numbersOf, partOf } from "./helpers/files.ts";
import { plainRules } from "./helpers/plainRules.ts";
import { plane } from "./helpers/plane.ts";

/** SHA-256 of numbers and arrays, in the order they come in. */
function hasher() {
  const hash = createHash("sha256");
  return {
    add: (values: ArrayLike<number>) => hash.update(new Uint8Array(Float64Array.from(values).buffer)),
    value: () => hash.digest("hex").slice(0, 16),
  };
}

/** What an agent does and reports over some steps; every episode begins from a seed of its own. */
async function history(agent: Agent, task: string, steps: number): Promise<string> {
  const environment = await createEnvironment(task);
  const { add, value } = hasher();
  let episode = 0;
  let observation: ArrayLike<number> = [];
  let isOver = true;
  for (let i = 0; i < steps; i++) {
    if (isOver) {
      ({ observation } = environment.reset({ seed: episode++ }));
      agent.reset();
    }
    const action = agent.act(observation, { explore: true });
    const step = environment.step(action);
    const { bound, modelError } = agent.learn({
      ...step,
      observation,
      action,
      nextObservation: step.observation,
    });
    add(typeof action === "number" ? [action] : action);
    add([bound.reward, bound.informationGain, bound.stateConsistency, bound.actionConsistency, bound.total]);
    add([modelError]);
    observation = step.observation;
    isOver = step.terminated || step.truncated || i % 75 === 74;
  }
  return value();
}

function digestOf(values: ArrayLike<number>): string {
  const { add, value } = hasher();
  add(values);
  return value();
}

/** The parameters of all networks, whatever the names they are saved by. */
function parametersOf(bytes: Uint8Array): string {
  const parameters = Object.entries(numbersOf(bytes)).filter(
    ([name]) => /parameters$/.test(name) && !/slow/.test(name),
  );
  const digests = parameters.map(([, tensor]) => digestOf(tensor));
  return createHash("sha256").update(digests.sort().join()).digest("hex").slice(0, 16);
}

/**
 * All that is saved between two episodes: arrays and counters, whatever their names, their order and the settings beside
 * them, but for those at rest.
 */
function contentsOf(bytes: Uint8Array): string {
  const learned = Object.values(numbersOf(bytes)).filter((tensor) => tensor.some((value) => value !== 0));
  const digests = learned.map((tensor) => digestOf(tensor));
  const counters = Object.values(partOf<object>(bytes, "counts")).filter(Boolean).map(String);
  return digestOf(new TextEncoder().encode([...digests.sort(), ...counters.sort()].join()));
}

const observed = {
  members: 3,
  hidden: [16, 16],
  horizon: 6,
  candidates: 16,
  warmup: 40,
  warmupUpdates: 10,
  delay: 20,
  updates: 2,
  batch: 32,
  memory: 250,
  lessons: 200,
  valueLessons: 100,
  // the defaults when the hashes were made
  ...plainRules,
  seed: 3,
} as const;

const latent = {
  model: "latent",
  latentSize: 4,
  hidden: [16, 16],
  decoderHidden: [16],
  chunk: 8,
  overshoot: 3,
  overshootFrom: 1,
  overshootStarts: 2,
  horizon: 5,
  candidates: 32,
  warmup: 40,
  warmupUpdates: 10,
  delay: 20,
  updates: 1,
  memory: 250,
  // the default when the hashes were made
  temperature: 1,
  seed: 3,
} as const;

/** Name, task, options; hashes of the history, of the parameters, and of all that is saved. */
const AGENTS = [
  [
    "observed, continuous",
    "pendulum",
    { ...observed, valueRate: 0.05 },
    "f9af4e830e50f30a",
    "89a82bc7eab95746",
    "aefb168ec8ba487c",
  ],
  [
    "observed, discrete, with endings",
    "cartpole",
    { ...observed, iterations: 2, temperature: 0.1, exploration: "greedy", imagination: 4, trustRegion: 0.5 },
    "2b6121f590c68e4e",
    "de21d566c73fc745",
    "d43b85dba1be5c44",
  ],
  [
    "observed, with information",
    "mountain-car-continuous",
    {
      ...observed,
      candidates: 32,
      informationWeight: 0.1,
      informationFades: true,
      correlation: 0.8,
      members: 5,
    },
    "0022d6d2847d5f42",
    "64e1d670d64a5cae",
    "24c6a345b5bc6f26",
  ],
  [
    "observed, with the defaults",
    "mountain-car-continuous",
    { hidden: [16, 16], warmup: 40, warmupUpdates: 20, delay: 20, batch: 32, seed: 3 },
    "a7da1a3105927f28",
    "7b24b6121c6f605b",
    "6f0523ced6b2b68a",
  ],
  [
    "latent, conditioned on the belief",
    "pendulum-position",
    { ...latent, particles: 4, simulatesNoise: true, informationWeight: 0.1, usesValue: true, members: 2 },
    "4a0872facf866c98",
    "7e6a52c3cbb72178",
    "bd3cd1c412c2d90a",
  ],
  [
    "latent, discrete, members apart",
    "cartpole-position",
    {
      ...latent,
      members: 3,
      particles: 3,
      conditioning: "member",
      informationWeight: 0.3,
      observationNoise: "learned",
      marginalWeight: 0.2,
      trustRegion: 0.3,
      usesValue: true,
    },
    "e2d898013215eda9",
    "8bc65fcdf4aa6ab2",
    "362a057c850438f6",
  ],
  [
    "latent, sequential",
    "t-maze",
    {
      ...latent,
      search: "smc",
      conditioning: "path",
      contrasts: 2,
      particles: 8,
      simulatesNoise: true,
      klBudget: 0.5,
      informationWeight: 0.1,
      regularisation: 0.1,
      chunk: 4,
    },
    "6f2e1f68eea9ac7e",
    "264f3c2f54ee8533",
    "baab0a415f67c7db",
  ],
] as const;

for (const [name, task, options, actions, parameters, contents] of AGENTS)
  test(`${name}: the same actions, bounds, parameters and contents of the file as ever`, async () => {
    const agent = await createAgent(await createEnvironment(task), options);
    assert.is(await history(agent, task, 300), actions, "actions and bounds");
    agent.reset();
    const bytes = agent.save();
    assert.is(parametersOf(bytes), parameters, "parameters");
    assert.is(contentsOf(bytes), contents, "contents of the saved file");
  });

/** Name, planner, belief; hash of three plans in a row. */
const PLANNERS = [
  [
    "tiger, sequential",
    () =>
      createPlanner(tiger(), {
        search: "smc",
        particles: 2,
        horizon: 4,
        seed: 5,
      }),
    { states: [0, 1], logWeights: [0, -1] },
    "044f7d9b254a1d5f",
  ],
  [
    "T-maze, conditioned on the path",
    () =>
      createPlanner(tMaze(), {
        particles: 4,
        horizon: 3,
        conditioning: "path",
        rewardNoise: 0.5,
        klBudget: 0.3,
      }),
    { states: [0, 1, 0, 1], logWeights: [0, 0, -2, -1] },
    "0004304d90fc5853",
  ],
  [
    "plane, by its evidence",
    () => createPlanner(plane(), { particles: 3, horizon: 4, risk: "evidence", temperature: 0.5 }),
    { states: [1, 0, 1.2, 0.1, 0.7, -0.2], logWeights: [0, -1, -0.5] },
    "ac3d8f3262ea13b6",
  ],
] as const;

for (const [name, create, belief, expected] of PLANNERS)
  test(`${name}: the same plans as ever`, async () => {
    const planner = await create();
    const { add, value } = hasher();
    for (let i = 0; i < 3; i++) {
      const { first, mean, value: worth, effectiveSampleSize, temperature } = planner.plan(belief);
      add(first);
      add(mean);
      add([worth, effectiveSampleSize, temperature]);
    }
    assert.is(value(), expected);
  });

test.run();
