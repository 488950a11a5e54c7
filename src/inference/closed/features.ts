/** What a belief is summed up by, for networks: mean and deviation of each row of features. */
import type { Model } from "../../models/functions/model.ts";
import type { Cloud } from "./cloud.ts";
import { momentsOf } from "./stratified.ts";

/** Values of one summary: two for each feature, or row of the state. */
export function summarySize({ stateSize, features }: Pick<Model, "stateSize" | "features">): number {
  return 2 * (features?.size ?? stateSize);
}

/**
 * Writes mean and deviation of every feature over a belief. The order of the particles does not count.
 *
 * @param out [summarySize]
 */
export function summarise(
  out: Float32Array,
  { stateSize, features }: Pick<Model, "stateSize" | "features">,
  { states, weights }: Cloud,
): Float32Array {
  const count = weights.length;
  const size = features?.size ?? stateSize;
  const rows = features ? new Float32Array(size * count) : states;
  features?.write(rows, states, count);
  const { mean, std } = momentsOf({ states: rows, weights }, size);
  out.set(mean);
  out.set(std, size);
  return out;
}
