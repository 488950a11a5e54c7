import type { Core } from "../core/core.ts";
import type { PlanValues } from "../core/generated/records.ts";
import { widestHidden } from "../core/mlp.ts";
import {
  allocatePlan,
  labelFirstAction,
  type Plan,
  propose,
  refine,
  rollout,
  setPlan,
  weigh,
} from "../core/planner.ts";
import { pad4, TILE, tilesFor } from "../core/tiles.ts";
import { type GenerativeModel, headSize, type ModelSizes } from "../models/generativeModel.ts";
import type { Memory, Network } from "../models/network.ts";

/** Settings of the planner; the symbols are those of `assembly/planner/plan.ts`. */
export interface PlannerSettings {
  /** C, a multiple of 4. */
  readonly candidates: number;
  /** H. */
  readonly horizon: number;
  /** Share of the candidates that follow the action prior, in [0, 1]. */
  readonly habitShare: number;
  /** η > 0. */
  readonly temperature: number;
  /** γ. */
  readonly discount: number;
  /** β. */
  readonly informationWeight: number;
  /** Whether simulated states carry the model's noise, or follow its mean. */
  readonly simulatesNoise: boolean;
  /** Smallest share of effective candidates that tempering allows. */
  readonly essShare: number;
  /** Smallest σ of a refined plan, of u before tanh; continuous actions only. */
  readonly minimumStd: number;
  /** ρ of the candidates' noise between steps. */
  readonly correlation: number;
}

/** Plans for several states side by side. */
export interface Planner {
  readonly plans: number;
  readonly sizes: ModelSizes;
  readonly settings: PlannerSettings;
  readonly plan: Plan;
  /** [plans][D] observations to plan from. */
  readonly starts: Float32Array;
  /** [plans][H][A] μ of u before tanh, or probabilities of discrete actions. */
  readonly mean: Float32Array;
  /** [plans][H][A] σ of u; unused for discrete actions. */
  readonly std: Float32Array;
  /** [plans][4] value Σ w·score, tempering k, effective sample size, best score. */
  readonly info: Float32Array;
  /** [plans][groups][bins] posterior of the first action. */
  readonly label: Float32Array;
}

/** What simulations may use; it grows as the agent learns. */
export interface Knowledge {
  /** β by now. */
  readonly informationWeight: number;
  readonly usesHabit: boolean;
  readonly usesValue: boolean;
  readonly usesTermination: boolean;
  /** V = valueShift + valueScale · output of the value network. */
  readonly valueShift: number;
  readonly valueScale: number;
  /** r = rewardMean + rewardStd · output of the model, kept within [rewardLow, rewardHigh]. */
  readonly rewardMean: number;
  readonly rewardStd: number;
  readonly rewardLow: number;
  readonly rewardHigh: number;
  /** The same of the reward that comes with an end. */
  readonly endingMean: number;
  readonly endingStd: number;
}

export function allocatePlanner(
  memory: Memory,
  sizes: ModelSizes,
  settings: PlannerSettings,
  plans: number,
): Planner {
  const { observationSize: D, coding } = sizes;
  const size = plans * settings.horizon * coding.size;
  return {
    plans,
    sizes,
    settings,
    plan: allocatePlan(memory),
    starts: memory.f32(plans * D),
    mean: memory.f32(size),
    std: memory.f32(size),
    info: memory.f32(plans * 4),
    label: memory.f32(plans * coding.groups * coding.bins),
  };
}

/** Binds a planner to its model, and to workspaces that planners share. */
export function preparePlanner(
  core: Core,
  planner: Planner,
  model: GenerativeModel,
  {
    seed,
    workspaces,
    likelihoodNoise,
  }: {
    readonly seed: readonly [number, number];
    readonly workspaces: Workspaces;
    /** Standard deviation of the observation model, in units of the scaled target (see `Statistics`). */
    readonly likelihoodNoise: number;
  },
): void {
  const { settings } = planner;
  const { statistics, dynamics, habit, slowValue } = model;
  setPlan(core, planner.plan, {
    ...planValues(planner, habit, seed),
    usesNoise: Number(settings.simulatesNoise),
    likelihoodNoise,
    starts: planner.starts,
    shift: statistics.inputShift,
    scale: statistics.inputScale,
    stepScale: statistics.stepScale,
    modelShape: dynamics.shape,
    modelParameters: dynamics.parameters,
    modelStride: dynamics.members[0].byteLength,
    valueShape: slowValue.shape,
    valueParameters: slowValue.parameters,
    ...workspaces,
  });
  weighInformation(core, planner);
}

/** Tells a planner whether its settings weigh information: a candidate is then one stream that all members predict. */
export function weighInformation(core: Core, { plan, sizes, settings }: Planner): void {
  const usesInformation = settings.informationWeight !== 0;
  setPlan(core, plan, {
    usesInformation: Number(usesInformation),
    particles: usesInformation ? 1 : sizes.members,
  });
}

/** What every plan of a learned model is told, however it simulates. */
export function planValues(
  { plans, sizes, settings, mean, std, info, label }: Planner,
  habit: Network,
  seed: readonly [number, number],
): Partial<PlanValues> {
  const { observationSize, coding, members } = sizes;
  const { candidates, horizon, discount, temperature, essShare, minimumStd, correlation } = settings;
  return {
    ...{ plans, candidates, horizon, observationSize, members, bins: coding.bins },
    actionSize: coding.size,
    isDiscrete: Number(coding.isDiscrete),
    usesInformation: Number(settings.informationWeight !== 0),
    ...{ discount, temperature, essShare, minimumStd, correlation, uniformShare: UNIFORM_SHARE },
    seedLow: seed[0],
    seedHigh: seed[1],
    habitShape: habit.shape,
    habitParameters: habit.parameters,
    ...{ mean, std, info, label },
  };
}

/** Arrays that the kernels write before they read: planners may share them. */
export type Workspaces = ReturnType<typeof allocateWorkspaces>;

export function allocateWorkspaces(
  memory: Memory,
  sizes: ModelSizes,
  settings: PlannerSettings,
  plans: number,
) {
  const { observationSize: D, coding, members: E, hidden } = sizes;
  const { size: A, groups, bins } = coding;
  const lanes = tilesFor(plans * settings.candidates) * TILE;
  return {
    actions: memory.f32(lanes * settings.horizon * pad4(A)),
    scores: memory.f32(lanes),
    weights: memory.f32(lanes),
    input: memory.f32(pad4(D + A) * TILE),
    heads: memory.f32((E + 1) * pad4(headSize(D)) * TILE),
    hidden: memory.f32(2 * widestHidden([0, ...hidden, 0]) * TILE),
    noise: memory.f32(Math.max(E * (D + 1), 2 * A) * TILE),
    logits: memory.f32(pad4(groups * bins) * TILE),
    ratioWorkspace: memory.f32(E * (2 * (D + 1) + 2) * TILE),
    rows: memory.f32(5 * TILE),
  };
}

/** Share of the uniform distribution in a refined discrete plan. */
export const UNIFORM_SHARE = 0.05;
/** Share of the uniform distribution that a shifted discrete plan takes up. */
const SHIFT_SHARE = 0.3;
/** Least σ of a shifted plan. */
const SHIFT_STD = 0.5;

/** Forgets all plans: u ∼ N(0, 1), or every action alike. */
export function resetPlans({ mean, std, sizes: { coding } }: Planner): void {
  mean.fill(coding.isDiscrete ? 1 / coding.size : 0);
  std.fill(1);
}

/** Moves all plans one step on, and widens them: what was planned for the next step now starts the search. */
export function shiftPlans({ plans, mean, std, settings, sizes: { coding } }: Planner): void {
  const row = coding.size;
  const size = settings.horizon * row;
  for (let s = 0; s < plans; s++) {
    mean.copyWithin(s * size, s * size + row, (s + 1) * size);
    std.copyWithin(s * size, s * size + row, (s + 1) * size);
    mean.fill(coding.isDiscrete ? 1 / coding.size : 0, (s + 1) * size - row, (s + 1) * size);
    std.fill(1, (s + 1) * size - row, (s + 1) * size);
  }
  for (let i = 0; i < mean.length; i++) {
    if (coding.isDiscrete) mean[i] = (1 - SHIFT_SHARE) * mean[i] + SHIFT_SHARE / coding.size;
    else std[i] = Math.max(std[i], SHIFT_STD);
  }
}

/** What the draws of a plan depend on besides the seed, and how often it is refined: at most 16 times. */
export interface Round {
  readonly stream: number;
  readonly step: number;
  readonly iterations: number;
}

/**
 * Infers q(a) for the starts of a planner (`assembly/planner/plan.ts`) by rounds of proposing, simulating, weighing and
 * refining. The plans are in `mean` and `std`, the posterior of the first action in `label`.
 */
export function solvePlans(core: Core, planner: Planner, knowledge: Knowledge, round: Round): void {
  const { usesHabit, usesTermination, usesValue, ...values } = knowledge;
  const switches = { usesTermination: Number(usesTermination), usesValue: Number(usesValue) };
  refinePlans(core, planner, { usesHabit, values: { ...values, ...switches }, weighCandidates }, round);
}

/** Proposes candidates, simulates them and weighs them. */
function weighCandidates(core: Core, plan: Plan): void {
  propose(core, plan);
  rollout(core, plan);
  weigh(core, plan);
}

/** As `solvePlans`, by `weighCandidates` that reads `values`. */
export function refinePlans(
  core: Core,
  { plan, settings, sizes: { members } }: Planner,
  {
    usesHabit,
    values,
    weighCandidates,
  }: {
    readonly usesHabit: boolean;
    readonly values: Partial<PlanValues>;
    /** Draws candidates, and writes their weights. */
    readonly weighCandidates: (core: Core, plan: Plan) => void;
  },
  { stream, step, iterations }: Round,
): void {
  const habitCandidates = usesHabit ? Math.round(settings.habitShare * settings.candidates) : 0;
  for (let i = 0; i < iterations; i++) {
    setPlan(core, plan, {
      stream,
      step: step * MOST_ITERATIONS + i,
      firstMember: (step + i) % members,
      habitCandidates: Math.min(habitCandidates, settings.candidates - 1),
      ...values,
    });
    weighCandidates(core, plan);
    refine(core, plan);
  }
  labelFirstAction(core, plan);
}

/** Iterations that one step number leaves room for. */
const MOST_ITERATIONS = 16;
