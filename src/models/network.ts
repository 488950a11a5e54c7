import type { Activation } from "../core/activation.ts";
import { adam } from "../core/adam.ts";
import type { Core } from "../core/core.ts";
import {
  activationCount,
  mlpBackward,
  mlpForward,
  mlpInitialise,
  parameterCount,
  type Shape,
  shapeValues,
} from "../core/mlp.ts";
import { pad4, TILE } from "../core/tiles.ts";

/** Where arrays are reserved: a core, or a counter of bytes. */
export type Memory = Pick<Core, "f32" | "u32">;

/** One or more multi-layer perceptrons of one shape. */
export interface Network {
  readonly widths: readonly number[];
  readonly shape: Shape;
  /** [members · parameters of one]. */
  readonly parameters: Float32Array;
  /** One view of `parameters` a member. */
  readonly members: readonly Float32Array[];
}

/** What learning a network needs besides its parameters. */
export interface Trainer {
  readonly tiles: number;
  readonly work: {
    readonly activations: Float32Array;
    readonly slopes: Float32Array;
    readonly dActivations: Float32Array;
    /** [tiles][pad4(inputs)][TILE]: the part of `activations` to be filled before a forward pass. */
    readonly input: Float32Array;
    /** [tiles][pad4(outputs)][TILE]. */
    readonly output: Float32Array;
    /** ∂L/∂output: zero after a forward pass, to be filled before a backward pass. */
    readonly dOutput: Float32Array;
  };
  readonly zeros: {
    /** [parameters of one member]: accumulated into, and used up by a step of Adam. */
    readonly gradient: Float32Array;
  };
  /** Adam's moments, [members · parameters of one] each. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly tally: Tally;
}

/** For reports alone, and not saved. */
export interface Tally {
  /** Updates whose gradient was not finite, so that they changed nothing. */
  undone: number;
}

/** Takes down an update that changed nothing. @param norm of its gradient */
export function tallyUpdate(tally: Tally, norm: number): void {
  if (!Number.isFinite(norm)) tally.undone++;
}

export function allocateNetwork(
  memory: Memory,
  widths: readonly number[],
  activation: Activation,
  members = 1,
): Network {
  const size = parameterCount(widths);
  const parameters = memory.f32(size * members);
  return {
    widths,
    shape: memory.u32(shapeValues(widths, activation)),
    parameters,
    members: Array.from({ length: members }, (_, e) => parameters.subarray(e * size, (e + 1) * size)),
  };
}

/** Draws the initial parameters; member e from `stream + e`. */
export function initialiseNetwork(
  core: Core,
  network: Network,
  { outputScale, seed, stream }: { outputScale: number; seed: readonly [number, number]; stream: number },
): void {
  network.members.forEach((parameters, e) => {
    mlpInitialise(core, parameters, network.shape, outputScale, { seed, stream: stream + e });
  });
}

export function allocateTrainer(
  memory: Memory,
  { widths, parameters, members }: Network,
  tiles: number,
): Trainer {
  const size = activationCount(widths, tiles);
  const activations = memory.f32(size);
  const dActivations = memory.f32(size);
  const outputs = tiles * pad4(widths[widths.length - 1]) * TILE;
  return {
    tiles,
    work: {
      activations,
      slopes: memory.f32(size),
      dActivations,
      input: activations.subarray(0, tiles * pad4(widths[0]) * TILE),
      output: activations.subarray(size - outputs),
      dOutput: dActivations.subarray(size - outputs),
    },
    zeros: { gradient: memory.f32(parameters.length / members.length) },
    first: memory.f32(parameters.length),
    second: memory.f32(parameters.length),
    tally: { undone: 0 },
  };
}

/** Forward pass of one member over the trainer's input; the result is in `work.output`. */
export function forward(core: Core, network: Network, trainer: Trainer, member = 0): void {
  const { activations, slopes, dOutput } = trainer.work;
  // what no gradient is written to: padding, and the rows of endings before there was one
  dOutput.fill(0);
  mlpForward(core, activations, slopes, network.members[member], network.shape, trainer.tiles);
}

/**
 * Backward pass from `work.dOutput` and one step of Adam for one member, at the rate learningRate / √(1 + t / annealing). A gradient
 * that is not finite changes nothing but the tally.
 */
export function descend(
  core: Core,
  network: Network,
  trainer: Trainer,
  { learningRate, annealing, weightDecay }: DescentSettings,
  { step, member = 0 }: Update,
): void {
  const { activations, slopes, dActivations } = trainer.work;
  const { tiles, zeros } = trainer;
  const { gradient } = zeros;
  const parameters = network.members[member];
  mlpBackward(core, gradient, dActivations, activations, slopes, parameters, network.shape, tiles, NO_INPUTS);
  const first = trainer.first.subarray(member * gradient.length, (member + 1) * gradient.length);
  const second = trainer.second.subarray(member * gradient.length, (member + 1) * gradient.length);
  const norm = adam(core, parameters, gradient, first, second, {
    learningRate: learningRate / Math.sqrt(1 + step / annealing),
    weightDecay,
    maxNorm: MAX_NORM,
    step,
  });
  tallyUpdate(trainer.tally, norm);
}

export interface DescentSettings {
  readonly learningRate: number;
  /** Updates after which the rate has fallen by √2. */
  readonly annealing: number;
  readonly weightDecay: number;
}

/** Which update of which member. */
export interface Update {
  /** 1, 2, … */
  readonly step: number;
  readonly member?: number;
}

/** Nobody reads the adjoints of the inputs. */
const NO_INPUTS = 0;
/** Gradients are clipped to this norm. */
const MAX_NORM = 20;
