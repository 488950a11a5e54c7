/** Imagined beliefs over the states of tables, by Bayes' rule: every observation is an outcome, with its probability. */
import type { ScalarMath } from "../../core/math.ts";
import { weighBelief } from "../../models/sparse/belief.ts";
import { expectedReward } from "../../models/sparse/reward.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import { sparseOf } from "../../models/sparse/tables.ts";
import type { TabularModel } from "../../models/tabular.ts";
import type { Imagination, ImaginedStep, Moments, Outcome } from "./nodes.ts";

/** [S] probabilities. */
export type Probabilities = Float64Array;

/** What steps read. */
interface Context {
  readonly model: SparseModel;
  /** [S · A]. */
  readonly rewards: Float64Array;
  readonly log: (x: number) => number;
}

/** The value of a belief over states where plans end, in units of reward: a solution of `solvePomdp` has one. */
export interface StateValue {
  /**
   * What a belief is worth, in units of reward.
   *
   * @param belief [S] probabilities
   */
  value(belief: ArrayLike<number>): number;
}

/** Imagines tables exactly. @param solved where plans end; left out: the table's value, or 0 */
export function exactImagination(
  known: TabularModel | SparseModel,
  { log }: Pick<ScalarMath, "log">,
  solved?: StateValue,
): Imagination<Probabilities> {
  const model = sparseOf(known);
  const context = { model, rewards: expectedReward(model), log };
  const value = known.kind === "tabular" ? known.tables.value : undefined;
  return {
    step: (belief, action) => stepOf(context, belief, action[0]),
    values: (beliefs) =>
      beliefs.map((belief) => {
        if (solved) return solved.value(belief);
        return value ? belief.reduce((sum, p, s) => sum + p * value[s], 0) : 0;
      }),
    reset() {},
  };
}

function stepOf(
  { model, rewards, log }: Context,
  belief: Probabilities,
  a: number,
): ImaginedStep<Probabilities> {
  const { states: S, actions: A, transition, ending } = model;
  const after = new Float64Array(S);
  let reward = 0;
  for (let s = 0; s < S; s++) {
    if (belief[s] === 0) continue;
    const row = s * A + a;
    reward += belief[s] * rewards[row];
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++)
      after[transition.index[k]] += belief[s] * transition.value[k] * (1 - (ending?.[k] ?? 0));
  }
  const continuing = after.reduce((sum, p) => sum + p, 0);
  for (let s = 0; s < S; s++) after[s] = continuing > 0 ? after[s] / continuing : 0;
  let masses: Float64Array | undefined;
  let o = 0;
  return {
    ...{ reward, continuing },
    next(): Outcome<Probabilities> | undefined {
      masses ??= massesOf(model, after, a);
      while (o < masses.length && masses[o] === 0) o++;
      if (o === masses.length) return undefined;
      const mass = masses[o];
      const joint = weighBelief(after.slice(), model, a, o);
      let nats = 0;
      // p(o | a, s') is what the probability of s' was multiplied by
      for (let s = 0; s < S; s++)
        if (joint[s] > 0) nats += (joint[s] / mass) * log(joint[s] / after[s] / mass);
      return { belief: joint.map((p) => p / mass), mass, nats, symbol: o++ };
    },
    moments: () => momentsOfIndex(after),
  };
}

/** [O] p(o | a) where the next state is distributed so. */
function massesOf({ states: S, observations: O, observation }: SparseModel, after: Probabilities, a: number) {
  const masses = new Float64Array(O);
  const { start, index, value } = observation;
  for (let s = 0; s < S; s++) {
    if (after[s] === 0) continue;
    const row = a * S + s;
    for (let k = start[row]; k < start[row + 1]; k++) masses[index[k]] += after[s] * value[k];
  }
  return masses;
}

/** Of the state's index. */
function momentsOfIndex(belief: Probabilities): Moments {
  const mean = belief.reduce((sum, p, s) => sum + p * s, 0);
  const variance = belief.reduce((sum, p, s) => sum + p * (s - mean) ** 2, 0);
  return { mean: Float64Array.of(mean), std: Float64Array.of(Math.sqrt(variance)) };
}
