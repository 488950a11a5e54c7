/**
 * What would be learned of a world by seeing what follows (x̂, a), were its laws linear in fixed random features: it values
 * places that the ensemble's members, who extrapolate alike, do not tell apart from known ones.
 */
import { activate } from "../core/activation.ts";
import type { Core } from "../core/core.ts";
import { mlpPredictRow, shapeValues } from "../core/mlp.ts";
import { addOuter, inverseFactor } from "../core/precision.ts";
import { createRandom } from "../core/random.ts";
import { STREAMS } from "../core/streams.ts";
import { NOVELTY_ROWS } from "../models/generativeModel.ts";
import { allocateNetwork, type Memory, type Network } from "../models/network.ts";

/** K, features. */
const FEATURES = NOVELTY_ROWS;
/** Weight of one observation beside the unit prior, of all features together. */
const EVIDENCE = 100;
const SCALE = Math.sqrt(EVIDENCE / FEATURES);
/** Transitions between two rewritings of the network. */
const REWRITE_EVERY = 4;

/**
 * The information gain of a Bayesian linear model, in nats (Chaloner & Verdinelli 1995, https://doi.org/10.1214/ss/1177009939):
 *
 *   ½ log(1 + ψᵀ Λ⁻¹ ψ),   Λ = I + Σ ψ ψᵀ over the experience,   ψ = √(100 / K) tanh(W x̂ + U a + b)
 *
 * With Λ = L Lᵀ it is ½ log(1 + |y|²), y = L⁻¹ ψ: the outputs of a network whose second layer is √(100 / K) L⁻¹.
 */
export interface Novelty {
  /** [x̂, a] → ψ → y. */
  readonly network: Network;
  /** [K][K] Λ. */
  readonly precision: Float32Array;
  readonly counts: { transitions: number };
  readonly work: {
    readonly input: Float32Array;
    readonly features: Float32Array;
    readonly hidden: Float32Array;
    /** [K][K] f64. */
    readonly factor: Float32Array;
  };
  /** Of the first layer alone. */
  readonly record: { readonly shape: ReturnType<Memory["u32"]> };
}

export function allocateNovelty(memory: Memory, inputs: number): Novelty {
  return {
    network: allocateNetwork(memory, [inputs, FEATURES, FEATURES], "tanh"),
    precision: memory.f32(FEATURES * FEATURES),
    counts: { transitions: 0 },
    work: {
      input: memory.f32(inputs),
      features: memory.f32(FEATURES),
      hidden: memory.f32(2 * FEATURES),
      factor: memory.f32(2 * FEATURES * FEATURES),
    },
    record: { shape: memory.u32(shapeValues([inputs, FEATURES], "tanh")) },
  };
}

/**
 * Draws the features: W ∼ N(0, 4 / D), U ∼ N(0, .7²), b ∼ U(−2, 2).
 *
 * @param observationSize D
 */
export function initialiseNovelty(core: Core, novelty: Novelty, observationSize: number, seed: number): void {
  const { network } = novelty;
  const [inputs] = network.widths;
  const random = createRandom(core, seed, STREAMS.novelty);
  const parameters = firstLayer(network);
  for (let o = 0; o < FEATURES; o++) {
    for (let i = 0; i < inputs; i++)
      parameters[weightAt(o, i, inputs)] =
        random.normal() * (i < observationSize ? 2 / Math.sqrt(observationSize) : 0.7);
    parameters[FEATURES * inputs + o] = random.uniform(-2, 2);
  }
  startPrecision(novelty);
  rewrite(core, novelty);
}

/** Includes the (x̂, a) of a transition, in `work.input`, within the bounds of states; one that is not finite is left out. */
export function includeNovelty(core: Core, novelty: Novelty): void {
  const { counts, network } = novelty;
  include(core, novelty, firstLayer(network), 1);
  counts.transitions++;
  if (counts.transitions % REWRITE_EVERY === 0) rewrite(core, novelty);
}

/** Rows that Λ is made from anew at most: every n-th then counts n times. */
const MOST_ROWS = 2000;

/**
 * Makes Λ anew, where the unit of x̂ has changed: what was far out before may be near the middle by now.
 *
 * @param rows    of the experience
 * @param fill    writes the (x̂, a) of a row to `work.input`
 */
export function rebuildNovelty(
  core: Core,
  novelty: Novelty,
  rows: number,
  fill: (row: number) => void,
): void {
  const every = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const first = firstLayer(novelty.network);
  startPrecision(novelty);
  for (let row = 0; row < rows; row += every) {
    fill(row);
    include(core, novelty, first, every);
  }
  rewrite(core, novelty);
}

/** Λ ← Λ + count · ψ ψᵀ, ψ at `work.input` */
function include(core: Core, { precision, record, work }: Novelty, first: Float32Array, count: number): void {
  const { features } = work;
  if (!work.input.every(Number.isFinite)) return;
  mlpPredictRow(core, features, work.input, work.hidden, first, record.shape);
  activate(core, features, features, "tanh");
  addOuter(core, precision, features, count * SCALE * SCALE);
}

/** Λ = I */
function startPrecision({ precision }: Novelty): void {
  precision.fill(0);
  for (let k = 0; k < FEATURES; k++) precision[k * (FEATURES + 1)] = 1;
}

/** Sets the second layer to √(100 / K) L⁻¹. */
function rewrite(core: Core, { network, precision, work }: Novelty): void {
  const [inputs] = network.widths;
  const first = FEATURES * (inputs + 1);
  const weight = network.parameters.subarray(first, first + FEATURES * FEATURES);
  inverseFactor(core, weight, precision, work.factor, SCALE);
}

function firstLayer({ parameters, widths }: Network): Float32Array {
  return parameters.subarray(0, FEATURES * (widths[0] + 1));
}

/** Where a layer keeps the weight of output o and input i. */
function weightAt(o: number, i: number, inputs: number): number {
  return ((o >> 2) * inputs + i) * 4 + (o & 3);
}
