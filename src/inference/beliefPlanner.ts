import type { Core } from "../core/core.ts";
import { expectFinite, expectInteger } from "../core/expect.ts";
import type { PlanValues } from "../core/generated/records.ts";
import { argmax } from "../core/heads.ts";
import {
  allocatePlan,
  cloudSizes,
  labelFirstAction,
  type Plan,
  planSequentially,
  propose,
  refine,
  rolloutBelief,
  setPlan,
  weigh,
} from "../core/planner.ts";
import { STREAMS } from "../core/streams.ts";
import { pad4, TILE, tilesFor } from "../core/tiles.ts";
import { isKnownModel, type KnownModel, shownModel } from "../models/model.ts";
import type { Memory } from "../models/network.ts";
import { type Simulation, simulationOf } from "../models/simulation.ts";
import type { Belief, ParticleBelief } from "./belief/belief.ts";
import {
  type BeliefPlannerSettings,
  type CompleteSettings,
  expectSettings,
  MOST_ITERATIONS,
  withDefaults,
} from "./beliefSettings.ts";
import { UNIFORM_SHARE } from "./planner.ts";

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

/** A planner over a known model; see {@link createPlanner}. */
export interface BeliefPlanner {
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
/** Least σ of a refined plan. */
const MINIMUM_STD = 0.02;
/** σ of the broad distribution, in those of the prior. */
const BROAD = 3;

/** As {@link createPlanner}, in the memory of a core. Its workspaces are reserved once; plans reserve nothing. */
export function plannerOf(
  core: Core,
  known: KnownModel,
  settings: BeliefPlannerSettings = {},
): BeliefPlanner {
  expectModel(known);
  const complete = withDefaults(settings);
  const model = simulationOf(core, known);
  expectSettings(complete, model);
  const buffers = allocateBuffers(core, model, complete);
  preparePlan(core, buffers, model, complete);
  let step = 0;
  return {
    plan(belief) {
      setBelief(buffers, model, "update" in belief ? belief.particles(complete.particles) : belief);
      buffers.mean.fill(model.isDiscrete ? 1 / model.actionSize : 0);
      buffers.std.fill(complete.priorStd);
      if (model.isDiscrete && complete.prior.length > 0)
        buffers.mean.set(Array.from(buffers.mean, (_, i) => complete.prior[i % model.actionSize]));
      solve(core, buffers.plan, complete, step++);
      return posteriorOf(core, buffers, model, complete);
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

type Buffers = ReturnType<typeof allocateBuffers>;

/** What a planner's arrays depend on. */
type PlannedSizes = Pick<Simulation, "actionSize" | "stateSize" | "isDiscrete" | "observationWidth">;

/** The plan, and the arrays that its kernels read and write. */
export function allocateBuffers(memory: Memory, model: PlannedSizes, settings: CompleteSettings) {
  const { candidates: C, horizon: H, particles: M, prior } = settings;
  const { actionSize: A, stateSize, isDiscrete } = model;
  const tiles = tilesFor(C);
  const groups = isDiscrete ? 1 : A;
  const bins = isDiscrete ? A : BINS;
  return {
    plan: allocatePlan(memory),
    mean: memory.f32(H * A),
    std: memory.f32(H * A),
    info: memory.f32(4),
    label: memory.f32(groups * bins),
    temperatures: memory.f32(1),
    beliefStates: memory.f32(M * stateSize),
    beliefLogWeights: memory.f32(M),
    work: {
      actions: memory.f32(tiles * H * pad4(A) * TILE),
      scores: memory.f32(tiles * TILE),
      weights: memory.f32(tiles * TILE),
      priorRatios: memory.f32(tiles * TILE),
      targets: memory.f32(tiles * TILE),
      baselines: memory.f32(tiles * TILE),
      ancestors: memory.u32(C),
      spare: memory.f32(C),
      input: memory.f32((pad4(stateSize) + pad4(A)) * TILE),
      noise: memory.f32(Math.max(stateSize, 1, H) * TILE),
      observations: memory.f32(M * model.observationWidth * TILE),
      ...(prior.length > 0 && { prior: memory.f32(prior) }),
    },
  };
}

/** The arrays whose sizes the kernels tell, by `cloudSizes`. */
export function allocateClouds(
  memory: Memory,
  { clouds, heads, rows }: ReturnType<typeof cloudSizes>,
  { planner, candidates }: CompleteSettings,
) {
  return {
    clouds: memory.f32(clouds * TILE * (planner === "smc" ? tilesFor(candidates) : 1)),
    heads: memory.f32(heads * TILE),
    rows: memory.f32(rows * TILE),
  };
}

function preparePlan(core: Core, buffers: Buffers, model: Simulation, settings: CompleteSettings): void {
  const { work, plan, ...arrays } = buffers;
  setPlan(core, plan, { ...numbersOf(model, settings), ...work, ...arrays });
  setPlan(core, plan, allocateClouds(core, cloudSizes(core, plan), settings));
}

/** The fields of a plan that are no arrays of its own. */
export function numbersOf(model: Simulation, settings: CompleteSettings): Partial<PlanValues> {
  const isSequential = settings.planner === "smc";
  const { isDiscrete, actionSize } = model;
  return {
    plans: 1,
    candidates: settings.candidates,
    horizon: settings.horizon,
    observationSize: model.stateSize,
    actionSize,
    isDiscrete: Number(isDiscrete),
    particles: settings.particles,
    bins: isDiscrete ? actionSize : BINS,
    usesInformation: Number(settings.informationWeight !== 0),
    usesValue: Number(model.hasValue),
    discount: settings.discount,
    temperature: settings.temperature,
    informationWeight: settings.informationWeight,
    essShare: isSequential ? 0 : settings.essShare,
    minimumStd: MINIMUM_STD,
    uniformShare: UNIFORM_SHARE,
    seedLow: settings.seed,
    stream: STREAMS.beliefPlan,
    model: model.record.words,
    conditionsOnBelief: Number(settings.conditioning === "belief"),
    contrasts: settings.contrasts,
    rewardNoise: settings.rewardNoise,
    usesEvidence: Number(settings.risk === "evidence"),
    priorWeight: settings.priorWeight,
    priorStd: settings.priorStd,
    broadShare: isSequential ? settings.broadShare : 0,
    broadStd: BROAD * settings.priorStd,
    drawsCentre: Number(isSequential),
    klBudget: settings.klBudget,
  };
}

function setBelief(
  { beliefStates, beliefLogWeights }: Buffers,
  model: Simulation,
  { states, logWeights }: ParticleBelief,
): void {
  if (logWeights.length !== beliefLogWeights.length)
    throw new RangeError(`logWeights: expected ${beliefLogWeights.length} values, got ${logWeights.length}`);
  if (states.length !== beliefStates.length)
    throw new RangeError(`states: expected ${beliefStates.length} values, got ${states.length}`);
  expectStates(model, states);
  expectLogWeights(logWeights);
  beliefStates.set(states);
  beliefLogWeights.set(logWeights);
}

function expectStates(model: Simulation, states: ArrayLike<number>): void {
  if (!model.isDiscrete) expectFinite("states", states);
  else for (let m = 0; m < states.length; m++) expectInteger(`states[${m}]`, states[m], 0, model.states - 1);
}

function expectLogWeights(logWeights: ArrayLike<number>): void {
  let largest = -Infinity;
  for (let m = 0; m < logWeights.length; m++) {
    const weight = Math.fround(logWeights[m]);
    if (!(weight < Infinity))
      throw new RangeError(`logWeights[${m}]: expected a finite number or −Infinity, got ${logWeights[m]}`);
    largest = Math.max(largest, weight);
  }
  if (largest === -Infinity)
    throw new RangeError(
      "logWeights: expected a particle of positive weight, got −Infinity for every particle",
    );
}

/** Runs the kernels; every plan and every round draws numbers of its own. */
function solve(core: Core, plan: Plan, settings: CompleteSettings, step: number): void {
  if (settings.planner === "smc") {
    setPlan(core, plan, { step: step * MOST_ITERATIONS });
    planSequentially(core, plan);
    refine(core, plan);
  } else
    for (let i = 0; i < settings.iterations; i++) {
      setPlan(core, plan, { step: step * MOST_ITERATIONS + i });
      propose(core, plan);
      rolloutBelief(core, plan);
      weigh(core, plan);
      refine(core, plan);
    }
  labelFirstAction(core, plan);
}

function posteriorOf(
  core: Core,
  { label, mean, std, info, temperatures }: Buffers,
  { isDiscrete, actionSize }: Simulation,
  { klBudget, temperature }: CompleteSettings,
): ActionPosterior {
  return {
    action: isDiscrete ? argmax(core, label) : mean.subarray(0, actionSize),
    first: label,
    mean,
    std,
    value: info[0],
    effectiveSampleSize: info[2],
    temperature: klBudget > 0 ? temperatures[0] : temperature,
  };
}
