import type { Activation } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { STREAMS } from "../core/streams.ts";
import type { ActionCoding } from "./actionCoding.ts";
import { allocateNetwork, initialiseNetwork, type Memory, type Network } from "./network.ts";
import { allocateStatistics, type Statistics } from "./statistics.ts";

/** Sizes of the generative model. */
export interface ModelSizes {
  /** D, length of an observation. */
  readonly observationSize: number;
  readonly coding: ActionCoding;
  /** E. */
  readonly members: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

/**
 * The agent's distributions over z = (x, r), with p_a(x', r | x, a) an ensemble; x̂ is x scaled (`Statistics`).
 *
 *   dynamics  [x̂, a] → m(D+1), y(D+1), logit, v     change of x and reward, Gaussian; ending and its reward
 *   habit     x̂ → logits [groups][bins]                          action prior p_a(a | z)
 *   value     x̂ → (V(x) − shift) · scale;  slowValue follows it, and is what plans end in
 */
export interface GenerativeModel {
  readonly sizes: ModelSizes;
  readonly dynamics: Network;
  readonly habit: Network;
  readonly value: Network;
  readonly slowValue: Network;
  readonly statistics: Statistics;
}

export function allocateModel(memory: Memory, sizes: ModelSizes): GenerativeModel {
  const { observationSize: D, coding, members, hidden, activation } = sizes;
  return {
    sizes,
    dynamics: allocateNetwork(memory, [D + coding.size, ...hidden, headSize(D)], activation, members),
    habit: allocateNetwork(memory, [D, ...hidden, coding.groups * coding.bins], activation),
    value: allocateNetwork(memory, [D, ...hidden, 1], activation),
    slowValue: allocateNetwork(memory, [D, ...hidden, 1], activation),
    statistics: allocateStatistics(memory, D, coding.size),
  };
}

/** Outputs of one member for observations of length D. */
export function headSize(D: number): number {
  return 2 * (D + 1) + 2;
}

/** Scale of the initial last layer of habit and value: they begin almost flat. */
const FLAT = 0.01;

export function initialiseModel(core: Core, model: GenerativeModel, seed: readonly [number, number]): void {
  initialiseNetwork(core, model.dynamics, { outputScale: 1, seed, stream: STREAMS.modelInitial });
  initialiseNetwork(core, model.habit, { outputScale: FLAT, seed, stream: STREAMS.habitInitial });
  initialiseNetwork(core, model.value, { outputScale: FLAT, seed, stream: STREAMS.valueInitial });
  model.slowValue.parameters.set(model.value.parameters);
}
