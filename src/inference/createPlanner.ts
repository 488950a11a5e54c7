import { createCore, measure } from "../core/core.ts";
import { allocatePlan, cloudSizes, setPlan } from "../core/planner.ts";
import type { KnownModel } from "../models/model.ts";
import { placeModel, simulationOf } from "../models/simulation.ts";
import {
  allocateBuffers,
  allocateClouds,
  type BeliefPlanner,
  expectModel,
  numbersOf,
  plannerOf,
} from "./beliefPlanner.ts";
import {
  type BeliefPlannerSettings,
  type CompleteSettings,
  expectSettings,
  withDefaults,
} from "./beliefSettings.ts";

/**
 * A planner of actions from a belief, by simulating a known model with every particle:
 *
 *   q(a_t) ∝ p_a(a_t) exp( S / η ),   S = Σ_{τ<H} γ^τ E[ r_τ + β log p(x_τ | z) / p(x_τ) ] + γ^H E[ V ]
 *
 * V where the model has a value. With `risk: "evidence"` the mean over particles is taken of exp(S / η) instead.
 * It has a memory of its own. Plans of `iterated` start from the prior and are refined; `smc` weighs and resamples step by
 * step (`assembly/planner/smc.ts`).
 *
 * @param model of {@link tabularModel} or {@link linearGaussianModel}
 * @throws TypeError when the model is none, or a setting is unknown
 * @throws RangeError when a setting lies outside its range, `klBudget` is asked of `evidence`, or the model has no actions
 *
 * @example
 * import { tiger } from "generative-agent/problems";
 * const planner = await createPlanner(tiger(), { particles: 2, horizon: 1, temperature: 0.1 });
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: listen
 */
export async function createPlanner(
  model: KnownModel,
  settings: BeliefPlannerSettings = {},
): Promise<BeliefPlanner> {
  expectModel(model);
  const bytes = await bytesOf(model, withDefaults(settings));
  return plannerOf(await createCore({ bytes }), model, settings);
}

/** Bytes that a planner takes. The kernels tell the size of clouds, once they see the model and the numbers of the plan. */
async function bytesOf(model: KnownModel, settings: CompleteSettings): Promise<number> {
  const modelBytes = measure((memory) => placeModel(memory, model));
  const core = await createCore({ bytes: modelBytes + measure(allocatePlan) });
  const simulation = simulationOf(core, model);
  expectSettings(settings, simulation);
  const plan = allocatePlan(core);
  setPlan(core, plan, numbersOf(simulation, settings));
  const sizes = cloudSizes(core, plan);
  const planBytes = measure((memory) => {
    allocateBuffers(memory, simulation, settings);
    allocateClouds(memory, sizes, settings);
  });
  return modelBytes + planBytes;
}
