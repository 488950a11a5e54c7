import type { Core } from "./core.ts";
import { expectInteger, expectMultiple, expectShape } from "./expect.ts";
import { allocateFields, type Instance, setFields, wordsOf } from "./fields.ts";
import { PLAN, type PlanValues } from "./generated/records.ts";
import { pad4, TILE, tilesFor } from "./tiles.ts";

const WORDS = wordsOf(PLAN);

/** What the planner's kernels work on. */
export type Plan = Instance;

/** A plan in `memory`, with its fields unset. */
export function allocatePlan(memory: Pick<Core, "u32">): Plan {
  return allocateFields(memory, PLAN);
}

/**
 * Sets fields of a plan.
 *
 * @throws RangeError when `candidates` is no multiple of 4; TypeError when an array lies outside the core's memory
 */
export function setPlan(core: Core, plan: Plan, values: Partial<PlanValues>): void {
  if (values.candidates !== undefined) expectMultiple("candidates", values.candidates, 4);
  setFields(core, plan, PLAN, values);
}

/** Which choices the first actions may take; undefined: all. @param mask [plans][A] */
export function allowFirst({ kernels }: Core, { words }: Plan, mask: Float32Array | undefined): void {
  if (mask) expectShape("mask", mask, [words[WORDS.plans], words[WORDS.actionSize]], kernels.memory);
  words[WORDS.mask] = mask?.byteOffset ?? 0;
}

/** Binding of `assembly/planner/propose.ts`. */
export function propose({ kernels }: Core, { words }: Plan): void {
  kernels.propose(words.byteOffset);
}

/** Binding of `assembly/planner/habitPrior.ts`. */
export function askHabit({ kernels }: Core, { words }: Plan): void {
  kernels.askHabit(words.byteOffset);
}

/** Binding of `assembly/planner/habitPrior.ts`. */
export function weighFirstActions({ kernels }: Core, { words }: Plan): void {
  kernels.weighFirstActions(words.byteOffset);
}

/** Binding of `assembly/planner/rollout.ts`, for every tile; with the core's threads where it has some, but where paths are kept. */
export function rollout({ kernels, threads }: Core, { words }: Plan): void {
  const plan = words.byteOffset;
  const tiles = tilesFor(words[WORDS.plans] * words[WORDS.candidates]);
  if (tiles < 2 || !threads?.isOpen || words[WORDS.keepsPaths]) {
    kernels.rollout(plan, 0, tiles);
    return;
  }
  const job = {
    plan,
    tiles,
    actions: words[WORDS.actions],
    actionBytes: words[WORDS.horizon] * pad4(words[WORDS.actionSize]) * TILE * 4,
    scores: words[WORDS.scores],
  };
  threads.run(job, (tile) => kernels.rollout(plan, tile, tile + 1));
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

/** Binding of `assembly/planner/walk.ts`; `steps` ≥ 0. */
export function walk({ kernels }: Core, { words }: Plan, steps: number): void {
  expectInteger("steps", steps, 0);
  kernels.walk(words.byteOffset, steps);
}
