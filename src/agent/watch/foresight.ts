/** How well the model foresaw the last steps, before it learned from them: read by a diagnosis, and not saved. */

/** Steps that the means go back over: older ones fade by a factor e. */
export const RECENT_STEPS = 200;

/** Least change that counts as a move, in usual ones. */
const MOVE = 1 / 3;

/** Fading means over the newest steps whose end the world did not bring. */
export interface Foresight {
  /** Steps, of all time. */
  steps: number;
  /** [D + 1] mean squared error of each coordinate of the target, the reward last, and of predicting no change. */
  readonly errors: Float64Array;
  readonly changes: Float64Array;
  /** [D + 1] share of the steps at which a coordinate moved, by more than a third of its usual change. */
  readonly moves: Float64Array;
}

/** @param width D + 1 */
export function createForesight(width: number): Foresight {
  return {
    steps: 0,
    errors: new Float64Array(width),
    changes: new Float64Array(width),
    moves: new Float64Array(width),
  };
}

/**
 * Takes in what an ensemble predicted, and what came, in units of the scaled target, in which 0 is no change.
 *
 * @param heads  [members][rows], each with its D + 1 means first
 * @param target [D + 1]
 */
export function includePrediction(
  foresight: Foresight,
  heads: Float32Array,
  target: Float32Array,
  { members, rows }: { readonly members: number; readonly rows: number },
): void {
  const { errors, changes, moves } = foresight;
  const rate = 1 / Math.min(++foresight.steps, RECENT_STEPS);
  for (let d = 0; d < errors.length; d++) {
    let mean = 0;
    for (let e = 0; e < members; e++) mean += heads[e * rows + d] / members;
    const error = target[d] - mean;
    errors[d] += rate * (error * error - errors[d]);
    changes[d] += rate * (target[d] * target[d] - changes[d]);
    moves[d] += rate * (Number(Math.abs(target[d]) > MOVE) - moves[d]);
  }
}

/** How well the newest steps were predicted. */
export interface ForesightEvidence {
  readonly steps: number;
  /** [D] each coordinate's squared error, in units of its usual change. */
  readonly errors: Float64Array;
  /** [D] that of predicting no change. */
  readonly changes: Float64Array;
  /** [D] share of the steps at which it moved. */
  readonly moves: Float64Array;
}

export function foresightEvidence({ steps, errors, changes, moves }: Foresight): ForesightEvidence {
  const seen = (values: Float64Array) => values.subarray(0, -1);
  return { steps, errors: seen(errors), changes: seen(changes), moves: seen(moves) };
}
