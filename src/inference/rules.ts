/** What the options of planner and filter need beside them to have an effect. */
import type { Rule } from "../core/resolve.ts";
import type { FILTER } from "./options.ts";

/** What rules read beside the settings that they name: the method, and the kind of the model. */
interface FilterFacts {
  readonly method: string;
  readonly isTabular?: boolean;
  readonly isLinearGaussian?: boolean;
}

const PARTICLE_OPTIONS = [
  "particles",
  "seed",
  "stream",
  "resampling",
  "resampleBelow",
  "regularisation",
  "proposal",
] as const satisfies readonly (keyof typeof FILTER)[];

export const FILTER_RULES: readonly Rule<FilterFacts>[] = [
  ...PARTICLE_OPTIONS.map((option) => ({
    option,
    unless: 'method is "particles"',
    isRead: ({ method }: FilterFacts) => method === "particles",
  })),
  {
    option: "proposal",
    unless: "the model is linear-Gaussian",
    isRead: ({ isLinearGaussian }) => isLinearGaussian === true,
  },
  { option: "method", unless: "the model has tables", isRead: ({ isTabular }) => isTabular === true },
];

/** What rules read beside the settings that they name. */
interface PlanSettings {
  readonly search: string;
  readonly iterations: number;
  readonly particles: number;
  readonly temperature: number | "auto";
  readonly rewardNoise?: number | "auto";
  readonly conditioning: string;
  readonly members: number;
  readonly risk: string;
  readonly marginalWeight?: number;
  readonly priorWeight?: number;
  readonly isDiscrete?: boolean;
}

/** What a tree of beliefs has no use for. */
const NOT_OF_TREES = [
  ...["candidates", "klBudget", "contrasts", "rewardNoise", "minimumStd"],
  ...["priorStd", "priorWeight", "conditioning", "risk"],
] as const;

/** Whether plans are trees of beliefs. */
export function isTree({ search }: { readonly search: string }): boolean {
  return search === "closed" || search === "prior";
}

export const PLAN_RULES: readonly Rule<PlanSettings>[] = [
  ...NOT_OF_TREES.map((option) => ({
    option,
    serves: ["planner"],
    unless: 'search is "sequences" or "smc"',
    isRead: (settings: PlanSettings) => !isTree(settings),
  })),
  {
    option: "budget",
    serves: ["planner"],
    unless: 'search is "closed" or "prior"',
    isRead: isTree,
  },
  {
    option: "temperature",
    serves: ["planner"],
    unless: "it is a number",
    isRead: ({ temperature }) => temperature !== "auto",
  },
  {
    option: "rewardNoise",
    serves: ["planner"],
    unless: "it is a number",
    isRead: ({ rewardNoise }) => rewardNoise !== "auto",
  },
  {
    option: "informationWeight",
    off: 0,
    serves: ["latent", "planner"],
    unless: 'particles is at least 2 or conditioning is not "belief"',
    isRead: ({ particles, conditioning }) => particles > 1 || conditioning !== "belief",
  },
  {
    option: "klBudget",
    serves: ["latent", "planner"],
    unless: 'risk is "variational"',
    isRead: ({ risk }) => risk === "variational",
  },
  {
    option: "conditioning",
    serves: ["latent"],
    unless: "members is at least 2",
    isRead: ({ conditioning, members }) => conditioning !== "member" || members > 1,
  },
  {
    option: "contrasts",
    unless: 'conditioning is "path" or marginalWeight is above 0',
    serves: ["latent"],
    isRead: ({ conditioning, marginalWeight = 0 }) => conditioning === "path" || marginalWeight > 0,
  },
  {
    option: "contrasts",
    unless: 'conditioning is "path"',
    serves: ["planner"],
    isRead: ({ conditioning }) => conditioning === "path",
  },
  {
    option: "essShare",
    serves: ["latent", "planner"],
    unless: 'search is "sequences"',
    isRead: ({ search }) => search === "sequences",
  },
  {
    option: "iterations",
    serves: ["planner"],
    unless: 'search is "sequences"',
    // once is what sequential Monte Carlo does
    isRead: ({ search, iterations }) => search === "sequences" || iterations === 1,
  },
  {
    option: "broadShare",
    serves: ["planner"],
    unless: 'search is "smc"',
    isRead: ({ search }) => search === "smc",
  },
  {
    option: "broadShare",
    serves: ["observed", "latent"],
    unless: "priorWeight is above 0",
    isRead: ({ priorWeight = 0 }) => priorWeight > 0,
  },
  {
    option: "minimumStd",
    unless: "actions are continuous",
    isRead: ({ isDiscrete }) => isDiscrete !== true,
  },
  {
    option: "priorStd",
    unless: "actions are continuous",
    isRead: ({ isDiscrete }) => isDiscrete !== true,
  },
];
