import type { Core } from "./core.ts";
import { allocateFields, type FieldValues, type Instance, setFields } from "./fields.ts";

/** The fields of `assembly/simulation/model.ts`, in its order; each takes four bytes. */
const FIELDS = {
  kind: "u32",
  stateRows: "u32",
  actionSize: "u32",
  observationSize: "u32",
  observationKind: "u32",
  usesNoise: "u32",
  takesU: "u32",
  states: "u32",
  mixesMembers: "u32",
  latent: "array",
  transition: "array",
  reward: "array",
  ending: "array",
  observation: "array",
  observationStd: "array",
  value: "array",
  input: "array",
  output: "array",
} as const;

/** Kinds of models, as in `assembly/simulation/model.ts`. */
export const MODEL_KINDS = { tabular: 0, linearGaussian: 1, latent: 2 } as const;

/** Values of a model's fields. Shapes as in the kernel's `Model`. */
export type ModelValues = FieldValues<typeof FIELDS>;

/** A model that the kernels can simulate. */
export type SimulatedModel = Instance;

/** A model in `memory`, with its fields unset. */
export function allocateSimulatedModel(memory: Pick<Core, "u32">): SimulatedModel {
  return allocateFields(memory, FIELDS);
}

/**
 * Sets fields of a model.
 *
 * @throws TypeError when an array lies outside the core's memory; Error when this file and the kernels disagree about
 *         the fields
 */
export function setSimulatedModel(core: Core, model: SimulatedModel, values: Partial<ModelValues>): void {
  setFields(core, model, values, { name: "Model", kinds: FIELDS, bytes: core.kernels.modelBytes() });
}
