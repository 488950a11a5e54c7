import type { Statistics } from "../../models/statistics.ts";
import type { LaneBelief } from "../lane.ts";

/** Scales of an observation. */
type Scales = Pick<Statistics, "inputShift" | "inputScale">;

/** x̂ = (x − shift) · scale */
export function scaleObservation(
  { inputShift, inputScale }: Scales,
  observation: ArrayLike<number>,
  out: Float32Array,
): void {
  for (let d = 0; d < observation.length; d++) out[d] = (observation[d] - inputShift[d]) * inputScale[d];
}

/** Nothing is weighed. */
const NO_TERMS = { informationGain: 0, stateConsistency: 0 };

/**
 * The belief of a mind that sees the whole state: the observation itself. Its features are the scaled observation.
 *
 * @param start [D] where plans begin; updates write it
 */
export function pointBelief(statistics: Scales, start: Float32Array): LaneBelief {
  return {
    reset() {},
    update({ observation }) {
      start.set(observation);
      return NO_TERMS;
    },
    features: (out) => scaleObservation(statistics, start, out),
    summary: () => undefined,
  };
}
