import { type Core, createCore, measure } from "../../core/core.ts";
import { isFunctions, type Model, shapeOf } from "../../models/functions/model.ts";
import { stateSpaceOf } from "../../models/functions/stateSpace.ts";
import {
  hasTables,
  isKnownModel,
  type KnownModel,
  type StateSpaceModel,
  shownModel,
} from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import type { TabularModel } from "../../models/tabular.ts";
import { type ExactFilter, exactFilter } from "./exact.ts";
import { allocateFilter, type ParticleFilter, particleFilter } from "./filter.ts";
import { type FilterOptions, type FilterSettings, resolveFilterOf } from "./filterOptions.ts";
import { allocateLinearGaussianProposal, linearGaussianProposal } from "./linearGaussianProposal.ts";
import { allocateTabularProposal, INDEX, tabularProposal } from "./tabularProposal.ts";

/**
 * A filter: the belief about the state of a model, from what is seen of it. In a memory of its own.
 *
 * @param model of {@link tabularModel} or {@link linearGaussianModel}, or of `sparseModel` or `readPomdp`, the functions of a
 *   {@link Model}, which planners take too, or those of a {@link StateSpaceModel}, which proposes its particles itself
 * @throws TypeError when the model is none, or an option is unknown
 * @throws RangeError when an option is out of its range or does not go with the model, or the model has no `initial`
 *
 * @example
 * const walk = linearGaussianModel({
 *   transition: [[1]], observation: [[1]], transitionCovariance: [[0.1]], observationCovariance: [[1]],
 *   initial: { mean: [0], covariance: [[1]] },
 * });
 * const filter = await createFilter(walk, { particles: 256, proposal: "optimal", seed: 1 });
 * filter.update({ observation: [0] }).logEvidence; // -1.266: log N(0; 0, 2)
 * filter.update().logEvidenceIncrement; // 0.00: nothing was seen
 * for (const observation of [[0.1], [0.3], [0.2]]) filter.update({ observation });
 * Math.abs(filter.moments().mean[0] - 0.2) < 0.1; // true
 */
export function createFilter(
  model: TabularModel | SparseModel,
  options: FilterOptions & { readonly method: "exact" },
): Promise<ExactFilter>;
export function createFilter(
  model: KnownModel | Model | StateSpaceModel,
  options?: FilterOptions & { readonly method?: "particles" },
): Promise<ParticleFilter>;
export async function createFilter(
  model: KnownModel | Model | StateSpaceModel,
  options: FilterOptions = {},
): Promise<ExactFilter | ParticleFilter> {
  expectModel(model);
  const settings = resolveFilterOf(model, options);
  if (settings.method === "exact" && hasTables(model))
    return exactFilter(await createCore({ bytes: 0 }), model);
  const bytes = measure((memory) => reserveFilter(memory, model, settings));
  return filterOf(await createCore({ bytes }), model, settings);
}

/** A particle filter over any model, in the core's memory. */
export function filterOf(
  core: Core,
  model: KnownModel | Model | StateSpaceModel,
  options: FilterOptions = {},
): ParticleFilter {
  const settings = resolveFilterOf(model, options);
  if (isFunctions(model)) return particleFilter(core, stateSpaceOf(core, model), settings);
  if (!isKnownModel(model)) return particleFilter(core, model, settings);
  const stateSpace = hasTables(model)
    ? tabularProposal(core, model, allocateTabularProposal(core, settings))
    : linearGaussianProposal(core, model, allocateLinearGaussianProposal(core, model, settings));
  return particleFilter(core, stateSpace, settings);
}

/** What `filterOf` reserves. */
function reserveFilter(
  memory: Memory,
  model: KnownModel | Model | StateSpaceModel,
  settings: FilterSettings,
): void {
  if (isFunctions(model)) allocateFilter(memory, shapeOf(model), settings);
  else if (!isKnownModel(model)) allocateFilter(memory, model, settings);
  else if (hasTables(model)) {
    allocateTabularProposal(memory, settings);
    allocateFilter(memory, INDEX, settings);
  } else {
    allocateLinearGaussianProposal(memory, model, settings);
    allocateFilter(memory, model, settings);
  }
}

function expectModel(model: Partial<KnownModel & StateSpaceModel> | Model | null | undefined): void {
  if (isKnownModel(model) || isFunctions(model)) return;
  if (typeof model?.initialise === "function" && typeof model.step === "function") return;
  throw new TypeError(
    `model: expected tabularModel(…), linearGaussianModel(…) or the functions initial (or initialise) and step, got ${shownModel(model)}`,
  );
}
