import type { Core } from "../core/core.ts";
import { expectFinite, expectInteger } from "../core/expect.ts";
import { argmax } from "../core/heads.ts";
import { seedWords } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { codingOf } from "../models/actionCoding.ts";
import { isKnownModel, type KnownModel, shownModel } from "../models/model.ts";
import type { Memory } from "../models/network.ts";
import type { Simulated } from "../models/simulated.ts";
import { type Simulation, simulationOf } from "../models/simulation.ts";
import type { Belief, ParticleBelief } from "./belief/belief.ts";
import { relative } from "./information/particleRatios.ts";
import {
  allocatePlanner,
  allocateWorkspaces,
  type Planner,
  type PlannerSettings,
  preparePlanner,
} from "./plan.ts";
import { resetPlans, solvePlans, temperatureOf } from "./planner.ts";
import {
  expectActions,
  type PlannerOptions,
  type PosteriorSettings,
  resolvePlanner,
} from "./plannerOptions.ts";

/** The posterior over actions. Its arrays are overwritten by the next plan. */
export interface ActionPosterior {
  /** The most probable discrete first action, or [A] μ of the first u (a = tanh u where the model squashes, else a = u). */
  readonly action: number | Float32Array;
  /** [A] probabilities of the first action, or [A][21] of tanh u in equal bins of [−1, 1]. */
  readonly first: Float32Array;
  /** [H][A] μ of u, or the plan's probabilities of discrete actions. */
  readonly mean: Float32Array;
  /** [H][A] σ of u; unused for discrete actions. */
  readonly std: Float32Array;
  /** Mean score of the candidates under their weights, in units of reward. */
  readonly value: number;
  /** Candidates that count, 1 … C, of the last weighing. */
  readonly effectiveSampleSize: number;
  /** η that was used last: with a `klBudget` that of the last weighing. */
  readonly temperature: number;
}

/** A planner over a known model; see `createPlanner`. */
export interface PosteriorPlanner {
  /** The tree of all that changes (`core/tree.ts`). @internal */
  readonly state: object;
  /**
   * Plans anew from a belief: a filter's, or weighted particles. Every call draws numbers of its own.
   *
   * @throws RangeError when the belief has not the planner's number of particles, a state is none of the model's, or no
   *   log-weight is finite
   */
  plan(belief: Belief | ParticleBelief): ActionPosterior;
}

/** Bins of the histogram of a continuous first action. */
const BINS = 21;

/** As {@link createPlanner}, in the memory of a core. Its workspaces are reserved once; plans reserve nothing. */
export function plannerOf(core: Core, known: KnownModel, settings: PlannerOptions = {}): PosteriorPlanner {
  expectModel(known);
  const complete = resolvePlanner(settings);
  const model = simulationOf(core, known);
  expectActions(complete, model);
  const { planner, workspaces } = allocatePosterior(core, model, complete);
  preparePlanner(core, planner, { seed: seedWords(complete.seed), workspaces });
  const { informationWeight } = complete;
  const readiness = { informationWeight, usesHabit: false, usesValue: model.hasValue };
  const iterations = complete.search === "smc" ? 1 : complete.iterations;
  const counts = { step: 0 };
  return {
    state: { planner, work: workspaces, counts },
    plan(belief) {
      setBelief(planner, model, "update" in belief ? belief.particles(complete.particles) : belief);
      resetPlans(planner);
      solvePlans(core, planner, readiness, { stream: STREAMS.beliefPlan, step: counts.step++, iterations });
      return posteriorOf(core, planner);
    },
  };
}

/** @throws TypeError when it is no model that planners know */
export function expectModel(model: Partial<KnownModel> | null | undefined): void {
  if (!isKnownModel(model))
    throw new TypeError(
      `model: expected tabularModel(…) or linearGaussianModel(…), got ${shownModel(model)}`,
    );
}

/** A planner over a known model, and its workspaces. `memory` may be a counter of bytes. */
export function allocatePosterior(memory: Memory, model: Simulation, settings: PosteriorSettings) {
  const simulated = simulatedOf(model);
  const planned = plannerSettings(settings);
  return {
    planner: allocatePlanner(memory, simulated, planned, 1),
    workspaces: allocateWorkspaces(memory, simulated, planned, 1),
  };
}

/** The known model as planners simulate it. */
function simulatedOf(model: Simulation): Simulated {
  const { record, isDiscrete, actionSize: size, stateSize, observationWidth, headRows } = model;
  return {
    record,
    coding: codingOf(isDiscrete, isDiscrete ? [size] : new Array<number>(size).fill(BINS)),
    stateRows: stateSize,
    headRows,
    ratioRows: observationWidth,
    members: 1,
    isObserved: false,
  };
}

/** The settings of a planner whose prior is in the weights. */
function plannerSettings(settings: PosteriorSettings): PlannerSettings {
  const { priorWeight, priorStd, prior, broadShare } = settings;
  return {
    ...settings,
    observedRewardStd: typeof settings.rewardNoise === "number" ? settings.rewardNoise : 0,
    prior: { weight: priorWeight, std: priorStd, probabilities: prior, broadShare },
  };
}

function setBelief(planner: Planner, model: Simulation, { states, logWeights }: ParticleBelief): void {
  if (logWeights.length !== planner.logWeights.length)
    throw new RangeError(
      `logWeights: expected ${planner.logWeights.length} values, got ${logWeights.length}`,
    );
  if (states.length !== planner.states.length)
    throw new RangeError(`states: expected ${planner.states.length} values, got ${states.length}`);
  expectStates(model, states);
  expectLogWeights(logWeights);
  planner.states.set(states);
  planner.logWeights.set(relative(logWeights));
}

function expectStates(model: Simulation, states: ArrayLike<number>): void {
  if (!model.isDiscrete) expectFinite("states", states);
  else for (let m = 0; m < states.length; m++) expectInteger(`states[${m}]`, states[m], 0, model.states - 1);
}

function expectLogWeights(logWeights: ArrayLike<number>): void {
  let largest = -Infinity;
  for (let m = 0; m < logWeights.length; m++) {
    const weight = logWeights[m];
    if (!(weight < Infinity))
      throw new RangeError(`logWeights[${m}]: expected a finite number or −Infinity, got ${logWeights[m]}`);
    largest = Math.max(largest, weight);
  }
  if (largest === -Infinity)
    throw new RangeError(
      "logWeights: expected a particle of positive weight, got −Infinity for every particle",
    );
}

function posteriorOf(core: Core, planner: Planner): ActionPosterior {
  const { label, mean, std, info, model } = planner;
  const { coding } = model;
  return {
    action: coding.isDiscrete ? argmax(core, label) : mean.subarray(0, coding.size),
    first: label,
    mean,
    std,
    value: info[0],
    effectiveSampleSize: info[2],
    temperature: temperatureOf(planner),
  };
}
