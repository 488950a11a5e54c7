import { enterPoints, type StateScales } from "../../inference/belief/point.ts";
import { bounded } from "../../models/statistics.ts";
import type { LaneBelief } from "../lane.ts";

/** x̂ = (x − shift) · scale, within the bounds of plans; x counted from the origin. */
export function scaleObservation(
  { inputShift, inputScale }: StateScales,
  observation: ArrayLike<number>,
  out: Float32Array,
): void {
  for (let d = 0; d < observation.length; d++)
    out[d] = bounded((observation[d] - inputShift[d]) * inputScale[d]);
}

/** Nothing is weighed. */
const NO_TERMS = { informationGain: 0, stateConsistency: 0 };

/** The belief of a mind that observes the full state: the observation itself. Its features are the scaled observation. */
export function pointBelief(scales: StateScales, observationSize: number): LaneBelief {
  const seen = new Float32Array(observationSize);
  return {
    state: { work: { seen } },
    reset() {},
    update({ observation }) {
      seen.set(observation);
      return NO_TERMS;
    },
    particles: (planner) => enterPoints(planner, seen, scales),
    features: (out) => scaleObservation(scales, seen, out),
    summary: () => undefined,
  };
}
