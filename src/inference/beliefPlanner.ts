import type { Core } from "../core/core.ts";
import { expectFinite, expectInteger } from "../core/expect.ts";
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
import type { KnownModel } from "../models/knownModel.ts";
import {
  type BeliefPlannerSettings,
  type CompleteSettings,
  expectSettings,
  MOST_ITERATIONS,
  withDefaults,
} from "./beliefSettings.ts";
import { UNIFORM_SHARE } from "./planner.ts";

/** A belief as weighted particles. */
export interface ParticleBelief {
  /** [M][stateSize] one particle after the other; a discrete state is its index. */
  readonly states: ArrayLike<number>;
  /** [M] in nats, unnormalised; −Infinity for a particle that is out of the question. */
  readonly logWeights: ArrayLike<number>;
}

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

/** A planner over a known model; see {@link createBeliefPlanner}. */
export interface BeliefPlanner {
  /**
   * Plans anew from a belief; every call draws numbers of its own.
   *
   * @throws RangeError when the belief has not the planner's number of particles, a state is none of the model's, or no
   *   log-weight is finite
   */
  plan(belief: ParticleBelief): ActionPosterior;
}

/** Bins of the histogram of a continuous first action. */
const BINS = 21;
/** Least σ of a refined plan. */
const MINIMUM_STD = 0.02;
/** σ of the broad distribution, in those of the prior. */
const BROAD = 3;

/**
 * A planner of actions from a belief, by simulating a known model with every particle:
 *
 *   q(a_t) ∝ p_a(a_t) exp( S / η ),   S = Σ_{τ<H} γ^τ E[ r_τ + β log p(x_τ | z) / p(x_τ) ] + γ^H E[ V ]
 *
 * V where the model has a value. With `risk: "evidence"` the mean over particles is taken of exp(S / η) instead.
 * Its workspaces are reserved in the core's memory once; plans reserve nothing. Plans of `iterated` start from the prior and are refined;
 * `smc` weighs and resamples step by step (`assembly/planner/smc.ts`).
 *
 * @throws TypeError when the model is none of {@link tabularPomdp} or {@link linearGaussianPomdp}, or a setting is unknown
 * @throws RangeError when a setting lies outside its range, or `klBudget` is asked of `evidence`
 *
 * @example
 * const core = await createCore({ bytes: 1 << 22 });
 * const planner = createBeliefPlanner(core, tabularPomdp(core, tiger()), { particles: 2, horizon: 1, temperature: 0.1 });
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: listen
 */
export function createBeliefPlanner(
  core: Core,
  model: KnownModel,
  settings: BeliefPlannerSettings = {},
): BeliefPlanner {
  expectModel(model);
  const complete = withDefaults(settings);
  expectSettings(complete, model);
  const buffers = allocateBuffers(core, model, complete);
  preparePlan(core, buffers, model, complete);
  let step = 0;
  return {
    plan(belief) {
      setBelief(buffers, model, belief);
      buffers.mean.fill(model.isDiscrete ? 1 / model.actionSize : 0);
      buffers.std.fill(complete.priorStd);
      if (model.isDiscrete && complete.prior.length > 0)
        buffers.mean.set(Array.from(buffers.mean, (_, i) => complete.prior[i % model.actionSize]));
      solve(core, buffers.plan, complete, step++);
      return posteriorOf(core, buffers, model, complete);
    },
  };
}

function expectModel(model: Partial<KnownModel> | null | undefined): void {
  if (model?.simulated?.words instanceof Uint32Array) return;
  const isObject = typeof model === "object" && model !== null;
  const got = isObject ? `an object of ${Object.keys(model).join(", ") || "nothing"}` : String(model);
  throw new TypeError(`model: expected tabularPomdp(…) or linearGaussianPomdp(…), got ${got}`);
}

type Buffers = ReturnType<typeof allocateBuffers>;

/** The plan, and the arrays that its kernels read and write. */
function allocateBuffers(core: Core, model: KnownModel, settings: CompleteSettings) {
  const { candidates: C, horizon: H, particles: M } = settings;
  const { actionSize: A, stateSize, isDiscrete } = model;
  const tiles = tilesFor(C);
  const groups = isDiscrete ? 1 : A;
  const bins = isDiscrete ? A : BINS;
  return {
    plan: allocatePlan(core),
    mean: core.f32(H * A),
    std: core.f32(H * A),
    info: core.f32(4),
    label: core.f32(groups * bins),
    temperatures: core.f32(1),
    beliefStates: core.f32(M * stateSize),
    beliefLogWeights: core.f32(M),
    work: {
      actions: core.f32(tiles * H * pad4(A) * TILE),
      scores: core.f32(tiles * TILE),
      weights: core.f32(tiles * TILE),
      priorRatios: core.f32(tiles * TILE),
      targets: core.f32(tiles * TILE),
      baselines: core.f32(tiles * TILE),
      ancestors: core.u32(C),
      spare: core.f32(C),
      input: core.f32((pad4(stateSize) + pad4(A)) * TILE),
      noise: core.f32(Math.max(stateSize, 1, H) * TILE),
      observations: core.f32(M * model.observationWidth * TILE),
    },
  };
}

function preparePlan(core: Core, buffers: Buffers, model: KnownModel, settings: CompleteSettings): void {
  const { work, plan, ...arrays } = buffers;
  const isSequential = settings.planner === "smc";
  const { isDiscrete, actionSize } = model;
  setPlan(core, plan, {
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
    model: model.simulated.words,
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
    ...(settings.prior.length > 0 && { prior: core.f32(settings.prior) }),
    ...work,
    ...arrays,
  });
  const sizes = cloudSizes(core, plan);
  setPlan(core, plan, {
    clouds: core.f32(sizes.clouds * TILE * (isSequential ? tilesFor(settings.candidates) : 1)),
    heads: core.f32(sizes.heads * TILE),
    rows: core.f32(sizes.rows * TILE),
  });
}

function setBelief(
  { beliefStates, beliefLogWeights }: Buffers,
  model: KnownModel,
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

function expectStates(model: KnownModel, states: ArrayLike<number>): void {
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
  { isDiscrete, actionSize }: KnownModel,
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
