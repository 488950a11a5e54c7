import { createCore, measure } from "../core/core.ts";
import type { KnownModel } from "../models/model.ts";
import { placeModel } from "../models/simulation.ts";
import {
  expectActions,
  type PlannerOptions,
  type PosteriorSettings,
  resolvePlanner,
} from "./plannerOptions.ts";
import { allocatePosterior, expectModel, type PosteriorPlanner, plannerOf } from "./posterior.ts";

/**
 * A planner of actions from a belief, by simulating a known model with every particle:
 *
 *   q(a_t) ∝ p_a(a_t) exp( S / η ),   S = Σ_{τ<H} γ^τ E[ r_τ + β log p(x_τ | z) / p(x_τ) ] + γ^H E[ V ]
 *
 * V where the model has a value. With `risk: "evidence"` the mean over particles is taken of exp(S / η) instead.
 * It has a memory of its own. With `search: "sequences"` plans start from the prior and are refined; "smc" weighs and
 * resamples step by step (`assembly/planner/smc.ts`).
 *
 * @param model of {@link tabularModel} or {@link linearGaussianModel}
 * @throws TypeError when the model is none, or an option is unknown
 * @throws RangeError when an option lies outside its range or has no effect beside the others, or the model has no actions
 *
 * @example
 * import { tiger } from "generative-agent/problems";
 * const planner = await createPlanner(tiger(), { particles: 2, horizon: 1, temperature: 0.1 });
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: listen
 */
export async function createPlanner(
  model: KnownModel,
  settings: PlannerOptions = {},
): Promise<PosteriorPlanner> {
  expectModel(model);
  const bytes = bytesOf(model, resolvePlanner(settings));
  return plannerOf(await createCore({ bytes }), model, settings);
}

/** Bytes that a planner takes with its model. */
function bytesOf(model: KnownModel, settings: PosteriorSettings): number {
  return measure((memory) => {
    const placed = placeModel(memory, model);
    expectActions(settings, placed);
    allocatePosterior(memory, placed, settings);
  });
}
