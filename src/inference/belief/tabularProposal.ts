import type { Core } from "../../core/core.ts";
import { expectIndex } from "../../core/expect.ts";
import { scalarMath } from "../../core/math.ts";
import type { Matrix } from "../../models/matrix.ts";
import type { StateSpaceModel } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import type { TabularModel } from "../../models/tabular.ts";

/** Sizes of a particle that is an index. */
export const INDEX = { stateSize: 1, continuousSize: 0, observationSize: 1 } as const;

/** Room for the uniform numbers of N particles. */
export function allocateTabularProposal(memory: Memory, { particles }: { readonly particles: number }) {
  return { work: { uniform: memory.f32(particles) } };
}

/**
 * Tables as a particle filter takes them: a particle is the index of its state, drawn from p(s' | s, a) and weighed by
 * p(o | a, s').
 *
 * A first observation follows no action: it is read by the table of action 0.
 *
 * @throws RangeError when the model has no initial probabilities
 */
export function tabularProposal(
  core: Core,
  { tables, states, actions }: TabularModel,
  { work: { uniform } }: ReturnType<typeof allocateTabularProposal>,
): StateSpaceModel {
  if (tables.initial === undefined)
    throw new RangeError("initial: expected probabilities to filter from, got none");
  const first = cumulative([tables.initial]);
  const transition = cumulative(tables.transition.flat());
  const likelihood = tables.observation.map((table) => logColumns(core, table));
  /** s'[n] = the least s' whose Σ_{k≤s'} p(k | row[n]) exceeds u[n] */
  const move = (next: Float32Array, table: Float32Array, rowOf: (n: number) => number) => {
    for (let n = 0; n < next.length; n++) {
      let at = rowOf(n) * states;
      const start = at;
      while (table[at] <= uniform[n]) at++;
      next[n] = at - start;
    }
  };
  /** logIncrements[n] = log p(o | a, s[n]) */
  const weigh = (
    logIncrements: Float32Array,
    state: Float32Array,
    action: number,
    seen?: ArrayLike<number>,
  ) => {
    if (seen === undefined) return;
    const columns = likelihood[action];
    const column = columns[expectIndex("observation", seen, columns.length)];
    for (let n = 0; n < state.length; n++) logIncrements[n] = column[state[n]];
  };
  return {
    ...INDEX,
    initialise(next, logIncrements, observation, draw) {
      draw.uniform(uniform);
      move(next, first, () => 0);
      weigh(logIncrements, next, 0, observation);
    },
    step(next, previous, logIncrements, { action = actions === 1 ? [0] : [], observation }, draw) {
      const chosen = expectIndex("action", action, actions);
      draw.uniform(uniform);
      move(next, transition, (n) => previous[n] * actions + chosen);
      weigh(logIncrements, next, chosen, observation);
    },
  };
}

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

/** log table[s][o] at [o][s]. */
function logColumns(core: Core, table: Matrix): readonly Float32Array[] {
  const { log } = scalarMath(core);
  return table[0].map((_, o) => Float32Array.from(table, (row) => log(row[o])));
}
