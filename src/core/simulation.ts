import type { Core } from "./core.ts";
import { allocateFields, type Instance, setFields } from "./fields.ts";
import { MODEL, type ModelValues } from "./generated/records.ts";

/** Kinds of models, as in `assembly/simulation/model.ts`. */
export const MODEL_KINDS = { tabular: 0, linearGaussian: 1, latent: 2, ensemble: 3 } as const;

/** A model that the kernels can simulate. */
export type SimulatedModel = Instance;

/** A model in `memory`, with its fields unset. */
export function allocateSimulatedModel(memory: Pick<Core, "u32">): SimulatedModel {
  return allocateFields(memory, MODEL);
}

/**
 * Sets fields of a model.
 *
 * @throws TypeError when an array lies outside the core's memory
 */
export function setSimulatedModel(core: Core, model: SimulatedModel, values: Partial<ModelValues>): void {
  setFields(core, model, MODEL, values);
}
