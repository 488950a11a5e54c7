import type { Core } from "../core/core.ts";
import { expectArray, expectInteger, expectKnownNames, expectMultiple } from "../core/expect.ts";
import { scalarMath } from "../core/math.ts";
import { expectMatrix, type Matrix } from "./matrix.ts";
import type { StateSpaceModel } from "./stateSpaceModel.ts";

/**
 * Tables of a world of S states, A actions and O observations; every row is a distribution.
 *
 * The transition begins with the action: p(s' | s, a) is at `[a][s][s']`. The planner's tables (`PomdpTables`) begin with
 * the state, `[s][a][s']`, and hold rewards too; where S = A only the fields tell them apart, so others than these are refused.
 */
export interface TabularSystem {
  /** [A][S, S] p(s' | s, a). */
  readonly transition: readonly Matrix[];
  /** [A][S, O] p(x | s', a). */
  readonly observation: readonly Matrix[];
  /** [S] p(s_1). */
  readonly initial: readonly number[];
}

/**
 * A hidden Markov model (A = 1), or the world of a tabular POMDP, as a model of a particle filter; a particle is the index
 * of its state, drawn from p(s' | s, a) and weighed by p(x | s', a).
 *
 * Actions and observations are [index]; with A = 1 the action may be left out. A first observation follows no action: it is
 * read by the table of action 0. Where a world shows nothing before the first action, let the filter's first step go
 * without an observation.
 *
 * The tables of `tabularPomdp` are no system of this kind: their transition is `[s][a][s']`, here it is `[a][s][s']`.
 *
 * @throws TypeError when the system has a field that a {@link TabularSystem} has not, or lacks one
 * @throws RangeError when the shape of a table is wrong, or a row is no distribution
 *
 * @example
 * const core = await createCore();
 * const listen = { transition: [[[1, 0], [0, 1]]], observation: [[[0.85, 0.15], [0.15, 0.85]]], initial: [0.5, 0.5] };
 * tabularModel(core, listen, { particles: 256 }).stateSize; // 1
 */
export function tabularModel(
  core: Core,
  system: TabularSystem,
  options: { readonly particles: number },
): StateSpaceModel {
  expectKnownNames("system", system, ["transition", "observation", "initial"], LAYOUT);
  expectKnownNames("options", options, ["particles"]);
  const { particles: N } = options;
  expectMultiple("particles", N, 4);
  expectTables(system);
  const states = system.initial.length;
  const first = cumulative([system.initial]);
  const transition = system.transition.map(cumulative);
  const likelihood = system.observation.map((table) => logColumns(core, table));
  const uniform = core.f32(N);
  /** s'[n] = the least s' whose Σ_{k≤s'} p(k | s[n]) exceeds u[n] */
  const move = (next: Float32Array, table: Float32Array, previous?: Float32Array) => {
    for (let n = 0; n < N; n++) {
      let at = previous ? previous[n] * states : 0;
      const start = at;
      while (table[at] <= uniform[n]) at++;
      next[n] = at - start;
    }
  };
  /** logIncrements[n] = log p(x | s[n], a) */
  const weigh = (
    logIncrements: Float32Array,
    state: Float32Array,
    action: number,
    seen?: ArrayLike<number>,
  ) => {
    if (seen === undefined) return;
    expectIndex("observation", seen, likelihood[action].length);
    const column = likelihood[action][seen[0]];
    for (let n = 0; n < N; n++) logIncrements[n] = column[state[n]];
  };
  return {
    particles: N,
    stateSize: 1,
    continuousSize: 0,
    observationSize: 1,
    initialise(next, logIncrements, observation, draw) {
      draw.uniform(uniform);
      move(next, first);
      weigh(logIncrements, next, 0, observation);
    },
    step(next, previous, logIncrements, { action = transition.length === 1 ? [0] : [], observation }, draw) {
      expectIndex("action", action, transition.length);
      draw.uniform(uniform);
      move(next, transition[action[0]], previous);
      weigh(logIncrements, next, action[0], observation);
    },
  };
}

const LAYOUT =
  "transition [A][S][S'], observation [A][S][O] and initial [S] alone (tabularPomdp's transition is [S][A][S'])";

/** Σ_{k≤j} rows[i][k] at [i · columns + j]; from the last positive entry on 1, which exceeds every uniform. */
function cumulative(rows: Matrix): Float32Array {
  const sums = rows.map((row) => {
    let sum = 0;
    const last = row.reduce((found, value, j) => (value > 0 ? j : found), 0);
    return row.map((value, j) => {
      sum += value;
      return j < last ? sum : 1;
    });
  });
  return Float32Array.from(sums.flat());
}

/** log table[s][x] at [x][s]. */
function logColumns(core: Core, table: Matrix): readonly Float32Array[] {
  const { log } = scalarMath(core);
  return table[0].map((_, x) => Float32Array.from(table, (row) => log(row[x])));
}

function expectIndex(name: string, value: ArrayLike<number>, size: number): void {
  if (value.length !== 1) throw new RangeError(`${name}: expected [index], got ${value.length} values`);
  expectInteger(name, value[0], 0, size - 1);
}

function expectTables({ transition, observation, initial }: TabularSystem): void {
  expectArray("initial", initial);
  expectArray("transition", transition);
  expectArray("observation", observation);
  const S = initial.length;
  expectDistributions("initial", [initial], 1, S);
  expectInteger("transition.length", transition.length, 1);
  if (observation.length !== transition.length)
    throw new RangeError(`observation: expected ${transition.length} tables, got ${observation.length}`);
  const O = observation[0][0]?.length ?? 0;
  for (const [a, table] of transition.entries()) expectDistributions(`transition[${a}]`, table, S, S);
  for (const [a, table] of observation.entries()) expectDistributions(`observation[${a}]`, table, S, O);
}

/** Rounding that a row's sum may show. */
const SLACK = 1e-6;

function expectDistributions(name: string, table: Matrix, rows: number, columns: number): void {
  expectMatrix(name, table, rows, columns);
  for (const row of table) {
    const sum = row.reduce((total, value) => total + value, 0);
    if (row.some((value) => value < 0) || Math.abs(sum - 1) > SLACK)
      throw new RangeError(
        `${name}: expected rows of probabilities that sum to 1, got ${JSON.stringify(row)}`,
      );
  }
}
