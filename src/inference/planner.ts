import type { Core } from "../core/core.ts";
import {
  askHabit,
  labelFirstAction,
  type Plan,
  planSequentially,
  propose,
  refine,
  rollout,
  setPlan,
  weigh,
  weighFirstActions,
} from "../core/planner.ts";
import { setSimulatedModel } from "../core/simulation.ts";
import type { Simulated } from "../models/simulated.ts";
import { conditionPlans } from "./conditioning.ts";
import { type Planner, weighsHabit } from "./plan.ts";

/** Share of the uniform distribution that a shifted discrete plan takes up. */
const SHIFT_SHARE = 0.3;
/** Least σ of a shifted plan. */
const SHIFT_STD = 0.5;

/** Forgets all plans: u ∼ N(0, 1), or every choice of a group alike; or as the prior says. */
export function resetPlans({ mean, std, record: { prior }, settings, model: { coding } }: Planner): void {
  for (let i = 0; i < mean.length; i++) mean[i] = evenly(coding, i % coding.size);
  for (let at = 0; prior.length > 0 && at < mean.length; at += prior.length) mean.set(prior, at);
  std.fill(settings.prior?.std ?? 1);
}

/** Moves all plans one step on, and widens them: what was planned for the next step now starts the search. */
export function shiftPlans({ plans, mean, std, record, model: { coding } }: Planner): void {
  const row = coding.size;
  const size = record.horizon * row;
  for (let s = 0; s < plans; s++) {
    mean.copyWithin(s * size, s * size + row, (s + 1) * size);
    std.copyWithin(s * size, s * size + row, (s + 1) * size);
    for (let a = 0; a < row; a++) mean[(s + 1) * size - row + a] = evenly(coding, a);
    std.fill(1, (s + 1) * size - row, (s + 1) * size);
  }
  for (let i = 0; i < mean.length; i++) {
    if (coding.isDiscrete) mean[i] = (1 - SHIFT_SHARE) * mean[i] + SHIFT_SHARE / coding.choices[i % row];
    else std[i] = Math.max(std[i], SHIFT_STD);
  }
}

/** The mean of an action before anything is planned: 0, or every choice of its group alike. */
function evenly({ isDiscrete, choices }: Simulated["coding"], a: number): number {
  return isDiscrete ? 1 / choices[a] : 0;
}

/** What plans may rely on by now; it grows as the agent learns. */
export interface Readiness {
  /** β by now. */
  readonly informationWeight: number;
  readonly usesHabit: boolean;
  readonly usesValue: boolean;
  /** η in units of reward; that of the settings where it is left out. */
  readonly temperature?: number;
}

/** What the draws of a plan depend on besides the seed, and how often it is refined. */
export interface Round {
  readonly stream: number;
  readonly step: number;
  /** At most {@link MOST_ITERATIONS}. */
  readonly iterations: number;
  /** Whether information alone is sought: rewards, habit and value are left out. Default false. */
  readonly isCurious?: boolean;
}

/** η of plans that seek information, in nats. */
const CURIOUS_TEMPERATURE = 1e-3;

/** Rounds that one step number leaves room for. */
export const MOST_ITERATIONS = 16;

/**
 * Infers q(a) for the beliefs of a planner (`assembly/planner/plan.ts`) by rounds of proposing, simulating, weighing and
 * refining. The plans are in `mean` and `std`, the posterior of the first action in `label`.
 */
export function solvePlans(core: Core, planner: Planner, readiness: Readiness, round: Round): void {
  const { plan, model, settings } = planner;
  const { informationWeight, usesHabit, usesValue } = readiness;
  const { stream, step, iterations, isCurious = false } = round;
  const { candidates, habitShare = 0, prior, priorWeight = 0 } = settings;
  const host = model.staysInThread?.() ? { ...core, threads: undefined } : core;
  const share = usesHabit && !isCurious ? habitShare : 0;
  const habitCandidates = Math.min(Math.round(share * candidates), candidates - 1);
  const weighCandidates = settings.search === "smc" ? planSequentially : weighSequences;
  if (weighsHabit(settings)) weighHabit(core, planner, { isInUse: share > 0, isCurious });
  const temperature = isCurious ? CURIOUS_TEMPERATURE : readiness.temperature;
  if (temperature !== undefined) planner.record.temperature = temperature;
  setPlan(core, plan, {
    stream,
    habitCandidates,
    informationWeight: isCurious ? 1 : informationWeight,
    ignoresRewards: Number(isCurious),
    usesValue: Number(usesValue && !isCurious),
    temperature: planner.record.temperature,
  });
  conditionPlans(core, planner, isCurious);
  for (let i = 0; i < iterations; i++) {
    // weights that correct what was proposed keep both modes in the proposals
    const keepsModes = (prior?.weight ?? priorWeight) !== 0 && i + 1 < iterations;
    setPlan(core, plan, { step: step * MOST_ITERATIONS + i, followsMode: Number(!keepsModes) });
    // the members take turns in being the first, whose states the habit is asked at
    if (model.isObserved) setSimulatedModel(core, model.record, { firstMember: (step + i) % model.members });
    weighCandidates(host, plan, weighsHabit(settings));
    refine(core, plan);
  }
  labelFirstAction(core, plan);
}

/** Gives the kernels the weight of the habit in the weights; plans that seek information have no prior. */
function weighHabit(
  core: Core,
  { plan, settings: { priorWeight = 0, broadShare = 0 } }: Planner,
  { isInUse, isCurious }: { readonly isInUse: boolean; readonly isCurious: boolean },
): void {
  setPlan(core, plan, {
    priorWeight: isCurious ? 0 : priorWeight,
    habitMass: isInUse ? 1 - broadShare : 0,
  });
  if (isInUse) askHabit(core, plan);
}

/**
 * Plans from scratch, and hands over what each plan found.
 *
 * @param use is given the number of a plan, its label (a view, overwritten by the next plans) and its value
 */
export function solveAnew(
  core: Core,
  planner: Planner,
  readiness: Readiness,
  round: Round,
  use: (plan: number, label: Float32Array, value: number) => void,
): void {
  resetPlans(planner);
  solvePlans(core, planner, readiness, round);
  const { plans, label, info } = planner;
  const labels = label.length / plans;
  for (let plan = 0; plan < plans; plan++)
    use(plan, label.subarray(plan * labels, (plan + 1) * labels), info[4 * plan]);
}

/** η of a planner's first plan: that of its last weighing where a budget decides it. */
export function temperatureOf({ settings, temperatures, record }: Planner): number {
  const { klBudget = 0 } = settings;
  return klBudget > 0 ? temperatures[0] : record.temperature;
}

/** Proposes action sequences, simulates them and weighs them. */
function weighSequences(core: Core, plan: Plan, hasHabitPrior: boolean): void {
  propose(core, plan);
  rollout(core, plan);
  // the habit's candidates have their actions by now
  if (hasHabitPrior) weighFirstActions(core, plan);
  weigh(core, plan);
}
