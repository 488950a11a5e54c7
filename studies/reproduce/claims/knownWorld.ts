/** Planning in a world whose tables are known, from the exact belief. */
import { type Core, createCore } from "../../../src/core/core.ts";
import { scalarMath } from "../../../src/core/math.ts";
import { plannerOf } from "../../../src/inference/posterior.ts";
import type { Problem } from "../../../src/problems.ts";
import type { ParticleBelief, PlannerOptions } from "../../../src/types.ts";
import { meanOf } from "../trial.ts";

export const core: Core = await createCore({ bytes: 1 << 25 });

/** What is planned, from which belief and how often. */
export interface Question extends PlannerOptions {
  readonly model: Problem;
  /** [S] probabilities. Default: those of the start. */
  readonly belief?: readonly number[];
  /** Particles of each state. */
  readonly copies: number;
  /** Plans, each with random numbers of its own. */
  readonly plans: number;
}

/** The mean, over several plans, of the posterior probabilities of the first action. */
export function firstActions({
  model,
  belief = model.tables.initial,
  copies,
  plans,
  ...settings
}: Question): number[] {
  return core.scope(() => {
    const particles = belief.length * copies;
    const planner = plannerOf(core, model, { ...settings, particles });
    const cloud = copiesOfStates(core, belief, copies);
    const firsts = Array.from({ length: plans }, () => [...planner.plan(cloud).first]);
    return firsts[0].map((_, a) => meanOf(firsts.map((first) => first[a])));
  });
}

/** The exact belief as so many copies of every state, possible or not; those that are not weigh nothing. */
export function copiesOfStates(core: Core, belief: readonly number[], copies: number): ParticleBelief {
  const { log } = scalarMath(core);
  const logWeights = belief.map(log);
  return {
    states: Array.from({ length: belief.length * copies }, (_, k) => k % belief.length),
    logWeights: Array.from({ length: belief.length * copies }, (_, k) => logWeights[k % belief.length]),
  };
}

/** e^x / (1 + e^x) */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The index drawn from probabilities by a uniform number. */
export function drawIndex(probabilities: readonly number[], uniform: number): number {
  let cumulative = 0;
  const found = probabilities.findIndex((p) => {
    cumulative += p;
    return cumulative > uniform;
  });
  return found < 0 ? probabilities.length - 1 : found;
}
