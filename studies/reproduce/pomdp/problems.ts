/** The problems of `npm run reproduce -- pomdp`, and how they are planned in. */

import type { Core } from "../../../src/core/core.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { PractiseOptions } from "../../../src/pomdp.ts";
import {
  laserTag,
  lightDarkLine,
  lightDarkSteps,
  mountainHike,
  subHunt,
  tiger,
  vdpTag,
} from "../../../src/problems.ts";
import type { Model, PlannerOptions, TabularModel } from "../../../src/types.ts";

/** A problem with its settings. */
export interface Task {
  /** The model of an episode: of Laser Tag, every episode has obstacles of its own. */
  model(core: Core, episode: number): Model | TabularModel;
  /** γ. */
  readonly discount: number;
  /** Steps of an episode at most. */
  readonly steps: number;
  /** Best published return, with what reached it. */
  readonly published: string;
  readonly plan: PlannerOptions;
  /** Of the offline practice; none where obstacles change, or rewards come at every step. */
  readonly practice?: Omit<PractiseOptions, "plan">;
  /** Particles of the filter. */
  readonly particles: number;
  /** β of the variant with information. */
  readonly information: number;
}

const PRACTICE = {
  episodes: 25,
  rounds: 16,
  updates: 400,
  exploring: 0.03,
  visits: 3,
  known: 0.3,
  particles: 512,
};

export const tasks: Readonly<Record<string, Task>> = {
  "Tiger, planned online": {
    model: () => tiger(),
    ...{ discount: 0.95, steps: 100, published: "19.371 exact", particles: 2, information: 3 },
    plan: { particles: 2, horizon: 3, budget: 150, temperature: 0.01 },
  },
  "LightDark(10)": {
    model: () => lightDarkLine(),
    ...{ discount: 0.9, steps: 60, published: "GammaZero 17.5", particles: 1024, information: 3 },
    plan: { particles: 64, horizon: 4, budget: 120, temperature: 0.01 },
    practice: PRACTICE,
  },
  LightDark1D: {
    model: () => lightDarkLine({ light: 5, blur: Math.SQRT1_2, least: 0.01, reward: 10 }),
    ...{ discount: 0.9, steps: 60, published: "heuristic 3.69", particles: 1024, information: 0.3 },
    plan: { particles: 64, horizon: 4, budget: 120, temperature: 0.01 },
    practice: PRACTICE,
  },
  "Light Dark": {
    model: () => lightDarkSteps(),
    ...{ discount: 0.95, steps: 100, published: "discretised POMCP 61.1", particles: 1024, information: 3 },
    plan: { particles: 64, horizon: 4, budget: 150, temperature: 0.01 },
    practice: PRACTICE,
  },
  "Sub Hunt": {
    model: () => subHunt(),
    ...{ discount: 0.99, steps: 100, published: "ping first 79.0", particles: 1024, information: 3 },
    plan: { particles: 64, horizon: 4, budget: 150, temperature: 0.01 },
    practice: { ...PRACTICE, known: 0.5, episodes: 15 },
  },
  "VDP Tag": {
    model: () => vdpTag(),
    ...{ discount: 0.95, steps: 100, published: "POMCPOW 29.3", particles: 1024, information: 3 },
    plan: { particles: 64, horizon: 3, budget: 200, temperature: 0.01 },
    practice: { ...PRACTICE, known: 0.5, episodes: 10 },
  },
  LaserTag: {
    model: (core, episode) => laserTag({ obstacles: obstaclesOf(core, episode) }),
    ...{ discount: 0.95, steps: 100, published: "DESPOT −8.9", particles: 2048, information: 1 },
    plan: { particles: 128, horizon: 8, budget: 400, temperature: 0.01 },
  },
  "Mountain Hike": {
    model: () => mountainHike(),
    ...{ discount: 0.99, steps: 75, published: "–", particles: 1024, information: 1 },
    plan: { particles: 32, horizon: 8, budget: 200, temperature: 0.01 },
  },
};

/** Eight cells of 77, by the number of the episode. */
function obstaclesOf(core: Core, episode: number): number[] {
  const random = createRandom(core, 1000 + episode, 7);
  const cells = new Set<number>();
  while (cells.size < 8) cells.add(random.integer(77));
  return [...cells];
}

/**
 * Ways to plan that are compared: in closed loop after practice, the same with information, with later actions from the prior, and without what
 * was practised, so that plans end in nothing.
 */
export const VARIANTS = ["closed", "information", "prior", "short", "short information"] as const;
export type Variant = (typeof VARIANTS)[number];

/** Whether plans end in the value that was practised. */
export function hasValue(variant: Variant): boolean {
  return !variant.startsWith("short");
}

/** The options of a task's plans. */
export function planOf({ plan, discount, information }: Task, variant: Variant): PlannerOptions {
  return {
    ...plan,
    discount,
    search: variant === "prior" ? "prior" : "closed",
    informationWeight: variant.endsWith("information") ? information : 0,
  };
}
