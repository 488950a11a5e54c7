/**
 * What rewards and values are counted from. Where nothing ends, a constant added to every reward changes no plan: it adds
 * constant / (1 − γ) to every value. A value that began at 0 would have to climb there, and bend on its way; so plans count
 * rewards from a reference c that moves with them, and a value of 0 stands for c / (1 − γ).
 *
 * An end is worth nothing: where the world ends, a constant is worth what the expected duration makes of it, and plans count
 * from 0. See docs/decisions/0032-scales.md.
 */
import type { Statistics } from "../models/statistics.ts";
import type { Lessons } from "./lessons.ts";

export interface Level {
  /** γ. */
  readonly discount: number;
  readonly counts: {
    /** The first reward ever, which those that are stored are counted from. */
    first: number;
    /** c of plans, counted from the first reward. */
    reference: number;
    /** Whether plans count from c: nothing has ended, and γ < 1. */
    isOpen: boolean;
  };
}

export function createLevel(discount: number): Level {
  return { discount, counts: { first: 0, reference: 0, isOpen: discount < 1 } };
}

/** What is added to a stored reward where it is planned with. */
export function rewardOffset({ counts: { first, reference, isOpen } }: Level): number {
  return isOpen ? -reference : first;
}

/** c, in units of reward: what plans count from. */
export function referenceOf({ counts: { first, reference, isOpen } }: Level): number {
  return isOpen ? first + reference : 0;
}

/** c Σ_{k<steps} γᵏ: what a value that is counted from c leaves out; of all steps to come what a value of 0 stands for. */
export function worthLeftOut(level: Level, steps = Infinity): number {
  const { counts, discount } = level;
  return counts.isOpen ? referenceOf(level) * sumOfDiscounts(discount, steps) : 0;
}

/** Σ_{k<steps} γᵏ, γ < 1 */
function sumOfDiscounts(discount: number, steps: number): number {
  if (steps === Infinity) return 1 / (1 - discount);
  // by products: powers of the host differ between engines
  let sum = 0;
  for (let step = 0; step < steps; step++) sum = 1 + discount * sum;
  return sum;
}

/** Values that are counted from c. */
export interface Valued {
  /** Those of the plans that are kept. */
  planned(): Float32Array;
  /** Adds to all of them, and to what the value networks answer. */
  move(by: number): void;
}

/** Those of lessons, and of the networks that learn from them. */
export function valuedLessons({
  valueLessons: { table, stride, counts },
  statistics,
}: {
  readonly valueLessons: Lessons;
  readonly statistics: Pick<Statistics, "value">;
}): Valued {
  return {
    planned: () => Float32Array.from({ length: counts.rows }, (_, row) => table[(row + 1) * stride - 1]),
    move(by) {
      for (let row = 1; row <= counts.rows; row++) table[row * stride - 1] += by;
      statistics.value.shift[0] += by;
    },
  };
}

/** Share of the plans that gain less than c. */
const HIGH = 0.95;

/**
 * Moves c before the value is in use, while plans are sums over the horizon alone: to the mean reward before there are
 * plans, then to where 19 of 20 plans gain less than c at every step.
 *
 *   c ← c + q95(v) / Σ_{k<H} γᵏ, but no further than `most`
 *
 * @param mean of the stored rewards
 * @param most that a plan can gain at every step, whatever a young model expects. Default no limit
 */
export function followPlans(
  level: Level,
  valued: Valued,
  {
    mean,
    most = Infinity,
    horizon,
  }: { readonly mean: number; readonly most?: number; readonly horizon: number },
): void {
  const { counts, discount } = level;
  if (!counts.isOpen) return;
  const values = valued.planned().sort();
  if (values.length === 0) {
    counts.reference = mean;
    return;
  }
  const steps = sumOfDiscounts(discount, horizon);
  const high = Math.min(values[Math.floor(HIGH * (values.length - 1))], (most - counts.reference) * steps);
  counts.reference += high / steps;
  valued.move(-high);
}

/** The first end: from now on plans count from 0. Values stay what they are in units of reward. */
export function closeLevel(level: Level, valued: Valued): void {
  if (!level.counts.isOpen) return;
  valued.move(worthLeftOut(level));
  level.counts.isOpen = false;
}
