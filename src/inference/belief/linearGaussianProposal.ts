import { addProduct } from "../../core/columns.ts";
import type { Core } from "../../core/core.ts";
import type { Draw } from "../../core/draw.ts";
import { gaussianLogDensity } from "../../core/gaussian.ts";
import { type GaussianUpdate, gaussianUpdate, noUpdate } from "../../models/gaussianUpdate.ts";
import type { LinearGaussianModel, Matrices } from "../../models/linearGaussian.ts";
import { apply, type Matrix, multiply } from "../../models/matrix.ts";
import type { StateSpaceModel } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import type { FilterSettings } from "./filterOptions.ts";

/** How particles begin, and how they go on. */
export interface LinearGaussianProposal {
  readonly first: Move;
  readonly later: Move;
}

/** Room for N particles' proposals. @throws RangeError when the model has no initial mean and covariance */
export function allocateLinearGaussianProposal(
  memory: Memory,
  { matrices }: LinearGaussianModel,
  { particles, proposal }: Pick<FilterSettings, "particles" | "proposal">,
): LinearGaussianProposal {
  const { initial, transitionCovariance } = matrices;
  if (initial === undefined)
    throw new RangeError("initial: expected mean and covariance to filter from, got none");
  const sizes = { isOptimal: proposal === "optimal", particles };
  return {
    first: allocateMove(memory, matrices, { centre: initial.mean, covariance: initial.covariance, ...sizes }),
    later: allocateMove(memory, matrices, { centre: [], covariance: transitionCovariance, ...sizes }),
  };
}

/**
 * A linear-Gaussian world as a particle filter takes it.
 *
 *   optimal   z' ∼ N(m + K (x − C m), (I − K C) W),   weight N(x; C m, S),
 *             m = A z + B a,   S = C W Cᵀ + R,   K = W Cᵀ S⁻¹
 *
 * and the same at the first step with the initial mean and covariance for m and W. A dimension of the observation that is
 * NaN was not seen: only the rows of C and R that were seen count.
 *
 * @see Doucet, Godsill & Andrieu (2000), https://doi.org/10.1023/A:1008935410038
 */
export function linearGaussianProposal(
  core: Core,
  { matrices, stateSize, observationSize }: LinearGaussianModel,
  { first, later }: LinearGaussianProposal,
): StateSpaceModel {
  return {
    stateSize,
    observationSize,
    initialise(next, logIncrements, observation, draw) {
      see(first, observation);
      propose(core, first, { next, centre: first.centre, draw });
      const state = first.isOptimal ? undefined : next;
      weigh(core, first, { logIncrements, state, centre: first.centre });
    },
    step(next, previous, logIncrements, { action, observation }, draw) {
      const centre = pushOf(matrices, action);
      see(later, observation);
      propose(core, later, { next, previous, centre, draw });
      weigh(core, later, { logIncrements, state: later.isOptimal ? previous : next, centre });
    },
  };
}

/** How particles move and are weighed where z' ∼ N(A z + centre, Q), and some dimensions of x are seen. */
interface Move {
  readonly matrices: Matrices;
  /** [D] of the first step; later ones follow the action. */
  readonly centre: readonly number[];
  /** Q. */
  readonly covariance: Matrix;
  readonly isOptimal: boolean;
  /** The dimensions seen, and what was seen of them. */
  seen: readonly number[];
  observation: readonly number[];
  update: GaussianUpdate;
  /** [D, D] (I − K C) A. */
  readonly transition: Float32Array;
  /** [D, D] L. */
  readonly factor: Float32Array;
  /** [O, D] U C of the particles weighed; of those before the move, U C A. */
  readonly sensor: Float32Array;
  /** [O] deviations of the observation as U shows it. */
  readonly std: Float32Array;
  readonly work: {
    /** [O] the observation as U shows it. */
    readonly target: Float32Array;
    /** [D, N] ε, and [O, N] what the particles predict. */
    readonly noise: Float32Array;
    readonly predicted: Float32Array;
  };
}

function allocateMove(
  memory: Memory,
  matrices: Matrices,
  options: Pick<Move, "centre" | "covariance" | "isOptimal"> & { readonly particles: number },
): Move {
  const { particles: N, centre, covariance, isOptimal } = options;
  const [D, O] = [matrices.transition.length, matrices.observation.length];
  const move = {
    matrices,
    centre,
    covariance,
    isOptimal,
    seen: [],
    observation: [],
    update: gaussianUpdate(covariance, [], []),
    transition: memory.f32(D * D),
    factor: memory.f32(D * D),
    sensor: memory.f32(O * D),
    std: memory.f32(O),
    work: { target: memory.f32(O), noise: memory.f32(D * N), predicted: memory.f32(O * N) },
  };
  prepare(move);
  return move;
}

/** Takes up an observation; the matrices change only with the dimensions that are seen. */
function see(move: Move, observation: ArrayLike<number> | undefined): void {
  const O = move.matrices.observation.length;
  if (observation !== undefined && observation.length !== O)
    throw new RangeError(`observation: expected [${O}], got ${observation.length} values`);
  const seen = Array.from(observation ?? [], (_, o) => o).filter((o) => !Number.isNaN(observation?.[o]));
  move.observation = seen.map((o) => Number(observation?.[o]));
  if (seen.join() === move.seen.join()) return;
  move.seen = seen;
  prepare(move);
}

function prepare(move: Move): void {
  const { matrices, covariance, isOptimal, seen } = move;
  const { transition: A, observation, observationCovariance } = matrices;
  const C = seen.map((o) => observation[o]);
  const R = seen.map((o) => seen.map((k) => observationCovariance[o][k]));
  move.update = isOptimal ? gaussianUpdate(covariance, C, R) : noUpdate(covariance, C, R);
  const { reduced, factor, whitening, std } = move.update;
  move.transition.set(multiply(reduced, A).flat());
  move.factor.set(factor.flat());
  move.std.set(std);
  const sensor = multiply(whitening, C);
  move.sensor.set((isOptimal ? multiply(sensor, A) : sensor).flat());
}

/** z' = (I − K C)(A z + centre) + K x + L ε */
function propose(
  core: Core,
  { update, observation, transition, factor, work: { noise } }: Move,
  {
    next,
    previous,
    centre,
    draw,
  }: {
    readonly next: Float32Array;
    readonly previous?: Float32Array;
    readonly centre: readonly number[];
    readonly draw: Draw;
  },
): void {
  const D = centre.length;
  const N = next.length / D;
  const pull = apply(update.gain, observation);
  const rest = apply(update.reduced, centre);
  for (let d = 0; d < D; d++) next.fill(rest[d] + pull[d], d * N, (d + 1) * N);
  if (previous) addProduct(core, next, transition, previous, N);
  addProduct(core, next, factor, draw.normal(noise), N);
}

/** logIncrements[n] = log N(U x; U C z[n], std²) of the particles' `state`; optimal: of A z[n] + centre, or of it alone. */
function weigh(
  core: Core,
  { update, isOptimal, observation, sensor, std, work: { target, predicted } }: Move,
  {
    logIncrements,
    state,
    centre,
  }: {
    readonly logIncrements: Float32Array;
    readonly state: Float32Array | undefined;
    readonly centre: readonly number[];
  },
): void {
  const O = observation.length;
  if (O === 0) return;
  const N = logIncrements.length;
  const D = centre.length;
  const expected = apply(update.C, centre);
  const surprise = isOptimal ? observation.map((value, o) => value - expected[o]) : observation;
  target.set(apply(update.whitening, surprise));
  const rows = predicted.subarray(0, O * N).fill(0);
  if (state) addProduct(core, rows, sensor.subarray(0, O * D), state, N);
  gaussianLogDensity(core, logIncrements, rows, target.subarray(0, O), std.subarray(0, O));
}

/** B a. */
function pushOf({ transition, control }: Matrices, action: ArrayLike<number> | undefined): readonly number[] {
  if (control === undefined) return transition.map(() => 0);
  if (action?.length !== control[0].length)
    throw new RangeError(`action: expected [${control[0].length}], got ${action?.length ?? 0} values`);
  return apply(control, action);
}
