import type { Core } from "../core/core.ts";
import { widestHidden } from "../core/mlp.ts";
import { observationKinds } from "../core/observationKind.ts";
import { type Plan, planSequentially, propose, rolloutBelief, setPlan, weigh } from "../core/planner.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../core/simulation.ts";
import { pad4, TILE, tilesFor } from "../core/tiles.ts";
import type { LatentModel } from "../models/latentModel.ts";
import type { Memory } from "../models/network.ts";
import {
  allocatePlanner,
  type Planner,
  type PlannerSettings,
  planValues,
  type Round,
  refinePlans,
} from "./planner.ts";

/** Settings of a planner from beliefs; the symbols are those of `assembly/planner/plan.ts`. */
export interface LatentPlannerSettings extends PlannerSettings {
  /** `iterated`: whole candidates are weighed; `smc`: step by step, with resampling (`assembly/planner/smc.ts`). */
  readonly planner: "iterated" | "smc";
  /** ε > 0 in nats: η by the dual, so that the weights lie about ε from the proposal; 0: `temperature`. */
  readonly klBudget: number;
  /** M, particles of the belief that a plan simulates. */
  readonly particles: number;
  readonly conditioning: "path" | "belief" | "member";
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

/** States that a ratio along the path compares a particle's own with: fresh ones, or those of the other members. */
function siblingsOf(
  { members }: LatentModel["sizes"],
  { conditioning, contrasts }: Pick<LatentPlannerSettings, "conditioning" | "contrasts">,
): number {
  return conditioning === "member" ? members - 1 : contrasts;
}

/** What the kernels write before they read: planners may share it. */
export type LatentWorkspaces = ReturnType<typeof allocateLatentWorkspaces>;

export function allocateLatentWorkspaces(
  memory: Memory,
  { sizes }: LatentModel,
  settings: LatentPlannerSettings,
  plans: number,
) {
  const { particles: M, candidates, horizon, conditioning } = settings;
  const { latentSize: Z, observationSize: X, coding, hidden } = sizes;
  const tiles = tilesFor(plans * candidates);
  const lanes = tiles * TILE;
  const isSequential = settings.planner === "smc";
  const pitch = pad4(Z + 1);
  // room for the ratio too where it is not weighed yet: its weight may change
  const isMixed = conditioning === "belief";
  const slots = isMixed ? M : siblingsOf(sizes, settings) + 1;
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
      clouds: memory.f32((M * (pitch + 3) + (isMixed ? M * M : 0)) * TILE * (isSequential ? tiles : 1)),
      heads: memory.f32(slots * pad4(2 * X) * TILE),
      rows: memory.f32((5 * slots + pitch) * TILE),
      observations: memory.f32(M * pad4(X) * TILE),
      temperatures: memory.f32(plans),
    },
    sequential: isSequential && {
      priorRatios: memory.f32(lanes),
      baselines: memory.f32(lanes),
      ancestors: memory.u32(candidates),
      spare: memory.f32(candidates),
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
  const { coding, latentSize: Z, observationSize: X, observationKind } = model.sizes;
  setSimulatedModel(core, workspaces.model, {
    kind: MODEL_KINDS.latent,
    stateRows: Z + 1,
    actionSize: coding.size,
    observationSize: X,
    observationKind: observationKinds.indexOf(observationKind),
    usesNoise: Number(settings.simulatesNoise),
    takesU: 0,
    mixesMembers: Number(settings.conditioning === "member"),
    latent: model.record.words,
  });
  setPlan(core, planner.plan, {
    ...planValues(planner, model.habit, seed),
    particles: settings.particles,
    // tempering one step's weights alone would bend the posterior
    essShare: settings.planner === "smc" ? 0 : settings.essShare,
    klBudget: settings.klBudget,
    model: workspaces.model.words,
    conditionsOnBelief: Number(settings.conditioning === "belief"),
    contrasts: siblingsOf(model.sizes, settings),
    usesEvidence: Number(settings.risk === "evidence"),
    beliefStates: states,
    beliefLogWeights: logWeights,
    ...workspaces.plan,
    ...workspaces.sequential,
  });
}

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
  { planner, settings }: LatentPlanner,
  { informationWeight, usesHabit, usesValue }: LatentKnowledge,
  round: Round,
): void {
  const values = { informationWeight, usesValue: Number(usesValue) };
  const weighCandidates = settings.planner === "smc" ? planSequentially : weighWhole;
  refinePlans(core, planner, { usesHabit, values, weighCandidates }, round);
}

/** Proposes whole candidates, simulates them from the belief and weighs them. */
function weighWhole(core: Core, plan: Plan): void {
  propose(core, plan);
  rolloutBelief(core, plan);
  weigh(core, plan);
}
