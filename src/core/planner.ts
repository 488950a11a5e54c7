import type { Core } from "./core.ts";
import { expectInteger, expectMultiple, expectRoom } from "./expect.ts";

/** The fields of `assembly/planner/plan.ts`, in its order; each takes four bytes. */
const FIELDS = {
  plans: "u32",
  candidates: "u32",
  horizon: "u32",
  observationSize: "u32",
  actionSize: "u32",
  isDiscrete: "u32",
  members: "u32",
  particles: "u32",
  firstMember: "u32",
  habitCandidates: "u32",
  bins: "u32",
  usesInformation: "u32",
  usesNoise: "u32",
  usesTermination: "u32",
  usesValue: "u32",
  discount: "f32",
  temperature: "f32",
  informationWeight: "f32",
  likelihoodNoise: "f32",
  rewardMean: "f32",
  rewardStd: "f32",
  rewardLow: "f32",
  rewardHigh: "f32",
  endingMean: "f32",
  endingStd: "f32",
  valueShift: "f32",
  valueScale: "f32",
  essShare: "f32",
  minimumStd: "f32",
  uniformShare: "f32",
  correlation: "f32",
  seedLow: "u32",
  seedHigh: "u32",
  stream: "u32",
  step: "u32",
  starts: "array",
  shift: "array",
  scale: "array",
  stepScale: "array",
  modelShape: "array",
  modelParameters: "array",
  modelStride: "u32",
  habitShape: "array",
  habitParameters: "array",
  valueShape: "array",
  valueParameters: "array",
  mean: "array",
  std: "array",
  actions: "array",
  scores: "array",
  weights: "array",
  info: "array",
  label: "array",
  input: "array",
  heads: "array",
  hidden: "array",
  noise: "array",
  logits: "array",
  ratioWorkspace: "array",
  rows: "array",
} as const;

type Fields = typeof FIELDS;
/** Values of a plan's fields: numbers, and arrays of the same core. Shapes as in the kernel's `Plan`. */
export type PlanValues = {
  readonly [Name in keyof Fields]: Fields[Name] extends "array" ? Float32Array | Uint32Array : number;
};

/** What the planner's kernels work on. */
export interface Plan {
  readonly fields: Float32Array;
  readonly words: Uint32Array;
}

const ORDER = new Map(Object.keys(FIELDS).map((name, index) => [name, index]));

/** A plan in `memory`, with its fields unset. */
export function allocatePlan(memory: Pick<Core, "u32">): Plan {
  const words = memory.u32(ORDER.size);
  return { words, fields: new Float32Array(words.buffer, words.byteOffset, words.length) };
}

/**
 * Sets fields of a plan.
 *
 * @throws RangeError when `candidates` is no multiple of 4; TypeError when an array lies outside the core's memory;
 *         Error when this file and the kernels disagree about the fields
 */
export function setPlan({ kernels }: Core, { words, fields }: Plan, values: Partial<PlanValues>): void {
  if (kernels.planBytes() !== ORDER.size * 4)
    throw new Error(`Plan: expected ${ORDER.size * 4} bytes, got ${kernels.planBytes()} in the kernels`);
  if (values.candidates !== undefined) expectMultiple("candidates", values.candidates, 4);
  for (const name in values) {
    const index = ORDER.get(name) as number;
    const value = values[name as keyof Fields] as number | Float32Array;
    if (typeof value !== "number") {
      expectRoom(name, value, 0, kernels.memory);
      words[index] = value.byteOffset;
    } else if (FIELDS[name as keyof Fields] === "f32") fields[index] = value;
    else words[index] = value;
  }
}

/** Binding of `assembly/planner/propose.ts`. */
export function propose({ kernels }: Core, { words }: Plan): void {
  kernels.propose(words.byteOffset);
}

/** Binding of `assembly/planner/rollout.ts`. */
export function rollout({ kernels }: Core, { words }: Plan): void {
  kernels.rollout(words.byteOffset);
}

/** Binding of `assembly/planner/weigh.ts`. */
export function weigh({ kernels }: Core, { words }: Plan): void {
  kernels.weigh(words.byteOffset);
}

/** Binding of `assembly/planner/refine.ts`. */
export function refine({ kernels }: Core, { words }: Plan): void {
  kernels.refine(words.byteOffset);
}

/** Binding of `assembly/planner/refine.ts`. */
export function labelFirstAction({ kernels }: Core, { words }: Plan): void {
  kernels.labelFirstAction(words.byteOffset);
}

/** Binding of `assembly/planner/imagine.ts`; `steps` ≥ 1. */
export function imagine({ kernels }: Core, { words }: Plan, steps: number): void {
  expectInteger("steps", steps, 1);
  kernels.imagine(words.byteOffset, steps);
}
