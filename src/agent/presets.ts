import type { Options } from "./options.ts";

/**
 * Options of {@link createAgent} that suit a built-in environment; the README's figures are made with them.
 *
 * @param task the name that `createEnvironment` takes, such as "pendulum"
 * @returns the options that differ from the defaults; an empty object for any other name
 *
 * @example
 * const environment = await createEnvironment("pendulum");
 * const agent = await createAgent(environment, { ...recommendedOptions("pendulum"), seed: 1 });
 * agent.options.candidates; // 64
 */
export function recommendedOptions(task: string): Options {
  return Object.hasOwn(PRESETS, task) ? PRESETS[task] : {};
}

/** What these tasks were tuned with, where the defaults have other rules by now. */
const TUNED = {
  members: 5,
  particles: 1,
  horizon: 12,
  firstIterations: 2,
  temperature: 1,
  correlation: 0,
  stopShare: 0,
  sharesDraws: false,
  followsMode: false,
  curiosity: 0,
  updates: 2,
  learningRate: 1e-3,
  rareShare: 0,
  imagination: 1,
} as const satisfies Options;

/** The same of the value. */
const VALUED = { ...TUNED, valueRate: 0.01, valueLessons: 2000 } as const satisfies Options;

/** A goal that only sustained swings reach: noise persists, and what is unknown attracts until the goal is known. */
const SPARSE: Options = {
  ...VALUED,
  members: 3,
  informationFades: true,
  valueAwaitsTermination: true,
  firstIterations: 0,
  imagination: 2,
  valueRate: 0.1,
};

/** Velocities have to be inferred: plans by mean transitions, from the particle that stands for the belief. */
const LATENT = {
  model: "latent",
  particles: 1,
  candidates: 64,
  correlation: 0.5,
} as const satisfies Options;

/** Few steps, much learning: every update foresees half of a chunk from many of its steps. */
const EAGER = { ...LATENT, horizon: 20, updates: 4, overshootStarts: 8 } as const satisfies Options;

const PRESETS: Readonly<Record<string, Options>> = {
  pendulum: {
    ...VALUED,
    ...{ members: 3, candidates: 64, iterations: 2, imagination: 2, updates: 3, valueRate: 0.03 },
  },
  "mountain-car-continuous": {
    ...SPARSE,
    members: 5,
    informationWeight: 0.1,
    actionRepeat: 2,
    warmup: 50,
    horizon: 40,
    correlation: 0.8,
  },
  "mountain-car": { ...SPARSE, informationWeight: 0.3, temperature: 0.3, horizon: 40, correlation: 0.7 },
  acrobot: { ...SPARSE, informationWeight: 0.3, temperature: 0.3, horizon: 30, correlation: 0.5 },
  // survival is the reward: fresh values matter, and small differences between plans
  cartpole: {
    ...VALUED,
    members: 3,
    firstIterations: 0,
    horizon: 30,
    temperature: 0.02,
    simulatesNoise: false,
    exploration: "greedy",
    updates: 4,
    imagination: 4,
    valueLessons: 1000,
    valueRate: 0.1,
  },
  "pendulum-position": { ...EAGER, chunk: 22, overshoot: 12 },
  "pendulum-velocity": { ...LATENT, horizon: 30 },
  // what nothing foresees is blurred, so that the latent has no use for it
  "pendulum-distractors": { ...EAGER, observationNoise: "learned" as const, changeShare: 0.3 },
  umbrella: {
    model: "latent",
    particles: 1,
    temperature: 0.1,
    discount: 1,
    observationNoise: "learned",
    changeShare: 0.3,
    rewardNoise: 1,
    recognisesReward: false,
    decoderHidden: [64],
    chunk: 21,
    overshootFrom: 0,
    candidates: 32,
  },
  "cartpole-position": {
    model: "latent",
    particles: 1,
    horizon: 20,
    temperature: 0.02,
    usesValue: true,
    exploration: "greedy",
  },
  // what the members would teach each other is what draws the car out of the valley
  "mountain-car-continuous-position": {
    model: "latent",
    members: 3,
    particles: 1,
    simulatesNoise: true,
    horizon: 40,
    correlation: 0.8,
    conditioning: "member",
    informationWeight: 0.3,
    informationFades: true,
    actionRepeat: 2,
    warmup: 60,
  },
  // which arm is a matter of belief: enough particles to hold both, and a reward for telling them apart
  "t-maze": {
    model: "latent",
    particles: 16,
    simulatesNoise: true,
    observationNoise: 0.1,
    informationWeight: 0.1,
    temperature: 0.05,
    discount: 1,
    candidates: 16,
    horizon: 3,
    decoderHidden: [64],
    chunk: 4,
    overshoot: 2,
    overshootFrom: 1,
    warmup: 150,
    updates: 6,
  },
  // a few short trials: everything is learned into the model between two steps, and the plan alone acts
  "cartpole-swingup": {
    ...TUNED,
    candidates: 64,
    iterations: 3,
    horizon: 20,
    temperature: 0.1,
    discount: 1,
    correlation: 0.5,
    habitShare: 0,
    simulatesNoise: false,
    exploration: "greedy",
    usesValue: false,
    warmup: 60,
    warmupUpdates: 1000,
    updates: 16,
    learningRate: 3e-3,
    annealing: 1e6,
    imagination: 0,
  },
};
