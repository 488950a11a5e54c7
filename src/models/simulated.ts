import type { Instance } from "../core/fields.ts";
import type { SimulatedModel } from "../core/simulation.ts";
import type { Coding } from "./actionCoding.ts";
import type { GuideView } from "./learned/guide.ts";

/** A model as planners simulate it, and what guides them. */
export interface Simulated {
  /** The model in the core's memory (`assembly/simulation/model.ts`). */
  readonly record: SimulatedModel;
  /** What the record refers to. */
  readonly learned?: { readonly record: Instance };
  /** Habit and value; none of a known model. */
  readonly guide?: GuideView;
  readonly coding: Coding;
  /** Rows of a state. */
  readonly stateRows: number;
  /** Rows of what a state predicts of an observation. */
  readonly headRows: number;
  /** Rows of random numbers that the ratio of one particle takes. */
  readonly ratioRows: number;
  /** E: 1 where there is no ensemble. */
  readonly members: number;
  /** Whether states are observed themselves: the particles of a belief then differ by their members alone. */
  readonly isObserved: boolean;
  /** Whether plans now read what only the core's own thread has. Left out: they never do. */
  readonly staysInThread?: () => boolean;
}
