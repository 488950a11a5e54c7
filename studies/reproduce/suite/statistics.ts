/** Statistics of few runs on many tasks, after Agarwal et al. (2021), Deep reinforcement learning at the edge of the statistical precipice. */
import { createCore } from "../../../src/core/core.ts";
import { createRandom } from "../../../src/core/random.ts";
import { quantile } from "../table.ts";

/** Values by task, and within it by seed. */
export type Strata<Value> = readonly (readonly Value[])[];

/** Computes intervals by chance of a fixed seed: the same values, the same interval. */
export interface Bootstrap {
  /**
   * The interval of a statistic from the 2.5 % to the 97.5 % quantile over resamples: within each task as many seeds as there
   * are, with replacement (the stratified bootstrap by percentiles).
   */
  interval<Value>(
    values: Strata<Value>,
    statistic: (values: Strata<Value>) => number,
  ): readonly [number, number];
}

const STREAM = 0x626f6f74; // the letters "boot"

export async function createBootstrap(resamples = 2000): Promise<Bootstrap> {
  const core = await createCore({ bytes: 4096 });
  return {
    interval(values, statistic) {
      const random = createRandom(core, 1, STREAM);
      const drawn = Array.from({ length: resamples }, () =>
        statistic(values.map((seeds) => seeds.map(() => seeds[Math.floor(seeds.length * random.uniform())]))),
      );
      return [quantile(drawn, 0.025), quantile(drawn, 0.975)];
    },
  };
}

/** Of the values of one task. */
export function median([values]: Strata<number>): number {
  return quantile(values, 0.5);
}
