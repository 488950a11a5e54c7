import { expectedReward } from "../../models/sparse/reward.ts";
import type { SparseModel } from "../../models/sparse/sparseModel.ts";
import { type Blocks, findBlocks } from "./blocks.ts";

/** A model as decisions are computed in it. */
export interface DecisionModel {
  readonly model: SparseModel;
  /** γ < 1. */
  readonly discount: number;
  /** [S · A] E[r | s, a]. */
  readonly reward: Float64Array;
  /** [entries of the transition] probability of the next state, and that the world goes on. */
  readonly chance: Float64Array;
  readonly blocks: Blocks;
  /** The belief at the start. */
  readonly initial: PointBelief;
}

/** A belief by its states of positive probability, all of one block. */
export interface PointBelief {
  readonly block: number;
  /** Places of the states in the block, ascending; undefined where they are all of them. */
  readonly places: Uint32Array | undefined;
  /** Their probabilities, which sum to 1. */
  readonly p: Float64Array;
}

export function decisionModel(model: SparseModel, discount: number): DecisionModel {
  const { transition, ending } = model;
  const chance = ending ? transition.value.map((p, k) => p * (1 - ending[k])) : transition.value;
  const { initial = new Float64Array(model.states).fill(1 / model.states) } = model;
  const start = [...initial.keys()].filter((s) => initial[s] > 0);
  const blocks = findBlocks(model, chance, start);
  return {
    ...{ model, discount, chance, blocks },
    reward: expectedReward(model),
    initial: pointBelief(
      blocks,
      Uint32Array.from(start),
      Float64Array.from(start, (s) => initial[s]),
    ),
  };
}

/** The belief of weights of states, which ascend and share a block; normalised. */
export function pointBelief(
  { blockOf, placeOf, members }: Blocks,
  states: Uint32Array,
  weights: Float64Array,
): PointBelief {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  const p = new Float64Array(weights.length);
  for (let i = 0; i < p.length; i++) p[i] = weights[i] / sum;
  const block = blockOf[states[0]];
  if (states.length === members[block].length) return { block, places: undefined, p };
  const places = new Uint32Array(states.length);
  for (let i = 0; i < places.length; i++) places[i] = placeOf[states[i]];
  return { block, places, p };
}

/** Σ_s b(s) values[place of s] */
export function expectation({ places, p }: PointBelief, values: Float64Array): number {
  let sum = 0;
  if (places === undefined) for (let i = 0; i < p.length; i++) sum += p[i] * values[i];
  else for (let i = 0; i < p.length; i++) sum += p[i] * values[places[i]];
  return sum;
}

/** Σ_s b(s) value(s) */
export function expectationOver(
  { members }: Blocks,
  { block, places, p }: PointBelief,
  value: (state: number) => number,
): number {
  const states = members[block];
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i] * value(states[places === undefined ? i : places[i]]);
  return sum;
}

/** What an action leads to: the observations that may follow, how likely, and the beliefs after them. */
export interface Successors {
  readonly observations: Uint32Array;
  /** With that of an ending they sum to 1. */
  readonly probabilities: Float64Array;
  readonly beliefs: readonly PointBelief[];
}

/** Computes successors; a function of its own for each solver, for it keeps arrays of the size of the model. */
export function successorsOf(decision: DecisionModel) {
  const { model, chance, blocks } = decision;
  const { states: S, actions: A, observations: O, transition, observation } = model;
  const mass = new Float64Array(S);
  const touched = new Uint32Array(S);
  const [sizes, totals] = [new Uint32Array(O), new Float64Array(O)];

  /** touched[…] = the s' with Σ_s p(s' | s, a) b(s) > 0, ascending; mass[s'] = that sum */
  const predict = ({ block, places, p }: PointBelief, action: number): number => {
    const members = blocks.members[block];
    let [count, isSorted] = [0, true];
    for (let i = 0; i < p.length; i++) {
      const row = members[places === undefined ? i : places[i]] * A + action;
      for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
        if (chance[k] === 0) continue;
        const next = transition.index[k];
        if (mass[next] === 0) {
          isSorted &&= count === 0 || touched[count - 1] < next;
          touched[count++] = next;
        }
        mass[next] += p[i] * chance[k];
      }
    }
    if (!isSorted) touched.subarray(0, count).sort();
    return count;
  };

  return (belief: PointBelief, action: number): Successors => {
    const count = predict(belief, action);
    sizes.fill(0);
    totals.fill(0);
    for (let i = 0; i < count; i++) {
      const row = action * S + touched[i];
      for (let j = observation.start[row]; j < observation.start[row + 1]; j++) {
        const o = observation.index[j];
        sizes[o]++;
        totals[o] += mass[touched[i]] * observation.value[j];
      }
    }
    const observations: number[] = [];
    for (let o = 0; o < O; o++) if (totals[o] > LEAST) observations.push(o);
    const lists = new Array<{ states: Uint32Array; weights: Float64Array; size: number }>(O);
    for (const o of observations)
      lists[o] = { states: new Uint32Array(sizes[o]), weights: new Float64Array(sizes[o]), size: 0 };
    for (let i = 0; i < count; i++) {
      const next = touched[i];
      const row = action * S + next;
      for (let j = observation.start[row]; j < observation.start[row + 1]; j++) {
        const list = lists[observation.index[j]];
        if (list === undefined) continue;
        list.states[list.size] = next;
        list.weights[list.size++] = mass[next] * observation.value[j];
      }
      mass[next] = 0;
    }
    return {
      observations: Uint32Array.from(observations),
      probabilities: Float64Array.from(observations, (o) => totals[o]),
      beliefs: observations.map((o) => pointBelief(blocks, lists[o].states, lists[o].weights)),
    };
  };
}

/** Observations less likely than this have no weight in any value, and beliefs after them no digits. */
const LEAST = 1e-100;
