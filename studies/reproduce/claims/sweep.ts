/** A trial that measures the same figures under several settings. */
import { metricAt } from "../claim.ts";
import type { Figures, Trial } from "../trial.ts";

/**
 * Measures at each x, and names every figure with it: `success, β = 0.1`. The claim draws the one called as its y.
 *
 * @param x        what the settings are called, the claim's x
 * @param measure  the figures at one x, by name
 */
export function sweep<X extends number | string>(
  x: string,
  settings: readonly X[],
  measure: (at: X, seed: number) => Figures | Promise<Figures>,
): Trial {
  return async (seed) => {
    const figures: Figures = {};
    for (const at of settings)
      for (const [y, value] of Object.entries(await measure(at, seed)))
        figures[metricAt({ x, y }, at)] = value;
    return figures;
  };
}
