import { expectArray } from "../../core/expect.ts";
import type { ExactFilter } from "../belief/exact.ts";
import type { ParticleFilter } from "../belief/filter.ts";
import {
  type DecisionModel,
  expectationOver,
  type PointBelief,
  pointBelief,
  successorsOf,
} from "./decision.ts";
import type { BeliefGraph } from "./graph.ts";
import { type AlphaSets, type Best, updateBest } from "./vectors.ts";

/** What a solution decides at a belief. */
export interface Decision {
  /** Index of the action of the largest value. */
  readonly action: number;
  /** Discounted sum of rewards that the solution reaches from the belief, or more. */
  readonly value: number;
  /**
   * [A] that of each action; −Infinity of those that cannot be the best, whose values are not computed.
   */
  readonly values: Float64Array;
}

/** A belief over states: [S] probabilities, or a filter after its first update. */
export type StateBelief = ArrayLike<number> | Pick<ExactFilter, "state"> | Pick<ParticleFilter, "state">;

/** What is known of the value of a model, and a policy that reaches it: what `solvePomdp` promises. */
export interface PomdpSolution {
  /** Value at the start: what the policy reaches, or more. */
  readonly lower: number;
  /** Value at the start: what no policy exceeds. */
  readonly upper: number;
  /** Trials that were run. */
  readonly iterations: number;
  /** Linear functions of beliefs that make up the lower bound. */
  readonly vectors: number;
  /**
   * Decides by looking one step ahead, with the lower bound as the value of the beliefs after it. Between the decisions of an episode a
   * filter keeps the belief.
   *
   * A belief over states that no sequence of observations confuses, such as one that a particle filter lost its way to, is
   * taken apart: values are then those of knowing which part it is from the next step on.
   *
   * @throws TypeError when the belief is none
   * @throws RangeError when it has not S probabilities ≥ 0, or no positive one
   */
  plan(belief: StateBelief): Decision;
  /** The lower bound of the value of a belief, by the functions alone. @throws as `plan` */
  value(belief: StateBelief): number;
}

/** A part of a belief within one block, and its probability. */
interface Part {
  readonly weight: number;
  readonly belief: PointBelief;
}

export function solutionOf(graph: BeliefGraph, iterations: number): PomdpSolution {
  const { decision, informed, root } = graph;
  const vectors = keptVectors(graph);
  const best = (belief: PointBelief): Best => {
    const found: Best = { compared: 0, vector: undefined, value: -Infinity };
    updateBest(found, vectors[belief.block], belief);
    return found;
  };
  const decide = decisionsBy(decision, informed, best);
  const partsOf = (belief: StateBelief) => partsIn(decision, probabilitiesOf(decision, belief));
  return {
    lower: root.best.value,
    upper: root.upper,
    iterations,
    vectors: vectors.reduce((sum, list) => sum + list.length, 0),
    plan(belief) {
      const parts = partsOf(belief);
      return parts.length === 1
        ? decide(parts[0].belief, true)
        : joined(parts, (part) => decide(part, false));
    },
    value: (belief) => partsOf(belief).reduce((sum, part) => sum + part.weight * best(part.belief).value, 0),
  };
}

/** The vectors that are the best of their block at a belief that was reached. */
function keptVectors({ vectors, nodes }: BeliefGraph): AlphaSets {
  const kept = new Set<unknown>();
  for (const alike of nodes.values())
    for (const { best, belief } of alike) {
      updateBest(best, vectors[belief.block], belief);
      kept.add(best.vector);
    }
  return vectors.map((list) => {
    const some = list.filter((vector) => kept.has(vector));
    return some.length > 0 ? some : list;
  });
}

/** Decides by values one step ahead; with `prunes` those of actions that cannot be the best are left out. */
function decisionsBy(
  decision: DecisionModel,
  informed: readonly Float64Array[],
  best: (belief: PointBelief) => Best,
) {
  const { discount, reward, blocks } = decision;
  const A = informed.length;
  const successors = successorsOf(decision);
  return (belief: PointBelief, prunes: boolean): Decision => {
    const { value: floor, vector } = best(belief);
    const values = new Float64Array(A).fill(-Infinity);
    let [action, value] = [vector?.action ?? 0, prunes ? floor : -Infinity];
    for (let a = 0; a < A; a++) {
      if (prunes && expectationOver(blocks, belief, (s) => informed[a][s]) < value) continue;
      const { probabilities, beliefs } = successors(belief, a);
      let sum = 0;
      for (let i = 0; i < beliefs.length; i++) sum += probabilities[i] * best(beliefs[i]).value;
      values[a] = expectationOver(blocks, belief, (s) => reward[s * A + a]) + discount * sum;
      if (values[a] > value) [action, value] = [a, values[a]];
    }
    // what the vector's plan is worth is at least what the vector says
    values[action] = Math.max(values[action], value);
    return { action, value, values };
  };
}

/** The decision by the mean of the parts' values. */
function joined(parts: readonly Part[], decide: (part: PointBelief) => Decision): Decision {
  const values = new Float64Array(decide(parts[0].belief).values.length);
  for (const { weight, belief } of parts) {
    const decided = decide(belief).values;
    for (let a = 0; a < values.length; a++) values[a] += weight * decided[a];
  }
  let action = 0;
  for (let a = 1; a < values.length; a++) if (values[a] > values[action]) action = a;
  return { action, value: values[action], values };
}

function partsIn({ blocks }: DecisionModel, probabilities: ArrayLike<number>): readonly Part[] {
  const byBlock = new Map<number, { states: number[]; weights: number[]; sum: number }>();
  for (let s = 0; s < probabilities.length; s++) {
    const p = probabilities[s];
    if (p === 0) continue;
    const block = blocks.blockOf[s];
    let part = byBlock.get(block);
    if (part === undefined) {
      part = { states: [], weights: [], sum: 0 };
      byBlock.set(block, part);
    }
    part.states.push(s);
    part.weights.push(p);
    part.sum += p;
  }
  const total = [...byBlock.values()].reduce((sum, part) => sum + part.sum, 0);
  return [...byBlock.values()].map(({ states, weights, sum }) => ({
    weight: sum / total,
    belief: pointBelief(blocks, Uint32Array.from(states), Float64Array.from(weights)),
  }));
}

/** [S] probabilities. */
function probabilitiesOf({ model: { states: S } }: DecisionModel, belief: StateBelief): ArrayLike<number> {
  const given = "state" in belief ? histogramOf(belief.state, S) : belief;
  expectArray("belief", given);
  if (given.length !== S) throw new RangeError(`belief: expected ${S} probabilities, got ${given.length}`);
  let sum = 0;
  for (let s = 0; s < S; s++) {
    if (!(given[s] >= 0 && given[s] < Infinity))
      throw new RangeError(`belief: expected probabilities, got ${given[s]} of state ${s}`);
    sum += given[s];
  }
  if (!(sum > 0)) throw new RangeError("belief: expected a state of positive probability, got none");
  return given;
}

/** The weights of a filter's particles by their states. */
function histogramOf(state: (ExactFilter | ParticleFilter)["state"], S: number): ArrayLike<number> {
  if ("probabilities" in state) return state.probabilities;
  const { particles, weights } = state;
  const sums = new Float64Array(S);
  for (let n = 0; n < weights.length; n++) sums[particles[n]] += weights[n];
  return sums;
}
