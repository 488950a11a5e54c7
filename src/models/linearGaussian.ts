import { addProduct } from "../core/columns.ts";
import type { Core } from "../core/core.ts";
import type { Draw } from "../core/draw.ts";
import { expectArray, expectKnownNames, expectMultiple } from "../core/expect.ts";
import { gaussianLogDensity } from "../core/gaussian.ts";
import { type GaussianUpdate, gaussianUpdate, noUpdate } from "./gaussianUpdate.ts";
import { apply, expectCovariance, expectMatrix, type Matrix, multiply } from "./matrix.ts";
import type { StateSpaceModel } from "./stateSpaceModel.ts";

/**
 * A linear-Gaussian system, its matrices as rows.
 *
 *   z_1 ∼ N(mean, covariance),   z_t ∼ N(A z_{t−1} + B a_{t−1}, W),   x_t ∼ N(C z_t, R)
 *
 * Noise is given by its covariances. The planner's `LinearGaussianPomdp` is given a factor L of W = L Lᵀ and the sensors'
 * standard deviations, and has other names; fields but these are refused.
 */
export interface LinearGaussianSystem {
  /** [D, D] how the state moves by itself. */
  readonly A: Matrix;
  /** [D, M] how an action moves it; without it actions are not read. */
  readonly B?: Matrix;
  /** [O, D] what is seen of it. */
  readonly C: Matrix;
  /** [D, D] process noise, positive semi-definite. */
  readonly W: Matrix;
  /** [O, O] sensor noise, positive definite. */
  readonly R: Matrix;
  /** [D] of z_1. */
  readonly mean: readonly number[];
  /** [D, D] of z_1, positive semi-definite. */
  readonly covariance: Matrix;
}

/** Options of {@link linearGaussianModel}. */
export interface LinearGaussianOptions {
  /** N, a multiple of 4. */
  readonly particles: number;
  /**
   * "bootstrap" (default) draws from p(z' | z, a) and weighs by p(x | z'); "optimal" draws from p(z' | z, a, x) and weighs
   * by p(x | z, a), which has the least variance of all proposals of one step.
   */
  readonly proposal?: "bootstrap" | "optimal";
}

/**
 * A linear-Gaussian system as a model of a particle filter.
 *
 *   optimal   z' ∼ N(m + K (x − C m), (I − K C) W),   weight N(x; C m, S),
 *             m = A z + B a,   S = C W Cᵀ + R,   K = W Cᵀ S⁻¹
 *
 * and the same at the first step with m = mean and W = covariance. A dimension of the observation that is NaN was not
 * seen: only the rows of C and R that were seen count.
 *
 * W and R are covariances; `linearGaussianPomdp` takes a factor of W and standard deviations.
 *
 * @throws TypeError when the system or the options have a field that they do not know, or a matrix is missing
 * @throws RangeError when a matrix has the wrong shape, or is no covariance
 * @see Doucet, Godsill & Andrieu (2000), https://doi.org/10.1023/A:1008935410038
 *
 * @example
 * const core = await createCore();
 * const walk = { A: [[1]], C: [[1]], W: [[0.1]], R: [[1]], mean: [0], covariance: [[1]] };
 * linearGaussianModel(core, walk, { particles: 256, proposal: "optimal" }).stateSize; // 1
 */
export function linearGaussianModel(
  core: Core,
  system: LinearGaussianSystem,
  options: LinearGaussianOptions,
): StateSpaceModel {
  expectKnownNames("options", options, ["particles", "proposal"]);
  const { particles, proposal = "bootstrap" } = options;
  expectMultiple("particles", particles, 4);
  expectSystem(system);
  if (proposal !== "bootstrap" && proposal !== "optimal")
    throw new RangeError(`proposal: expected bootstrap or optimal, got ${proposal}`);
  const isOptimal = proposal === "optimal";
  const first = allocateMove(core, system, { covariance: system.covariance, isOptimal, particles });
  const later = allocateMove(core, system, { covariance: system.W, isOptimal, particles });
  return {
    particles,
    stateSize: system.A.length,
    observationSize: system.C.length,
    initialise(next, logIncrements, observation, draw) {
      see(first, observation);
      propose(core, first, { next, centre: system.mean, draw });
      weigh(core, first, { logIncrements, state: isOptimal ? undefined : next, centre: system.mean });
    },
    step(next, previous, logIncrements, { action, observation }, draw) {
      const centre = pushOf(system, action);
      see(later, observation);
      propose(core, later, { next, previous, centre, draw });
      weigh(core, later, { logIncrements, state: isOptimal ? previous : next, centre });
    },
  };
}

/** How particles move and are weighed where z' ∼ N(A z + centre, Q), and some dimensions of x are seen. */
interface Move {
  readonly system: LinearGaussianSystem;
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
  /** [O] the observation as U shows it, and its deviations. */
  readonly target: Float32Array;
  readonly std: Float32Array;
  /** [D, N] ε, and [O, N] what the particles predict. */
  readonly noise: Float32Array;
  readonly predicted: Float32Array;
}

interface MoveOptions {
  readonly covariance: Matrix;
  readonly isOptimal: boolean;
  readonly particles: number;
}

function allocateMove(core: Core, system: LinearGaussianSystem, options: MoveOptions): Move {
  const { covariance, isOptimal, particles: N } = options;
  const [D, O] = [system.A.length, system.C.length];
  const move = {
    system,
    covariance,
    isOptimal,
    seen: [],
    observation: [],
    update: gaussianUpdate(covariance, [], []),
    transition: core.f32(D * D),
    factor: core.f32(D * D),
    sensor: core.f32(O * D),
    target: core.f32(O),
    std: core.f32(O),
    noise: core.f32(D * N),
    predicted: core.f32(O * N),
  };
  prepare(move);
  return move;
}

/** Takes up an observation; the matrices change only with the dimensions that are seen. */
function see(move: Move, observation: ArrayLike<number> | undefined): void {
  const O = move.system.C.length;
  if (observation !== undefined && observation.length !== O)
    throw new RangeError(`observation: expected [${O}], got ${observation.length} values`);
  const seen = Array.from(observation ?? [], (_, o) => o).filter((o) => !Number.isNaN(observation?.[o]));
  move.observation = seen.map((o) => Number(observation?.[o]));
  if (seen.join() === move.seen.join()) return;
  move.seen = seen;
  prepare(move);
}

function prepare(move: Move): void {
  const { system, covariance, isOptimal, seen } = move;
  const C = seen.map((o) => system.C[o]);
  const R = seen.map((o) => seen.map((k) => system.R[o][k]));
  move.update = isOptimal ? gaussianUpdate(covariance, C, R) : noUpdate(covariance, C, R);
  const { reduced, factor, whitening, std } = move.update;
  move.transition.set(multiply(reduced, system.A).flat());
  move.factor.set(factor.flat());
  move.std.set(std);
  const sensor = multiply(whitening, C);
  move.sensor.set((isOptimal ? multiply(sensor, system.A) : sensor).flat());
}

/** z' = (I − K C)(A z + centre) + K x + L ε */
function propose(
  core: Core,
  { update, observation, transition, factor, noise }: Move,
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
  { update, isOptimal, observation, sensor, target, std, predicted }: Move,
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
function pushOf({ A, B }: LinearGaussianSystem, action: ArrayLike<number> | undefined): readonly number[] {
  if (B === undefined) return A.map(() => 0);
  if (action?.length !== B[0].length)
    throw new RangeError(`action: expected [${B[0].length}], got ${action?.length ?? 0} values`);
  return apply(B, action);
}

const NEEDED = ["A", "C", "W", "R", "mean", "covariance"] as const;
const LAYOUT = `${NEEDED.join(", ")} and B alone, with covariances W and R (linearGaussianPomdp takes a factor and std)`;

function expectSystem(system: LinearGaussianSystem): void {
  expectKnownNames("system", system, [...NEEDED, "B"], LAYOUT);
  for (const name of NEEDED) expectArray(name, system[name]);
  const { A, B, C, W, R, mean, covariance } = system;
  const [D, O] = [A.length, C.length];
  expectMatrix("A", A, D, D);
  if (B) expectMatrix("B", B, D, B[0]?.length ?? 0);
  expectMatrix("C", C, O, D);
  expectCovariance("W", W, D);
  expectCovariance("R", R, O, true);
  expectMatrix("mean", [mean], 1, D);
  expectCovariance("covariance", covariance, D);
}
