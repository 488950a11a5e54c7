/** How much of what comes next a linear regression predicts: it tells noise from what a model has yet to learn. */
import type { Core } from "../core/core.ts";
import { addOuter } from "../core/precision.ts";
import { rowOf } from "../core/table.ts";
import type { Scale } from "../models/latentModel.ts";
import { cholesky } from "../models/matrix.ts";
import type { Memory } from "../models/network.ts";
import type { Sequences } from "./sequences.ts";

/** What a regression works on, and what it finds. */
export interface Forecast {
  /** [inputs + targets]² Σ of the outer products of (inputs, targets). */
  readonly products: Float32Array;
  /** [inputs + targets] of one row. */
  readonly values: Float32Array;
  /** [X + 1] share of the variance of each dimension, and of the reward, that is not predicted, in [0, 1]. */
  readonly shares: Float32Array;
}

/** Newest rows that are regressed. */
const MOST_ROWS = 1000;
/** Added to the squares of the inputs, which are of size one: keeps the equations regular. */
const RIDGE = 1e-3;

/** Of an observation: 1, the two observations before, the two actions, the reward before, whether there are two. */
const inputsOf = (X: number, A: number) => 2 * X + 2 * A + 3;

export function allocateForecast(memory: Memory, X: number, A: number): Forecast {
  const size = inputsOf(X, A) + X + 1;
  return {
    products: memory.f32(size * size),
    values: memory.f32(size),
    shares: memory.f32(X + 1),
  };
}

/**
 * Regresses the newest observations, and rewards that did not come with an end, on what came before, by least squares, and
 * writes the shares of their variances that are left, corrected for the number of inputs.
 *
 *   x_t, r_t ∼ 1, x_{t−1}, x_{t−2}, a_{t−1}, a_{t−2}, r_{t−1}
 *
 * @returns whether there were enough rows, twice as many as inputs; `shares` is not written otherwise
 */
export function forecast(
  core: Core,
  { products, values, shares }: Forecast,
  sequences: Sequences,
  scales: { readonly observation: Scale; readonly reward: Scale },
): boolean {
  const { X, A, counts, ages, capacity } = sequences;
  const inputs = inputsOf(X, A);
  const size = inputs + X + 1;
  products.fill(0);
  let rows = 0;
  // the two oldest rows may have lost those before them
  for (let back = 1; back <= Math.min(MOST_ROWS, counts.rows - 2); back++) {
    const row = (counts.next - back + capacity) % capacity;
    if (ages[row] === 0) continue;
    writeRow(values, sequences, row, scales);
    if (!values.every(Number.isFinite)) continue;
    addOuter(core, products, values, 1);
    rows++;
  }
  if (rows < 2 * inputs) return false;
  for (let i = 0; i < inputs; i++) products[i * (size + 1)] += RIDGE * rows;
  const lower = cholesky(
    Array.from({ length: size }, (_, i) => Array.from(products.subarray(i * size, (i + 1) * size))),
  );
  for (let d = 0; d <= X; d++) {
    const total = products[(inputs + d) * (size + 1)];
    let left = total;
    for (let i = 0; i < inputs; i++) left -= lower[inputs + d][i] ** 2;
    shares[d] = total > 0 ? Math.min(1, Math.max(0, (left / (rows - inputs)) * (rows / total))) : 0;
  }
  return true;
}

/** (inputs, targets) of a row that is not the first of its episode. */
function writeRow(
  values: Float32Array,
  sequences: Sequences,
  row: number,
  { observation, reward }: { readonly observation: Scale; readonly reward: Scale },
): void {
  const { X, A, ages, capacity } = sequences;
  const at = (back: number) => rowOf(sequences, (row - back + capacity) % capacity);
  const [now, before] = [at(0), at(1)];
  const hasTwo = ages[row] > 1;
  const earlier = hasTwo ? at(2) : before;
  const targets = inputsOf(X, A);
  for (let d = 0; d < X; d++) {
    const { shift, scale } = observation;
    values[d] = (before[d] - shift[d]) * scale[d];
    values[X + d] = (earlier[d] - shift[d]) * scale[d];
    values[targets + d] = (now[d] - shift[d]) * scale[d];
  }
  values.set(now.subarray(X, X + A), 2 * X);
  values.set(before.subarray(X, X + A), 2 * X + A);
  const scaled = (stored: Float32Array) => (stored[X + A] - reward.shift[0]) * reward.scale[0];
  values[targets - 3] = hasTwo ? scaled(before) : 0;
  values[targets - 2] = Number(hasTwo);
  values[targets - 1] = 1;
  values[targets + X] = now[X + A + 1] > 0 ? 0 : scaled(now);
}
