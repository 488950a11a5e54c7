import type { Core } from "../core/core.ts";
import { expectArray, expectFinite, expectKnownNames } from "../core/expect.ts";
import { observationKinds } from "../core/observationKind.ts";
import { allocateSimulatedModel, MODEL_KINDS, setSimulatedModel } from "../core/simulation.ts";
import { pad4, TILE } from "../core/tiles.ts";
import type { KnownModel } from "./knownModel.ts";
import type { Matrix } from "./matrix.ts";

/**
 * A linear-Gaussian world with a quadratic reward: n state, A action and D observation dimensions.
 *
 * Noise is given by a factor L of its covariance L Lᵀ, and by the sensors' standard deviations. A filter's
 * `LinearGaussianSystem` is given covariances, and has other names; fields but these are refused.
 */
export interface LinearGaussianPomdp {
  /** A [n][n], of the state. */
  readonly transition: Matrix;
  /** B [n][A], of the action. */
  readonly control: Matrix;
  /** L [n][n], process noise of covariance L Lᵀ. */
  readonly processNoise: Matrix;
  /** C [D][n], of the observation. */
  readonly observation: Matrix;
  /** [D] standard deviations of the sensors, > 0. */
  readonly observationStd: readonly number[];
  /** Q [n][n], of the state reached. */
  readonly stateCost: Matrix;
  /** R [A][A] of the action as the model takes it. Default: zero. */
  readonly actionCost?: Matrix;
  /** P [n][n] of the value at the horizon. Default: no value. */
  readonly valueCost?: Matrix;
  /** Whether the model takes a = tanh u; else u itself. Default false. */
  readonly isSquashed?: boolean;
}

const NEEDED = [
  "transition",
  "control",
  "processNoise",
  "observation",
  "observationStd",
  "stateCost",
] as const;
const LAYOUT =
  `${NEEDED.join(", ")}, actionCost, valueCost and isSquashed alone, ` +
  "with a factor and std of the noise (linearGaussianModel takes covariances)";

/**
 * The known model of a linear-Gaussian world, in the core's memory.
 *
 *   x' = A x + B a + L ε,   y = C x' + N(0, diag(observationStd²)),   r = −½ x'ᵀ Q x' − ½ aᵀ R a,   V = −½ xᵀ P x
 *
 * where x' is rewarded too, and V is of the state at the horizon. With `isSquashed` actions lie in (−1, 1).
 *
 * `processNoise` is a factor and `observationStd` holds standard deviations; `linearGaussianModel` takes covariances.
 *
 * @throws TypeError when the system has a field that {@link LinearGaussianPomdp} has not, or lacks one
 * @throws RangeError when a matrix has another shape than A, B and C say, a number is not finite, or a standard deviation is not positive
 *
 * @example
 * // a walk that is to stay near 0
 * const walk = {
 *   transition: [[1]], control: [[1]], processNoise: [[0.1]],
 *   observation: [[1]], observationStd: [0.5], stateCost: [[1]],
 * };
 * const core = await createCore({ bytes: 1 << 22 });
 * const settings = { particles: 4, candidates: 256, horizon: 1, informationWeight: 0 };
 * const planner = createBeliefPlanner(core, linearGaussianPomdp(core, walk), settings);
 * const { mean } = planner.plan({ states: [1, 1, 1, 1], logWeights: [0, 0, 0, 0] });
 * Math.abs(mean[0] + 0.5) < 0.2; // true: half-way back, between the prior at 0 and the goal at −1
 */
export function linearGaussianPomdp(core: Core, system: LinearGaussianPomdp): KnownModel {
  expectKnownNames("system", system, [...NEEDED, "actionCost", "valueCost", "isSquashed"], LAYOUT);
  for (const name of NEEDED) expectArray(name, system[name]);
  const { transition, control, processNoise, observation, observationStd, stateCost, valueCost } = system;
  const [n, A, D] = [transition.length, control[0]?.length ?? 0, observation.length];
  const { actionCost = zeros(A, A), isSquashed = false } = system;
  expectMatrix("transition", transition, n, n);
  expectMatrix("control", control, n, A);
  expectMatrix("processNoise", processNoise, n, n);
  expectMatrix("observation", observation, D, n);
  expectMatrix("observationStd", [observationStd], 1, D);
  if (!observationStd.every((std) => Math.fround(std) > 0))
    throw new RangeError(`observationStd: expected positive numbers, got ${observationStd.join(" ")}`);
  expectMatrix("stateCost", stateCost, n, n);
  expectMatrix("actionCost", actionCost, A, A);
  if (valueCost) expectMatrix("valueCost", valueCost, n, n);
  const simulated = allocateSimulatedModel(core);
  const dynamics = transition.map((row, d) => [...row, ...control[d], ...processNoise[d]]);
  const costs = [
    ...stateCost.map((row) => [...row, ...zeros(1, A)[0]]),
    ...actionCost.map((row) => [...zeros(1, n)[0], ...row]),
  ];
  setSimulatedModel(core, simulated, {
    kind: MODEL_KINDS.linearGaussian,
    stateRows: n,
    actionSize: A,
    observationSize: D,
    observationKind: observationKinds.indexOf("gaussian"),
    usesNoise: Number(processNoise.some((row) => row.some((value) => value !== 0))),
    takesU: Number(!isSquashed),
    transition: core.f32(packDense(dynamics)),
    reward: core.f32(packDense(costs)),
    observation: core.f32(packDense(observation)),
    observationStd: core.f32(observationStd),
    ...(valueCost && { value: core.f32(packDense(valueCost)) }),
    input: core.f32(pad4(2 * n + A) * TILE),
    output: core.f32(pad4(n + A) * TILE),
  });
  const hasValue = valueCost !== undefined;
  const sizes = { stateSize: n, states: 0, actionSize: A, observationWidth: D };
  return { simulated, ...sizes, isDiscrete: false, hasValue };
}

function zeros(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
}

function expectMatrix(name: string, matrix: Matrix, rows: number, columns: number): void {
  if (matrix.length !== rows || matrix.some((row) => row.length !== columns))
    throw new RangeError(
      `${name}: expected [${rows}, ${columns}] values, got [${matrix.length}, ${matrix[0]?.length ?? 0}]`,
    );
  for (const row of matrix) expectFinite(name, row);
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
