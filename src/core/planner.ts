import { TILE_KERNELS, type TileKernel } from "./board.ts";
import type { Core } from "./core.ts";
import { expectInteger, expectMultiple } from "./expect.ts";
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
