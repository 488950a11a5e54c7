import type { Core } from "./core.ts";
import { expectMultiple, expectShape } from "./expect.ts";
import { allocateRecord, type KernelRecord, setRecord, type Values } from "./record.ts";
import { TILE } from "./tiles.ts";

/** The fields of `assembly/latent/model.ts`, in its order. */
const MODEL = {
  latentSize: "u32",
  observationSize: "u32",
  actionSize: "u32",
  members: "u32",
  observationKind: "u32",
  recognisesReward: "u32",
  hasEndings: "u32",
  rewardStd: "f32",
  transitionShape: "array",
  transitionParameters: "array",
  transitionStride: "u32",
  recognitionShape: "array",
  recognitionParameters: "array",
  observationShape: "array",
  observationParameters: "array",
  outcomeShape: "array",
  outcomeParameters: "array",
  observationStd: "array",
} as const;

/** Those of `Evidence` in `assembly/latent/decode.ts`. */
const EVIDENCE = {
  observations: "array",
  seen: "array",
  arrivals: "array",
  rewards: "array",
  endingRewards: "array",
  ended: "array",
  counts: "array",
  rewardClip: "f32",
  endingOffset: "f32",
} as const;

/** Those of `assembly/latent/chunk.ts`. */
const CHUNK = {
  model: "array",
  steps: "u32",
  overshoot: "u32",
  overshootFrom: "u32",
  contrasts: "u32",
  marginalWeight: "f32",
  overshootWeight: "f32",
  seedLow: "u32",
  seedHigh: "u32",
  stream: "u32",
  step: "u32",
  ...EVIDENCE,
  valid: "array",
  dTransition: "array",
  dRecognition: "array",
  dObservation: "array",
  dOutcome: "array",
  latents: "array",
  dLatents: "array",
  noise: "array",
  bases: "array",
  coefficients: "array",
  logLikelihoods: "array",
  transitionTraces: "array",
  recognitionTraces: "array",
  observationTraces: "array",
  outcomeTraces: "array",
  freshLatents: "array",
  freshNoise: "array",
  dFresh: "array",
  imagined: "array",
  dImagined: "array",
  imaginedTransitionTraces: "array",
  imaginedObservationTrace: "array",
  imaginedOutcomeTrace: "array",
  imaginedLogLikelihoods: "array",
  terms: "array",
  rows: "array",
} as const;

/** Those of `assembly/latent/filter.ts`. */
const FILTER = {
  model: "array",
  ...EVIDENCE,
  isFirst: "u32",
  isSeen: "u32",
  noise: "array",
  input: "array",
  heads: "array",
  correction: "array",
  prior: "array",
  outputs: "array",
  hidden: "array",
} as const;

/** How a latent model sees: the codes of `assembly/latent/model.ts`, in order. */
export const observationKinds = ["gaussian", "bernoulli", "categorical"] as const;
export type ObservationKind = (typeof observationKinds)[number];

/** A record of the latent model's kernels: what it is set to. */
export type LatentModelValues = Values<typeof MODEL>;
export type ChunkValues = Values<typeof CHUNK>;
export type LatentFilterValues = Values<typeof FILTER>;

export const allocateLatentModel = (memory: Pick<Core, "u32">) => allocateRecord(memory, MODEL);
export const allocateChunk = (memory: Pick<Core, "u32">) => allocateRecord(memory, CHUNK);
export const allocateLatentFilter = (memory: Pick<Core, "u32">) => allocateRecord(memory, FILTER);

/** Sets fields of a latent model. @throws RangeError when `latentSize` is no multiple of 4 */
export function setLatentModel(core: Core, record: KernelRecord, values: Partial<LatentModelValues>): void {
  if (values.latentSize !== undefined) expectMultiple("latentSize", values.latentSize, 4);
  setRecord(core, record, MODEL, core.kernels.latentModelBytes(), values);
}

/** Sets fields of a batch of chunks. */
export function setChunk(core: Core, record: KernelRecord, values: Partial<ChunkValues>): void {
  setRecord(core, record, CHUNK, core.kernels.chunkBytes(), values);
}

/** Sets fields of a step of the belief. */
export function setLatentFilter(core: Core, record: KernelRecord, values: Partial<LatentFilterValues>): void {
  setRecord(core, record, FILTER, core.kernels.latentFilterBytes(), values);
}

/** Binding of `assembly/latent/bound.ts`. */
export function chunkBound({ kernels }: Core, { words }: KernelRecord): void {
  kernels.chunkBound(words.byteOffset);
}

/** Binding of `assembly/latent/filter.ts`; shapes as there. */
export function latentFilterStep(
  { kernels }: Core,
  { words }: KernelRecord,
  next: Float32Array,
  logIncrements: Float32Array,
  previous: Float32Array,
): void {
  const rows = latentSizeOf(words) + 1;
  expectShape("next", next, [rows, TILE], kernels.memory);
  expectShape("logIncrements", logIncrements, [TILE], kernels.memory);
  expectShape("previous", previous, [rows, TILE], kernels.memory);
  kernels.latentFilterStep(words.byteOffset, next.byteOffset, logIncrements.byteOffset, previous.byteOffset);
}

/** Z of the model whose record a filter's record begins with. */
function latentSizeOf(filter: Uint32Array): number {
  return new Uint32Array(filter.buffer, filter[0], 1)[0];
}
