import { createCore, measure } from "../core/core.ts";
import { isFunctions, type Model } from "../models/functions/model.ts";
import { hasTables, type KnownModel } from "../models/model.ts";
import { placeModel } from "../models/simulation.ts";
import { allocateClosed, closedPlannerOf, type PlanEnds } from "./closed/closedPlanner.ts";
import type { ExpectedAction } from "./closed/explainTree.ts";
import {
  expectActions,
  type PlannerOptions,
  type PosteriorSettings,
  resolvePlanner,
} from "./plannerOptions.ts";
import { allocatePosterior, expectModel, type PosteriorPlanner, plannerOf } from "./posterior.ts";
import { isTree } from "./rules.ts";

/** A planner over a known model, and what its last plan expects. */
export interface KnownPlanner extends PosteriorPlanner {
  /**
   * What the last plan expects of each first action: its weight, rewards and information step by step, and the belief that it leads to.
   *
   * @throws Error before the first plan, and where plans are no trees: with `search` "sequences" or "smc"
   */
  explain(): readonly ExpectedAction[];
}

/**
 * A planner of actions from a belief, by simulating a known model with every particle. `search` names what is computed:
 *
 *   "sequences"  q(a_{1:H}) ∝ p_a exp(S / η), S = Σ_{τ<H} γ^τ E[ r_τ + β log p(x_τ | z) / p(x_τ) ] + γ^H E[ V ]: plans are fixed in advance
 *   "smc"        the same, weighed and resampled step by step (`assembly/planner/smc.ts`)
 *   "closed"     q(a) ∝ p_a exp(Q(b, a) / η), Q = E[ r + β log p(x | z) / p(x) + γ V(b') ], V(b) = η log Σ_a p_a exp(Q(b, a) / η):
 *                observations that are simulated lead to beliefs, and later actions depend on them
 *   "prior"      as "closed" with later actions from the prior, V(b) = Σ_a p_a Q(b, a): the exponent of their mean, [E8]
 *
 * V at the horizon where the model has a value. With `risk: "evidence"` sequences take the mean over particles of exp(S / η) instead. It has
 * a memory of its own.
 *
 * @param model of {@link tabularModel} or {@link linearGaussianModel}, of `sparseModel` or `readPomdp`, or the functions of a {@link Model}, whose plans are trees of
 *   beliefs: "closed" unless `search` is "prior"
 * @param practised the value of beliefs that trees end in: of `practise` for models in functions, of `solvePomdp` for tables. Left out: the
 *   model's `value`, or 0
 * @throws TypeError when the model is none, an option is unknown, or `practised` is of another kind of model
 * @throws RangeError when an option lies outside its range or has no effect beside the others, `practised` among them, or the model has no actions
 *
 * @example
 * import { tiger } from "generative-agent/problems";
 * const planner = await createPlanner(tiger(), { particles: 2, horizon: 1, temperature: 0.1 });
 * planner.plan({ states: [0, 1], logWeights: [0, 0] }).action; // 0: listen
 */
export async function createPlanner(
  model: KnownModel | Model,
  options: PlannerOptions = {},
  practised?: PlanEnds,
): Promise<KnownPlanner> {
  const settings = resolvePlanner(isFunctions(model) ? { search: "closed", ...options } : options);
  if (isFunctions(model) || settings.search === "closed" || settings.search === "prior")
    return closed(model, settings, practised);
  if (practised !== undefined)
    throw new RangeError(
      `practised: expected search "closed" or "prior" beside it, got "${settings.search}"`,
    );
  expectModel(model);
  const planner = plannerOf(await createCore({ bytes: bytesOf(model, settings) }), model, settings);
  const explain = () => {
    throw new Error(`explain: expected search "closed" or "prior", got "${settings.search}"`);
  };
  return { ...planner, explain };
}

/** A planner whose plans are trees of beliefs. */
async function closed(
  model: KnownModel | Model,
  settings: PosteriorSettings,
  ends: PlanEnds | undefined,
): Promise<KnownPlanner> {
  if (!isTree(settings))
    throw new RangeError(
      `search: expected "closed" or "prior" for a model in functions, got "${settings.search}"`,
    );
  if (!isFunctions(model) && !hasTables(model)) {
    expectModel(model);
    throw new RangeError(
      `search: expected "sequences" or "smc" for a linear-Gaussian model, got "${settings.search}": in functions it can be planned in closed loop`,
    );
  }
  const bytes = measure((memory) => allocateClosed(memory, settings));
  return closedPlannerOf(await createCore({ bytes }), model, settings, ends);
}

/** Bytes that a planner takes with its model. */
function bytesOf(model: KnownModel, settings: PosteriorSettings): number {
  return measure((memory) => {
    const placed = placeModel(memory, model);
    expectActions(settings, placed);
    allocatePosterior(memory, placed, settings);
  });
}
