import type { SimulatedModel } from "../core/simulation.ts";

/** A known model of a world that is seen in part, as planners over beliefs simulate it. */
export interface KnownModel {
  /** The model in the core's memory (`assembly/simulation/model.ts`). @internal */
  readonly simulated: SimulatedModel;
  /** Values of one state: dimensions, or 1 for the index of a discrete state. */
  readonly stateSize: number;
  /** S: the number of discrete states; 0 where the state is continuous. */
  readonly states: number;
  /** Whether states, actions and observations are indices. */
  readonly isDiscrete: boolean;
  /** A: dimensions of a continuous action, or the number of discrete ones. */
  readonly actionSize: number;
  /** Whether plans end in a value of the state at the horizon. */
  readonly hasValue: boolean;
  /** Values of one observation: dimensions, or 1 for the index of a symbol. */
  readonly observationWidth: number;
}
