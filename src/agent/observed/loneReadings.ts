/** A mind that sees the state looks at a reading once more when the next one has come. */
import { rowOf } from "../../core/table.ts";
import { newestSuccession, putBetween, standsAlone } from "../../learning/loneReadings.ts";
import { noticeFault } from "../notices.ts";
import type { ObservedState } from "./state.ts";

/**
 * Takes the newest row's observation, where it stood alone, out of the experience: two transitions whose change is a hundred
 * deviations spoil the model for hundreds of steps.
 *
 * @returns whether one did
 */
export function settleLoneReading({ experience, model, lanes, notices }: ObservedState): boolean {
  const { running, counts } = model.statistics;
  const succession = newestSuccession(experience, lanes.length);
  if (succession === undefined) return false;
  let isAlone = false;
  for (let d = 0; d < experience.D; d++) {
    if (!standsAlone(experience, d, succession, { std: running.change.std[d], rows: counts.rows })) continue;
    const distance = Math.abs(rowOf(experience, succession.row)[d] - running.state.mean[d]);
    noticeFault(notices, d, distance / running.state.std[d]);
    putBetween(experience, d, succession);
    isAlone = true;
  }
  return isAlone;
}
