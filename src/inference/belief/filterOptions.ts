import type { Given, Resolved } from "../../core/options.ts";
import { resolve } from "../../core/resolve.ts";
import type { Model } from "../../models/functions/model.ts";
import { hasTables, isLinearGaussian, type KnownModel, type StateSpaceModel } from "../../models/model.ts";
import { FILTER } from "../options.ts";
import { FILTER_RULES } from "../rules.ts";

/** Options of `createFilter`; every one has a default. */
export interface FilterOptions extends Given<typeof FILTER, "filter"> {}

/** Options with every default. */
export interface FilterSettings extends Resolved<typeof FILTER, "filter"> {}

/**
 * The options of a filter, with a default for each that is left out or undefined.
 *
 * @throws TypeError when a name is unknown, RangeError when a value is out of its range
 */
export function resolveFilter(options: FilterOptions): FilterSettings {
  return resolve(FILTER, options, { serves: "filter" });
}

/** As `resolveFilter`, for a model. @throws RangeError when an option has no effect on the kind of the model */
export function resolveFilterOf(
  model: KnownModel | Model | StateSpaceModel,
  options: FilterOptions,
): FilterSettings {
  const facts = { isTabular: hasTables(model), isLinearGaussian: isLinearGaussian(model) };
  return resolve(FILTER, options, { serves: "filter", rules: FILTER_RULES, facts });
}
