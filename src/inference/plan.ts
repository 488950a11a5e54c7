/** The kernels' record of a plan (`assembly/planner/plan.ts`) and the arrays that it refers to, for any simulated model. */
import type { Core } from "../core/core.ts";
import type { Resolved } from "../core/options.ts";
import { allocatePlan, type Plan, setPlan } from "../core/planner.ts";
import { pad4, TILE, tilesFor } from "../core/tiles.ts";
import type { Memory } from "../models/network.ts";
import type { Simulated } from "../models/simulated.ts";
import type { PLAN } from "./options.ts";

type Rows = Resolved<typeof PLAN, "observed" | "latent" | "search">;

/** Settings of a planner; the rest is for those of beliefs alone, or of agents alone. */
export interface PlannerSettings
  extends Pick<
      Rows,
      "candidates" | "horizon" | "temperature" | "discount" | "informationWeight" | "essShare" | "minimumStd"
    >,
    Partial<
      Pick<
        Rows,
        | "search"
        | "particles"
        | "habitShare"
        | "klBudget"
        | "conditioning"
        | "contrasts"
        | "risk"
        | "correlation"
        | "stopShare"
        | "sharesDraws"
        | "priorWeight"
        | "broadShare"
      >
    > {
  /** Steps of plans that look further; left out: H. */
  readonly farHorizon?: number;
  /** Standard deviation of the reward as a part of the observation; 0: the ratio of the observation alone. */
  readonly observedRewardStd?: number;
  /** The action prior of complete sequences in the weights, and what it adds to the proposal; else `priorWeight` is of the habit. */
  readonly prior?: PriorSettings;
}

/** Where the action prior is in the weights instead of among the candidates. */
export interface PriorSettings {
  /** κ. */
  readonly weight: number;
  /** σ of u (continuous). */
  readonly std: number;
  /** [A] probabilities (discrete); none: all alike. */
  readonly probabilities: readonly number[];
  /** Share of a broad distribution in the proposal of `smc`. */
  readonly broadShare: number;
}

/** Plans for several beliefs side by side. */
export interface Planner {
  readonly plans: number;
  readonly model: Simulated;
  readonly settings: PlannerSettings;
  readonly plan: Plan;
  /** [plans][M][stateRows] particles of the beliefs that plans start from. */
  readonly states: Float32Array;
  /** [plans][M] in nats, unnormalised; not read where states are observed: there all particles are equally likely. */
  readonly logWeights: Float32Array;
  readonly record: {
    /** [A] probabilities of the prior. */
    readonly prior: Float32Array;
    /** [G] bins of each group of the action. */
    readonly sizes: Uint32Array;
    /** [plans][A] 1 where the first action may take a choice, else 0; written before it is used. */
    readonly mask: Float32Array;
    /** [4] ρ of the candidates' noise, of four candidates each in turn. */
    readonly persistence: Float32Array;
    /** Whether plans weigh information by now. */
    isInformed: boolean;
    /** Steps of plans by now. */
    horizon: number;
    /** η of the last plan, in units of reward, where no budget decides it. */
    temperature: number;
  };
  /** [plans][H][A] μ of u before tanh, or probabilities of discrete actions; H of `record`, with room for the longest. */
  readonly mean: Float32Array;
  /** [plans][H][A] σ of u; unused for discrete actions. */
  readonly std: Float32Array;
  /** [plans][4] value Σ w·score, tempering k, effective sample size, best score. */
  readonly info: Float32Array;
  /** [plans][labels] posterior of the first action, one group after the other. */
  readonly label: Float32Array;
  /** [plans] η that the dual found, where there is a budget. */
  readonly temperatures: Float32Array;
}

export function allocatePlanner(
  memory: Memory,
  model: Simulated,
  settings: PlannerSettings,
  plans: number,
): Planner {
  const { coding, stateRows } = model;
  const M = mostParticles(model, settings);
  const size = plans * longestHorizon(settings) * coding.size;
  return {
    plans,
    model,
    settings,
    plan: allocatePlan(memory),
    states: memory.f32(plans * M * stateRows),
    logWeights: memory.f32(plans * M),
    record: {
      prior: memory.f32(settings.prior?.probabilities ?? 0),
      sizes: memory.u32(coding.groups),
      mask: memory.f32(coding.isDiscrete ? plans * coding.size : 0),
      persistence: memory.f32(persistenceOf(settings)),
      isInformed: settings.informationWeight !== 0,
      horizon: settings.horizon,
      temperature: fixedTemperature(settings.temperature),
    },
    mean: memory.f32(size),
    std: memory.f32(size),
    info: memory.f32(plans * 4),
    label: memory.f32(plans * coding.labels),
    temperatures: memory.f32(plans),
  };
}

/** ρ of four candidates each, in turn: most swing, some hesitate, some go straight on. */
export const SPECTRUM = [0.8, 0, 0.95, 0.5];

function persistenceOf({ correlation = 0 }: PlannerSettings): readonly number[] {
  return SPECTRUM.map((rho) => (correlation === "spectrum" ? rho : correlation));
}

/** η as it is given; 1 until it is found. */
export function fixedTemperature(temperature: number | "auto"): number {
  return temperature === "auto" ? 1 : temperature;
}

function mostParticles({ isObserved, members }: Simulated, { particles = 1 }: PlannerSettings): number {
  return isObserved && particles === 1 ? members : particles;
}

/** Steps of the longest plans. */
export function longestHorizon({ horizon, farHorizon = 0 }: PlannerSettings): number {
  return Math.max(horizon, farHorizon);
}

/** M by now: with information one particle of an observed state, whose steps all members predict. */
export function particlesOf({
  model,
  settings,
  record,
}: Pick<Planner, "model" | "settings" | "record">): number {
  return model.isObserved && record.isInformed ? 1 : mostParticles(model, settings);
}

/** States that a ratio along the path compares a particle's own with. */
export function contrastsOf(
  { members }: Simulated,
  { conditioning, contrasts = 0 }: PlannerSettings,
): number {
  return conditioning === "member" ? members - 1 : contrasts;
}

/** Whether plans that seek information compare what the members of a model with a hidden state predict. */
export function comparesMembers({ members, isObserved }: Simulated): boolean {
  return members > 1 && !isObserved;
}

/** Whether the habit is the prior in the weights, of the first action. */
export function weighsHabit({ prior, priorWeight = 0 }: PlannerSettings): boolean {
  return prior === undefined && priorWeight > 0;
}

/** Arrays that the kernels write before they read: planners may share them. */
export type Workspaces = ReturnType<typeof allocateWorkspaces>;

/** Workspaces of up to so many plans; with room for the ratio too where it is not weighed yet: its weight may change. */
export function allocateWorkspaces(
  memory: Memory,
  model: Simulated,
  settings: PlannerSettings,
  plans: number,
) {
  const { candidates: C, conditioning, prior } = settings;
  const H = longestHorizon(settings);
  const { coding, stateRows, headRows, ratioRows } = model;
  const M = mostParticles(model, settings);
  const tiles = tilesFor(plans * C);
  const lanes = tiles * TILE;
  const pitch = pad4(stateRows);
  const isMixed = conditioning === "belief";
  const slots = Math.max(
    isMixed ? M : contrastsOf(model, settings) + 1,
    comparesMembers(model) ? model.members : 0,
  );
  const isSequential = settings.search === "smc";
  const broadRows = prior ? H : 0;
  const hasPrior = prior !== undefined || weighsHabit(settings);
  return {
    actions: memory.f32(lanes * H * pad4(coding.size)),
    scores: memory.f32(lanes),
    weights: memory.f32(lanes),
    features: memory.f32(pitch * TILE),
    action: memory.f32(pad4(coding.size) * TILE),
    noise: memory.f32(Math.max(stateRows, 2 * coding.size, broadRows) * TILE),
    clouds: memory.f32((M * (pitch + 4) + (isMixed ? M * M : 0)) * TILE * (isSequential ? tiles : 1)),
    rows: memory.f32((5 * slots + pitch) * TILE),
    heads: memory.f32(slots * headRows * TILE),
    observations: memory.f32(M * ratioRows * TILE),
    ...((isSequential || hasPrior) && { priorRatios: memory.f32(lanes) }),
    ...(hasPrior && { targets: memory.f32(lanes) }),
    ...(weighsHabit(settings) && { firstPriors: memory.f32(plans * 3 * coding.labels) }),
    ...(!coding.isDiscrete && { modes: memory.f32((coding.size + 3) * C + 3 * coding.size) }),
    ...(isSequential && {
      baselines: memory.f32(lanes),
      ancestors: memory.u32(C),
      spare: memory.f32(C),
    }),
  };
}

/** Steps after each of which a share of what is alive ends in the value. */
const STOP_EVERY = 5;
/** The same for plans from a belief. The value accounts for reacting to the first observation; a fixed sequence does not. */
const FIRST_STOP = 1;
/** Share of the uniform distribution in a refined discrete plan. */
const UNIFORM_SHARE = 0.05;
/** σ of the broad distribution, in those of the prior. */
const BROAD = 3;

/** Binds a planner to its model, and to workspaces that planners share. */
export function preparePlanner(
  core: Core,
  planner: Planner,
  { seed, workspaces }: { readonly seed: readonly [number, number]; readonly workspaces: Workspaces },
): void {
  const { plans, model, settings, plan } = planner;
  const { candidates, horizon, discount, minimumStd, klBudget = 0 } = settings;
  const { stopShare = 0, sharesDraws = false } = settings;
  const { coding, guide, isObserved } = model;
  const { mean, std, info, label, temperatures, states, logWeights } = planner;
  const isSequential = settings.search === "smc";
  setPlan(core, plan, {
    ...{ plans, candidates, horizon, groups: coding.groups.length, sizes: planner.record.sizes },
    actionSize: coding.size,
    isDiscrete: Number(coding.isDiscrete),
    conditionsOnBelief: Number(settings.conditioning === "belief"),
    usesEvidence: Number(settings.risk === "evidence"),
    ...{ discount, temperature: fixedTemperature(settings.temperature), minimumStd, klBudget },
    ...{ uniformShare: UNIFORM_SHARE, stopShare, stopEvery: stopShare > 0 ? STOP_EVERY : 0 },
    stopFirst: isObserved ? STOP_EVERY : FIRST_STOP,
    ...{ persistence: planner.record.persistence, sharesDraws: Number(sharesDraws) },
    contrasts: contrastsOf(model, settings),
    rewardNoise: settings.observedRewardStd ?? 0,
    // tempering one step's weights alone would bend the posterior
    essShare: isSequential ? 0 : settings.essShare,
    seedLow: seed[0],
    seedHigh: seed[1],
    model: model.record.words,
    ...(guide && { guide: guide.record.words }),
    beliefStates: states,
    ...(!isObserved && { beliefLogWeights: logWeights }),
    ...{ mean, std, info, label, temperatures },
    ...workspaces,
  });
  if (settings.prior) bindPrior(core, planner, settings.prior);
  else if (weighsHabit(settings)) setPlan(core, plan, { weighsHabit: 1, priorStd: 1 });
  weighInformation(core, planner, settings.informationWeight !== 0);
}

function bindPrior(
  core: Core,
  { plan, record: { prior }, settings }: Planner,
  { weight, std, broadShare }: PriorSettings,
): void {
  const isSequential = settings.search === "smc";
  setPlan(core, plan, {
    priorWeight: weight,
    priorStd: std,
    ...(prior.length > 0 && { prior }),
    broadShare: isSequential ? broadShare : 0,
    broadStd: BROAD * std,
    drawsCentre: Number(isSequential),
  });
}

/** Sets for a planner and its kernels whether plans weigh information. */
export function weighInformation(core: Core, planner: Planner, isInformed: boolean): void {
  planner.record.isInformed = isInformed;
  setPlan(core, planner.plan, { usesInformation: Number(isInformed), particles: particlesOf(planner) });
}

/** Sets for a planner and its kernels how many steps plans have. */
export function setHorizon(core: Core, { plan, record, settings }: Planner, isFar: boolean): void {
  const { horizon, farHorizon = horizon } = settings;
  record.horizon = isFar ? farHorizon : horizon;
  setPlan(core, plan, { horizon: record.horizon });
}
