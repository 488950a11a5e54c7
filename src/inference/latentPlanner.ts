import type { Core } from "../core/core.ts";
import { widestHidden } from "../core/mlp.ts";
import { rolloutBelief, setPlan } from "../core/planner.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../core/simulation.ts";
import { pad4, TILE, tilesFor } from "../core/tiles.ts";
import type { LatentModel } from "../models/latentModel.ts";
import type { Memory } from "../models/network.ts";
import { allocatePlanner, type Planner, type PlannerSettings, type Round, refinePlans } from "./planner.ts";

/** Settings of a planner from beliefs; the symbols are those of `assembly/planner/plan.ts`. */
export interface LatentPlannerSettings extends PlannerSettings {
  /** M, particles of the belief that a plan simulates. */
  readonly particles: number;
  readonly conditioning: "path" | "belief" | "step";
  /** K, fresh states that the ratio contrasts with, where it is conditioned on the path. */
  readonly contrasts: number;
  readonly risk: "variational" | "evidence";
}

/** Plans from several beliefs side by side. */
export interface LatentPlanner {
  readonly planner: Planner;
  readonly settings: LatentPlannerSettings;
  /** [plans][M][Z + 1] particles (z, e), all of equal weight. */
  readonly states: Float32Array;
  readonly logWeights: Float32Array;
}

/** The planner's idea of the model's sizes: a state is (z, e). */
function plannedSizes({ sizes }: LatentModel) {
  const { latentSize, coding, members, hidden, activation } = sizes;
  return { observationSize: latentSize + 1, coding, members, hidden, activation };
}

export function allocateLatentPlanner(
  memory: Memory,
  model: LatentModel,
  settings: LatentPlannerSettings,
  plans: number,
): LatentPlanner {
  return {
    planner: allocatePlanner(memory, plannedSizes(model), settings, plans),
    settings,
    states: memory.f32(plans * settings.particles * (model.sizes.latentSize + 1)),
    logWeights: memory.f32(plans * settings.particles),
  };
}

/** What the kernels write before they read: planners may share it. */
export type LatentWorkspaces = ReturnType<typeof allocateLatentWorkspaces>;

export function allocateLatentWorkspaces(
  memory: Memory,
  { sizes }: LatentModel,
  { particles: M, candidates, horizon, informationWeight, conditioning, contrasts }: LatentPlannerSettings,
  plans: number,
) {
  const { latentSize: Z, observationSize: X, coding, hidden } = sizes;
  const lanes = tilesFor(plans * candidates) * TILE;
  const pitch = pad4(Z + 1);
  const isMixed = informationWeight !== 0 && conditioning !== "path";
  const slots = informationWeight === 0 ? 1 : isMixed ? M : contrasts + 1;
  return {
    model: allocateSimulatedModel(memory),
    plan: {
      actions: memory.f32(lanes * horizon * pad4(coding.size)),
      scores: memory.f32(lanes),
      weights: memory.f32(lanes),
      input: memory.f32(pad4(Z + 1 + coding.size) * TILE),
      hidden: memory.f32(2 * widestHidden([0, ...hidden, 0]) * TILE),
      noise: memory.f32(Math.max(Z + 1, 2 * coding.size) * TILE),
      logits: memory.f32(pad4(coding.groups * coding.bins) * TILE),
      clouds: memory.f32((M * (pitch + 3) + (isMixed ? M * M : 0)) * TILE),
      heads: memory.f32(slots * pad4(2 * X) * TILE),
      rows: memory.f32((5 * slots + pitch) * TILE),
      observations: memory.f32(M * pad4(X) * TILE),
    },
  };
}

/** Binds a planner to its model, and to workspaces that planners share. */
export function prepareLatentPlanner(
  core: Core,
  { planner, settings, states, logWeights }: LatentPlanner,
  model: LatentModel,
  { seed, workspaces }: { readonly seed: readonly [number, number]; readonly workspaces: LatentWorkspaces },
): void {
  const { coding, latentSize: Z, observationSize: X, members, observationKind } = model.sizes;
  setSimulatedModel(core, workspaces.model, {
    kind: MODEL_KINDS.latent,
    stateRows: Z + 1,
    actionSize: coding.size,
    observationSize: X,
    isCategorical: Number(observationKind === "categorical"),
    usesNoise: Number(settings.simulatesNoise),
    takesU: 0,
    latent: model.record.words,
  });
  setPlan(core, planner.plan, {
    plans: planner.plans,
    candidates: settings.candidates,
    horizon: settings.horizon,
    observationSize: Z + 1,
    actionSize: coding.size,
    isDiscrete: Number(coding.isDiscrete),
    members,
    particles: settings.particles,
    bins: coding.bins,
    usesInformation: Number(settings.informationWeight !== 0),
    discount: settings.discount,
    temperature: settings.temperature,
    essShare: settings.essShare,
    minimumStd: settings.minimumStd,
    uniformShare: UNIFORM_SHARE,
    correlation: settings.correlation,
    seedLow: seed[0],
    seedHigh: seed[1],
    habitShape: model.habit.shape,
    habitParameters: model.habit.parameters,
    mean: planner.mean,
    std: planner.std,
    info: planner.info,
    label: planner.label,
    model: workspaces.model.words,
    conditionsOnBelief: Number(settings.conditioning !== "path"),
    restartsBelief: Number(settings.conditioning === "step"),
    contrasts: settings.contrasts,
    usesEvidence: Number(settings.risk === "evidence"),
    beliefStates: states,
    beliefLogWeights: logWeights,
    ...workspaces.plan,
  });
}

/** Share of the uniform distribution in a refined discrete plan. */
const UNIFORM_SHARE = 0.05;

/** What plans may rely on by now. */
export interface LatentKnowledge {
  /** β by now. */
  readonly informationWeight: number;
  readonly usesHabit: boolean;
  readonly usesValue: boolean;
}

/** Infers q(a) for the beliefs in `states`; as `solvePlans`. */
export function solveLatentPlans(
  core: Core,
  { planner }: LatentPlanner,
  { informationWeight, usesHabit, usesValue }: LatentKnowledge,
  round: Round,
): void {
  const values = { informationWeight, usesValue: Number(usesValue) };
  refinePlans(core, planner, { usesHabit, values, simulate: rolloutBelief }, round);
}
