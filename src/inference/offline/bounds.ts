import type { DecisionModel } from "./decision.ts";

/** Rounds after which an iteration of values stops, whether it has converged or not: its bounds hold at every round. */
const ROUNDS = 1000;

/** Change of a round, in units of the largest possible value, at which values have converged. */
const CONVERGED = 1e-6;

/**
 * [A][S] values of the policies that always take the same action: lower bounds of the value.
 *
 *   α_a(s) = r(s, a) + γ Σ_s' p(s' | s, a) α_a(s'),   from below
 */
export function blindValues(decision: DecisionModel): readonly Float64Array[] {
  const { model, discount, reward } = decision;
  const { states: S, actions: A } = model;
  return Array.from({ length: A }, (_, a) => {
    let worst = 0;
    for (let s = 0; s < S; s++) worst = Math.min(worst, reward[s * A + a]);
    return iterate(
      decision,
      () => new Float64Array(S).fill(worst / (1 - discount)),
      (out, values) => {
        for (let s = 0; s < S; s++) out[s] = backedUp(decision, s * A + a, values);
      },
    );
  });
}

/**
 * [A][S] upper bounds of the values of actions, by the fast informed bound (Hauskrecht 2000, https://doi.org/10.1613/jair.678), which
 * observes the state one step late:
 *
 *   Q_a(s) = r(s, a) + γ Σ_o max_a' Σ_s' p(s' | s, a) p(o | a, s') Q_a'(s'),   from above
 */
export function informedValues(decision: DecisionModel): readonly Float64Array[] {
  const { model, discount, reward } = decision;
  const { states: S, actions: A, observations: O, transition, observation } = model;
  const best = reward.reduce((most, r) => Math.max(most, r), 0);
  const seen = iterate(
    decision,
    () => new Float64Array(S).fill(best / (1 - discount)),
    (out, values) => {
      for (let s = 0; s < S; s++) {
        let most = -Infinity;
        for (let a = 0; a < A; a++) most = Math.max(most, backedUp(decision, s * A + a, values));
        out[s] = most;
      }
    },
  );
  const sums = new Float64Array(O * A);
  const met = new Uint32Array(O);
  const isMet = new Uint8Array(O);
  const flat = iterate(
    decision,
    () => {
      const start = new Float64Array(A * S);
      for (let a = 0; a < A; a++)
        for (let s = 0; s < S; s++) start[s * A + a] = backedUp(decision, s * A + a, seen);
      return start;
    },
    (out, values) => {
      for (let row = 0; row < S * A; row++) {
        let count = 0;
        for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
          if (decision.chance[k] === 0) continue;
          const next = transition.index[k];
          const from = (row % A) * S + next;
          for (let j = observation.start[from]; j < observation.start[from + 1]; j++) {
            const o = observation.index[j];
            if (isMet[o] === 0) {
              isMet[o] = 1;
              met[count++] = o;
            }
            const p = decision.chance[k] * observation.value[j];
            for (let a = 0; a < A; a++) sums[o * A + a] += p * values[next * A + a];
          }
        }
        let sum = 0;
        for (let i = 0; i < count; i++) {
          isMet[met[i]] = 0;
          let most = -Infinity;
          for (let a = 0; a < A; a++) {
            most = Math.max(most, sums[met[i] * A + a]);
            sums[met[i] * A + a] = 0;
          }
          sum += most;
        }
        out[row] = reward[row] + discount * sum;
      }
    },
  );
  return Array.from({ length: A }, (_, a) => Float64Array.from({ length: S }, (_, s) => flat[s * A + a]));
}

/** r(s, a) + γ Σ_s' p(s' | s, a) values[s'], row = s · A + a */
function backedUp(
  { model, discount, reward, chance }: DecisionModel,
  row: number,
  values: Float64Array,
): number {
  const { start, index } = model.transition;
  let sum = 0;
  for (let k = start[row]; k < start[row + 1]; k++) sum += chance[k] * values[index[k]];
  return reward[row] + discount * sum;
}

/** Repeats a contraction until its values move no more, or for {@link ROUNDS}. */
function iterate(
  { reward, discount }: DecisionModel,
  start: () => Float64Array,
  round: (out: Float64Array, values: Float64Array) => void,
): Float64Array {
  let values = start();
  let out: Float64Array = new Float64Array(values.length);
  let scale = 0;
  for (const r of reward) scale = Math.max(scale, Math.abs(r));
  const converged = (CONVERGED * scale) / (1 - discount);
  for (let i = 0; i < ROUNDS; i++) {
    round(out, values);
    let change = 0;
    for (let k = 0; k < out.length; k++) change = Math.max(change, Math.abs(out[k] - values[k]));
    [values, out] = [out, values];
    if (change <= converged) break;
  }
  return values;
}
