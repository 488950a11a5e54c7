import type { Readiness } from "../../inference/planner.ts";
import { readinessAfter, temperatureOf } from "../readiness.ts";
import type { LatentState } from "./state.ts";

/** What plans may rely on by now, or once `steps` were learned from. */
export function readinessOf(state: LatentState, steps = state.schedule.counts.learned): Readiness {
  const { settings, lessons, sequences } = state;
  const { terminations } = sequences.terminals.counts;
  const known = readinessAfter(settings, { steps, lessons: lessons.counts.updates, terminations });
  return { ...known, temperature: temperatureOf(state) };
}
