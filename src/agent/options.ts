import { type Activation, activations } from "../core/activation.ts";
import {
  expectBoolean,
  expectInteger,
  expectKnownNames,
  expectMultiple,
  expectNumber,
  expectOneOf,
  shown,
} from "../core/expect.ts";
import type { StartThreads } from "../core/threads.ts";

/**
 * Settings of an agent; every one has a default that suits a small continuous task. A step is one action here, and one
 * transition learned from: with `actionRepeat` it lasts several steps of the environment.
 *
 * @example
 * const agent = await createAgent(await createEnvironment("pendulum"), { members: 3, horizon: 15, seed: 1 });
 * agent.options.discount; // 0.99
 */
export interface AgentOptions {
  /** "observed": the observation shows the whole state; see `LatentOptions` for an agent with a belief. Default "observed". */
  readonly model?: "observed";
  /** Everything that is drawn follows from it: same seed, same bits. A whole number ≥ 0. Default 0. */
  readonly seed?: number;

  // model
  /** E, members of the ensemble, 1 to 64; where 3 or more disagree, little is known. Default 5. */
  readonly members?: number;
  /** Widths of the hidden layers of every network: up to 4, each 1 to 1,024. Default [64, 64]. */
  readonly hidden?: readonly number[];
  /** Of the hidden layers: "tanh", "silu" or "relu". Default "silu". */
  readonly activation?: Activation;
  /** Bins of the action prior, for each dimension of a continuous action, 2 to 256. Default 21. */
  readonly bins?: number;

  // planning (E-step)
  /** C, action sequences that are compared, a multiple of 4. Default 32. */
  readonly candidates?: number;
  /** Refinements of a plan at each step, 1 to 8. Default 1. */
  readonly iterations?: number;
  /** Further refinements of plans from scratch: the first of an episode, and imagined ones; 0 to 8. Default 2. */
  readonly firstIterations?: number;
  /** H, steps that are simulated, 1 to 1,000. Default 12. */
  readonly horizon?: number;
  /** Share of the candidates that follow the habit, in [0, 1]. Default 0.25. */
  readonly habitShare?: number;
  /** η > 0, in units of reward: how much worse a plan may be and still count. Default 1. */
  readonly temperature?: number;
  /** γ in [0, 1], per step. Default 0.99. */
  readonly discount?: number;
  /** β ≥ 0, worth of a nat of information about the model, in units of reward. Default 0. */
  readonly informationWeight?: number;
  /** Whether β is divided by 1 + endings seen, for goals that need no search once they are found. Default false. */
  readonly informationFades?: boolean;
  /**
   * Standard deviation of the observation model, ≥ 1e-4, in root mean squares of one step's change (for the reward: in its
   * standard deviations). Default 0.05.
   */
  readonly likelihoodNoise?: number;
  /** Whether simulated states carry the model's noise. Default true. */
  readonly simulatesNoise?: boolean;
  /** Least share of effective candidates, in (0, 1]; the weights are flattened until it is met. Default 0.1. */
  readonly essShare?: number;
  /** Least σ > 0 of a plan, where the action is tanh u and u ∼ N(μ, σ²); continuous actions only. Default 0.15. */
  readonly minimumStd?: number;
  /** How much the noise of a candidate persists from step to step, in [0, 0.999]. Default 0. */
  readonly correlation?: number;
  /** Environment steps that one action lasts in `train` and `evaluate`, ≥ 1. Default 1. */
  readonly actionRepeat?: number;
  /** "sample" the posterior when exploring, or take its centre ("greedy"). Default "sample". */
  readonly exploration?: "sample" | "greedy";

  // learning (M-step)
  /** Steps of random actions before the first plan, ≥ 1. Default 100. */
  readonly warmup?: number;
  /** Further updates of the model when the warm-up ends, ≥ 0. Default 200. */
  readonly warmupUpdates?: number;
  /** Updates of model, habit and value after each step, ≥ 0. Default 2. */
  readonly updates?: number;
  /** Transitions of a batch, a multiple of 32. Default 64. */
  readonly batch?: number;
  /** Adam's rate at the first update, ≥ 0. Default 1e-3. */
  readonly learningRate?: number;
  /** Updates t, ≥ 1, after which the rate has fallen by √2: it is learningRate / √(1 + t / annealing). Default 1500. */
  readonly annealing?: number;
  /** Adam's decoupled weight decay, ≥ 0. Default 1e-5. */
  readonly weightDecay?: number;
  /** Transitions that are remembered, the newest, ≥ 32. Default 50000. */
  readonly memory?: number;
  /** Plans that the habit is distilled from, the newest, ≥ 32. Default 8000. */
  readonly lessons?: number;
  /** Plans that the value is learned from, the newest, ≥ 32: their values age as the value improves. Default 2000. */
  readonly valueLessons?: number;
  /** Imagined states that are planned for each step, on average, in [0, 8]; eight are planned at once. Default 1. */
  readonly imagination?: number;
  /** One more than the longest walk from a remembered state to an imagined one, in steps, ≥ 1. Default 30. */
  readonly imaginedSteps?: number;
  /**
   * ρ of distillation in [0, 0.99]: the habit p learns from (1 − ρ) q + ρ p̄, where q is the plan and p̄ a copy of p that
   * follows it slowly: a habit that hesitates before it changes. Default 0.
   */
  readonly trustRegion?: number;
  /** Whether plans end in the learned value. Default true. */
  readonly usesValue?: boolean;
  /** Share of the way that the value in plans moves to the learned one at each update, in [0, 1]. Default 0.01. */
  readonly valueRate?: number;
  /** Steps after the warm-up before plans use habit and value, ≥ 0. Default 100. */
  readonly delay?: number;
  /** Whether the value also waits for the first termination (sparse goals). Default false. */
  readonly valueAwaitsTermination?: boolean;
}

/** How the host runs an agent: nothing of what it does or learns depends on it, and it is not saved. */
export interface HostOptions {
  /** Threads that share its plans: `workerThreads(2)` of `generative-agent/threads`. Default none. */
  readonly threads?: StartThreads | undefined;
}

/** The options with every default filled in. */
export type Settings = Required<AgentOptions>;

/** @throws TypeError when the threads are none */
export function expectHost({ threads }: HostOptions): void {
  if (threads !== undefined && typeof threads !== "function")
    throw new TypeError(
      `threads: expected workerThreads(…) of generative-agent/threads, got ${String(threads)}`,
    );
}

/** @throws TypeError or RangeError that names the option, what was expected and what came */
export function resolveOptions({
  model = "observed",
  seed = 0,
  members = 5,
  hidden = [64, 64],
  activation = "silu",
  bins = 21,
  candidates = 32,
  iterations = 1,
  firstIterations = 2,
  horizon = 12,
  habitShare = 0.25,
  temperature = 1,
  discount = 0.99,
  informationWeight = 0,
  informationFades = false,
  likelihoodNoise = 0.05,
  simulatesNoise = true,
  essShare = 0.1,
  minimumStd = 0.15,
  correlation = 0,
  actionRepeat = 1,
  exploration = "sample",
  warmup = 100,
  warmupUpdates = 200,
  updates = 2,
  batch = 64,
  learningRate = 1e-3,
  annealing = 1_500,
  weightDecay = 1e-5,
  memory = 50_000,
  lessons = 8_000,
  valueLessons = 2_000,
  imagination = 1,
  imaginedSteps = 30,
  trustRegion = 0,
  usesValue = true,
  valueRate = 0.01,
  delay = 100,
  valueAwaitsTermination = false,
  ...unknown
}: AgentOptions = {}): Settings {
  expectKnownNames("options", unknown, []);
  const settings: Settings = {
    model,
    seed,
    members,
    hidden: Array.isArray(hidden) ? [...hidden] : hidden,
    activation,
    bins,
    candidates,
    iterations,
    firstIterations,
    horizon,
    habitShare,
    temperature,
    discount,
    informationWeight,
    informationFades,
    likelihoodNoise,
    simulatesNoise,
    essShare,
    minimumStd,
    correlation,
    actionRepeat,
    exploration,
    warmup,
    warmupUpdates,
    updates,
    batch,
    learningRate,
    annealing,
    weightDecay,
    memory,
    lessons,
    valueLessons,
    imagination,
    imaginedSteps,
    trustRegion,
    usesValue,
    valueRate,
    delay,
    valueAwaitsTermination,
  };
  expectSettings(settings);
  return settings;
}

function expectSettings(settings: Settings): void {
  expectOneOf("model", settings.model, ["observed"]);
  expectInteger("seed", settings.seed, 0);
  expectInteger("members", settings.members, 1, 64);
  if (!Array.isArray(settings.hidden) || settings.hidden.length > 4)
    throw new TypeError(`hidden: expected up to 4 widths, got ${shown(settings.hidden)}`);
  for (const [l, width] of settings.hidden.entries()) expectInteger(`hidden[${l}]`, width, 1, 1024);
  expectOneOf("activation", settings.activation, activations);
  expectInteger("bins", settings.bins, 2, 256);
  expectMultiple("candidates", settings.candidates, 4);
  expectInteger("iterations", settings.iterations, 1, 8);
  expectInteger("firstIterations", settings.firstIterations, 0, 8);
  expectInteger("horizon", settings.horizon, 1, 1000);
  expectNumber("habitShare", settings.habitShare, 0, 1);
  expectNumber("temperature", settings.temperature, 1e-6);
  expectNumber("discount", settings.discount, 0, 1);
  expectNumber("informationWeight", settings.informationWeight, 0);
  expectBoolean("informationFades", settings.informationFades);
  expectNumber("likelihoodNoise", settings.likelihoodNoise, 1e-4);
  expectBoolean("simulatesNoise", settings.simulatesNoise);
  expectNumber("essShare", settings.essShare, 1e-6, 1);
  expectNumber("minimumStd", settings.minimumStd, 1e-6);
  expectNumber("correlation", settings.correlation, 0, 0.999);
  expectInteger("actionRepeat", settings.actionRepeat, 1);
  expectOneOf("exploration", settings.exploration, ["sample", "greedy"]);
  expectInteger("warmup", settings.warmup, 1);
  expectInteger("warmupUpdates", settings.warmupUpdates, 0);
  expectInteger("updates", settings.updates, 0);
  expectMultiple("batch", settings.batch, 32);
  expectNumber("learningRate", settings.learningRate, 0);
  expectNumber("annealing", settings.annealing, 1);
  expectNumber("weightDecay", settings.weightDecay, 0);
  expectInteger("memory", settings.memory, 32);
  expectInteger("lessons", settings.lessons, 32);
  expectInteger("valueLessons", settings.valueLessons, 32);
  expectNumber("imagination", settings.imagination, 0, 8);
  expectInteger("imaginedSteps", settings.imaginedSteps, 1);
  expectNumber("trustRegion", settings.trustRegion, 0, 0.99);
  expectBoolean("usesValue", settings.usesValue);
  expectNumber("valueRate", settings.valueRate, 0, 1);
  expectInteger("delay", settings.delay, 0);
  expectBoolean("valueAwaitsTermination", settings.valueAwaitsTermination);
}
