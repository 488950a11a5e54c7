import type { Core } from "../../core/core.ts";
import { expectIndex } from "../../core/expect.ts";
import { scalarMath } from "../../core/math.ts";
import type { StateSpaceModel } from "../../models/model.ts";
import type { Memory } from "../../models/network.ts";
import { findEntry, type SparseRows } from "../../models/sparse/rows.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import { sparseOf } from "../../models/sparse/tables.ts";
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
  model: TabularModel | SparseModel,
  { work: { uniform } }: ReturnType<typeof allocateTabularProposal>,
): StateSpaceModel {
  const { transition, observation, initial, states, actions, observations } = sparseOf(model);
  if (initial === undefined) throw new RangeError("initial: expected probabilities to filter from, got none");
  const first = cumulative(initial, Uint32Array.of(0, states));
  const sums = cumulative(transition.value, transition.start);
  const logLikelihood = logarithms(core, observation);
  /** logIncrements[n] = log p(o | a, s[n]) */
  const weigh = (
    logIncrements: Float32Array,
    state: Float32Array,
    action: number,
    seen?: ArrayLike<number>,
  ) => {
    if (seen === undefined) return;
    const observed = expectIndex("observation", seen, observations);
    const { index, start } = observation;
    for (let n = 0; n < state.length; n++) {
      const row = action * states + state[n];
      const at = findEntry(index, start[row], start[row + 1], observed);
      logIncrements[n] = at < 0 ? -Infinity : logLikelihood[at];
    }
  };
  return {
    ...INDEX,
    initialise(next, logIncrements, observation, draw) {
      draw.uniform(uniform);
      for (let n = 0; n < next.length; n++) next[n] = drawEntry(first, 0, uniform[n]);
      weigh(logIncrements, next, 0, observation);
    },
    step(next, previous, logIncrements, { action = actions === 1 ? [0] : [], observation }, draw) {
      const chosen = expectIndex("action", action, actions);
      draw.uniform(uniform);
      for (let n = 0; n < next.length; n++) {
        const row = previous[n] * actions + chosen;
        next[n] = transition.index[drawEntry(sums, transition.start[row], uniform[n])];
      }
      weigh(logIncrements, next, chosen, observation);
    },
  };
}

/** The first entry from `at` on whose sum exceeds u. */
function drawEntry(sums: Float32Array, at: number, u: number): number {
  let entry = at;
  while (sums[entry] <= u) entry++;
  return entry;
}

/** Σ_{k≤j} of the entries of each row; from the last positive one on 1, which exceeds every uniform. */
function cumulative(value: Float64Array, start: Uint32Array): Float32Array {
  const sums = new Float32Array(value.length);
  for (let row = 0; row + 1 < start.length; row++) {
    let [sum, last] = [0, start[row]];
    for (let k = start[row]; k < start[row + 1]; k++) {
      sum += value[k];
      sums[k] = sum;
      if (value[k] > 0) last = k;
    }
    sums.fill(1, last, start[row + 1]);
  }
  return sums;
}

/** log p(o | a, s') of every entry. */
function logarithms(core: Core, { value }: SparseRows): Float32Array {
  const { log } = scalarMath(core);
  return Float32Array.from(value, (p) => log(p));
}
