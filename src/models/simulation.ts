import type { Core } from "../core/core.ts";
import type { ModelValues } from "../core/generated/records.ts";
import { log } from "../core/math.ts";
import { observationKinds } from "../core/observationKind.ts";
import {
  allocateSimulatedModel,
  MODEL_KINDS,
  type SimulatedModel,
  setSimulatedModel,
} from "../core/simulation.ts";
import { pad4, TILE } from "../core/tiles.ts";
import { whiten } from "./gaussianUpdate.ts";
import type { LinearGaussianModel } from "./linearGaussian.ts";
import { cholesky, type Matrix, multiply } from "./matrix.ts";
import type { KnownModel } from "./model.ts";
import type { Memory } from "./network.ts";
import { tabularOf } from "./sparse/tables.ts";
import { eachOutcome, type TabularModel } from "./tabular.ts";

/** A known model in the core's memory, as plans simulate it, and the sizes that a planner reads. */
export interface Simulation {
  /** What `assembly/simulation` works on. */
  readonly record: SimulatedModel;
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
  /** Rows of what a state predicts of an observation. */
  readonly headRows: number;
}

/** Puts a known model into the core's memory. @throws RangeError when it has no actions */
export function simulationOf(core: Core, model: KnownModel): Simulation {
  const { record, values, ...sizes } = placeModel(core, model);
  // probabilities are given, the kernels read their logarithms
  if (model.kind !== "linearGaussian") log(core, values.observation, values.observation);
  setSimulatedModel(core, record, values);
  return { record, ...sizes };
}

/** Reserves what a model takes. `memory` may be a counter of bytes. */
export function placeModel(memory: Memory, model: KnownModel) {
  const record = allocateSimulatedModel(memory);
  return model.kind !== "linearGaussian"
    ? { record, ...placeTables(memory, tabularOf(model)) }
    : { record, ...placeMatrices(memory, model) };
}

/** The fields of a record that its kind needs. */
type Values = Partial<ModelValues> & { readonly observation: Float32Array };

function placeTables(memory: Memory, { tables, states: S, actions: A, observations: O }: TabularModel) {
  const { transition, observation, value, ending, reward = zeros(S, A) } = tables;
  const likelihood = memory.f32(pad4(A * S * O));
  likelihood.set(observation.flat(2));
  const values: Values = {
    kind: MODEL_KINDS.tabular,
    stateRows: 1,
    actionSize: A,
    observationSize: O,
    observationKind: observationKinds.indexOf("categorical"),
    usesNoise: 1,
    states: S,
    transition: memory.f32(transition.flat(2)),
    reward: memory.f32(eachOutcome("reward", reward, [S, A])),
    observation: likelihood,
    ...(ending && { ending: memory.f32(eachOutcome("ending", ending, [S, A])) }),
    ...(value && { value: memory.f32(value) }),
  };
  const sizes = { stateSize: 1, states: S, actionSize: A, observationWidth: 1, headRows: pad4(O) };
  return { values, ...sizes, isDiscrete: true, hasValue: value !== undefined };
}

/**
 * The kernels draw L ε with L Lᵀ = W, and observe U C z with the deviations `std` of U v, v ∼ N(0, R): ratios of
 * observations, which are all that a plan makes of them, do not change with their coordinates.
 */
function placeMatrices(memory: Memory, model: LinearGaussianModel) {
  const { matrices, stateSize: n, actionSize: m, observationSize: d } = model;
  if (matrices.control === undefined) throw new RangeError("control: expected actions to plan, got none");
  const { control, transition, valueCost, isSquashed = false } = matrices;
  const { stateCost = zeros(n, n), actionCost = zeros(m, m) } = matrices;
  const factor = cholesky(matrices.transitionCovariance);
  const { whitening, std } = whiten(matrices.observationCovariance);
  const dynamics = transition.map((row, i) => [...row, ...control[i], ...factor[i]]);
  const [noAction, noState] = [zeros(1, m)[0], zeros(1, n)[0]];
  const costs = [
    ...stateCost.map((row) => [...row, ...noAction]),
    ...actionCost.map((row) => [...noState, ...row]),
  ];
  const values: Values = {
    kind: MODEL_KINDS.linearGaussian,
    stateRows: n,
    actionSize: m,
    observationSize: d,
    observationKind: observationKinds.indexOf("gaussian"),
    usesNoise: Number(factor.some((row) => row.some((value) => value !== 0))),
    takesU: Number(!isSquashed),
    transition: memory.f32(packDense(dynamics)),
    reward: memory.f32(packDense(costs)),
    observation: memory.f32(packDense(multiply(whitening, matrices.observation))),
    observationStd: memory.f32(std),
    ...(valueCost && { value: memory.f32(packDense(valueCost)) }),
    input: memory.f32(pad4(2 * n + m) * TILE),
    output: memory.f32(pad4(n + m) * TILE),
  };
  const sizes = { stateSize: n, states: 0, actionSize: m, observationWidth: d, headRows: pad4(2 * d) };
  return { values, ...sizes, isDiscrete: false, hasValue: valueCost !== undefined };
}

function zeros(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
}

/** A dense layer without bias, as the kernels keep it: weight `[pad4(outputs)/4][inputs][4]`, bias `[pad4(outputs)]`. */
function packDense(weight: Matrix): Float32Array {
  const [outputs, inputs] = [weight.length, weight[0].length];
  const packed = new Float32Array(pad4(outputs) * (inputs + 1));
  weight.forEach((row, o) => {
    row.forEach((value, i) => {
      packed[((o >> 2) * inputs + i) * 4 + (o & 3)] = value;
    });
  });
  return packed;
}
