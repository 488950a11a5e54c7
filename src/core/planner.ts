import { TILE_KERNELS, type TileKernel } from "./board.ts";
import type { Core } from "./core.ts";
import { expectInteger, expectMultiple } from "./expect.ts";
import { allocateFields, type FieldValues, type Instance, setFields, wordsOf } from "./fields.ts";
import { pad4, TILE, tilesFor } from "./tiles.ts";

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
  model: "array",
  conditionsOnBelief: "u32",
  contrasts: "u32",
  rewardNoise: "f32",
  usesEvidence: "u32",
  beliefStates: "array",
  beliefLogWeights: "array",
  clouds: "array",
  observations: "array",
  priorWeight: "f32",
  priorStd: "f32",
  prior: "array",
  broadShare: "f32",
  broadStd: "f32",
  drawsCentre: "u32",
  klBudget: "f32",
  priorRatios: "array",
  targets: "array",
  temperatures: "array",
  baselines: "array",
  ancestors: "array",
  spare: "array",
  keepsPaths: "u32",
  paths: "array",
} as const;

const WORDS = wordsOf(FIELDS);

/** Values of a plan's fields: numbers, and arrays of the same core. Shapes as in the kernel's `Plan`. */
export type PlanValues = FieldValues<typeof FIELDS>;

/** What the planner's kernels work on. */
export type Plan = Instance;

/** A plan in `memory`, with its fields unset. */
export function allocatePlan(memory: Pick<Core, "u32">): Plan {
  return allocateFields(memory, FIELDS);
}

/**
 * Sets fields of a plan.
 *
 * @throws RangeError when `candidates` is no multiple of 4; TypeError when an array lies outside the core's memory;
 *         Error when this file and the kernels disagree about the fields
 */
export function setPlan(core: Core, plan: Plan, values: Partial<PlanValues>): void {
  if (values.candidates !== undefined) expectMultiple("candidates", values.candidates, 4);
  setFields(core, plan, values, { name: "Plan", kinds: FIELDS, bytes: core.kernels.planBytes() });
}

/** Binding of `assembly/planner/propose.ts`. */
export function propose({ kernels }: Core, { words }: Plan): void {
  kernels.propose(words.byteOffset);
}

/** Binding of `assembly/planner/rollout.ts`, for every tile. */
export function rollout(core: Core, plan: Plan): void {
  const { kernels } = core;
  const address = plan.words.byteOffset;
  simulateTiles(core, plan, "rollout", (first, end) => kernels.rollout(address, first, end));
}

/** Binding of `assembly/planner/rolloutBelief.ts`, for every tile. */
export function rolloutBelief(core: Core, plan: Plan): void {
  const { kernels } = core;
  const address = plan.words.byteOffset;
  simulateTiles(core, plan, "rolloutBelief", (first, end) => kernels.rolloutBelief(address, first, end));
}

/** Simulates all tiles of a plan, together with the core's threads where it has some; paths are kept by this one alone. */
function simulateTiles(
  { threads }: Core,
  { words }: Plan,
  kernel: TileKernel,
  simulate: (first: number, end: number) => void,
): void {
  const tiles = tilesFor(words[WORDS.plans] * words[WORDS.candidates]);
  if (tiles < 2 || !threads?.isOpen || words[WORDS.keepsPaths]) {
    simulate(0, tiles);
    return;
  }
  const job = {
    kernel: TILE_KERNELS.indexOf(kernel),
    plan: words.byteOffset,
    tiles,
    actions: words[WORDS.actions],
    actionBytes: words[WORDS.horizon] * pad4(words[WORDS.actionSize]) * TILE * 4,
    scores: words[WORDS.scores],
  };
  threads.run(job, (tile) => simulate(tile, tile + 1));
}

/** Binding of `assembly/planner/smc.ts`. */
export function planSequentially({ kernels }: Core, { words }: Plan): void {
  kernels.planSequentially(words.byteOffset);
}

/** Binding of `assembly/planner/cloud.ts`: rows of TILE values that `clouds` (a tile), `heads` and `rows` need. */
export function cloudSizes({ kernels }: Core, { words }: Plan) {
  return {
    clouds: kernels.cloudRows(words.byteOffset),
    heads: kernels.headCount(words.byteOffset),
    rows: kernels.rowCount(words.byteOffset),
  };
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
