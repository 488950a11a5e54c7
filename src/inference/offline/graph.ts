import { blindValues, informedValues } from "./bounds.ts";
import {
  type DecisionModel,
  expectation,
  expectationOver,
  type PointBelief,
  type Successors,
  successorsOf,
} from "./decision.ts";
import {
  type AlphaSets,
  type Best,
  interpolate,
  type UpperPoint,
  type UpperPoints,
  updateBest,
} from "./vectors.ts";

/** A belief that is reached, with bounds of its value. */
export interface BeliefNode {
  readonly belief: PointBelief;
  /** The lower bound, by α-vectors. */
  readonly best: Best;
  upper: number;
  /** Points of its block that `upper` has been compared with. */
  comparedPoints: number;
  /** Its own point among those of its block, once it has one. */
  point: UpperPoint | undefined;
  /** [A] what is known of each action; undefined until the node is visited. */
  actions: readonly ActionNode[] | undefined;
}

/** What is known of an action at a belief. */
export interface ActionNode {
  /** Upper bound of its value. */
  upper: number;
  /** What it leads to; undefined until the action is the most promising one. */
  outcomes: Outcomes | undefined;
}

/** What an action at a belief leads to. */
export interface Outcomes {
  /** Σ_s b(s) r(s, a). */
  readonly reward: number;
  readonly observations: Uint32Array;
  readonly probabilities: Float64Array;
  readonly nodes: readonly BeliefNode[];
}

/** All that is known of the value of a model: bounds at beliefs and between them. */
export interface BeliefGraph {
  readonly decision: DecisionModel;
  readonly vectors: AlphaSets;
  readonly points: readonly UpperPoints[];
  readonly root: BeliefNode;
  /** Beliefs so far. */
  readonly counts: { nodes: number; vectors: number };
  readonly nodes: Map<number, BeliefNode[]>;
  readonly successors: (belief: PointBelief, action: number) => Successors;
  /** [A][S] upper bounds of the values of actions. */
  readonly informed: readonly Float64Array[];
}

export function beliefGraph(decision: DecisionModel): BeliefGraph {
  const { blocks, initial, model } = decision;
  const informed = informedValues(decision);
  const blind = blindValues(decision);
  const restricted = (values: Float64Array, members: Uint32Array) =>
    Float64Array.from(members, (s) => values[s]);
  const corners = Float64Array.from({ length: model.states }, (_, s) =>
    informed.reduce((most, values) => Math.max(most, values[s]), -Infinity),
  );
  const counts = { nodes: 0, vectors: blocks.members.length * blind.length };
  const graph = {
    ...{ decision, informed, counts },
    vectors: blocks.members.map((members) =>
      blind.map((values, action) => ({ action, values: restricted(values, members) })),
    ),
    points: blocks.members.map((members) => ({ corners: restricted(corners, members), points: [] })),
    nodes: new Map<number, BeliefNode[]>(),
    successors: successorsOf(decision),
  };
  return { ...graph, root: nodeOf(graph, initial) };
}

/** Digits of probabilities that tell two beliefs apart. */
const DIGITS = 2 ** 30;

/** The node of a belief, or of one that equals it to nine digits. */
export function nodeOf(graph: Omit<BeliefGraph, "root">, belief: PointBelief): BeliefNode {
  const { nodes, counts, vectors, points } = graph;
  const key = keyOf(belief);
  const alike = nodes.get(key);
  const found = alike?.find((node) => isSame(node.belief, belief));
  if (found !== undefined) return found;
  const node: BeliefNode = {
    belief,
    best: { compared: 0, vector: undefined, value: -Infinity },
    upper: Math.min(informedBound(graph, belief), interpolate(points[belief.block], belief)),
    comparedPoints: points[belief.block].points.length,
    point: undefined,
    actions: undefined,
  };
  updateBest(node.best, vectors[belief.block], belief);
  if (alike === undefined) nodes.set(key, [node]);
  else alike.push(node);
  counts.nodes++;
  return node;
}

function informedBound(
  { informed, decision }: Pick<BeliefGraph, "informed" | "decision">,
  belief: PointBelief,
): number {
  return informed.reduce(
    (most, values) =>
      Math.max(
        most,
        expectationOver(decision.blocks, belief, (s) => values[s]),
      ),
    -Infinity,
  );
}

function keyOf({ block, places, p }: PointBelief): number {
  let key = block;
  for (let i = 0; i < p.length; i++) {
    key = Math.imul(key ^ (places === undefined ? i : places[i]), 0x01000193);
    key = Math.imul(key ^ Math.round(p[i] * DIGITS), 0x01000193);
  }
  return key;
}

function isSame(one: PointBelief, other: PointBelief): boolean {
  if (one.block !== other.block || one.p.length !== other.p.length) return false;
  for (let i = 0; i < one.p.length; i++) {
    if ((one.places?.[i] ?? i) !== (other.places?.[i] ?? i)) return false;
    if (Math.abs(one.p[i] - other.p[i]) > 1 / DIGITS) return false;
  }
  return true;
}

/** The actions of a node: at first what the informed bound says of them. */
export function actionsOf({ informed, decision }: BeliefGraph, node: BeliefNode): readonly ActionNode[] {
  node.actions ??= informed.map((values) => ({
    upper: expectationOver(decision.blocks, node.belief, (s) => values[s]),
    outcomes: undefined,
  }));
  return node.actions;
}

/** What an action leads to. */
export function outcomesOf(graph: BeliefGraph, node: BeliefNode, a: number): Outcomes {
  const action = actionsOf(graph, node)[a];
  if (action.outcomes !== undefined) return action.outcomes;
  const { decision, successors } = graph;
  const { observations, probabilities, beliefs } = successors(node.belief, a);
  action.outcomes = {
    ...{ observations, probabilities },
    reward: expectationOver(
      decision.blocks,
      node.belief,
      (s) => decision.reward[s * decision.model.actions + a],
    ),
    nodes: beliefs.map((belief) => nodeOf(graph, belief)),
  };
  return action.outcomes;
}

/** The action of the largest upper bound, after its outcomes; bounds of others need no more than the informed one. */
export function mostPromising(graph: BeliefGraph, node: BeliefNode): number {
  const actions = actionsOf(graph, node);
  for (const action of actions)
    if (action.outcomes !== undefined) action.upper = Math.min(action.upper, upperOf(graph, action.outcomes));
  for (;;) {
    let best = 0;
    for (let a = 1; a < actions.length; a++) if (actions[a].upper > actions[best].upper) best = a;
    if (actions[best].outcomes !== undefined) return best;
    actions[best].upper = Math.min(actions[best].upper, upperOf(graph, outcomesOf(graph, node, best)));
  }
}

/** r + γ Σ_o p(o) upper(b_o) */
export function upperOf(
  { decision: { discount } }: BeliefGraph,
  { reward, probabilities, nodes }: Outcomes,
): number {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += probabilities[i] * nodes[i].upper;
  return reward + discount * sum;
}

/** r + γ Σ_o p(o) lower(b_o), by all vectors so far. */
export function lowerOf(
  { decision: { discount }, vectors }: BeliefGraph,
  { reward, probabilities, nodes }: Outcomes,
): number {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const { belief, best } = nodes[i];
    updateBest(best, vectors[belief.block], belief);
    sum += probabilities[i] * best.value;
  }
  return reward + discount * sum;
}

/** Bounds of a node are tightened by those of the beliefs that follow. */
export function backUp(graph: BeliefGraph, node: BeliefNode): void {
  const { upper } = actionsOf(graph, node)[mostPromising(graph, node)];
  let [lower, chosen] = [-Infinity, 0];
  actionsOf(graph, node).forEach(({ outcomes }, a) => {
    if (outcomes === undefined) return;
    const value = lowerOf(graph, outcomes);
    if (value > lower) [lower, chosen] = [value, a];
  });
  if (upper < node.upper) lowerUpper(graph, node, upper);
  updateBest(node.best, graph.vectors[node.belief.block], node.belief);
  if (lower > node.best.value + LEAST_GAIN * (node.upper - node.best.value)) addVector(graph, node, chosen);
}

/** A vector is added where it raises the lower bound by this share of the gap at least. */
const LEAST_GAIN = 1e-4;

function lowerUpper({ points }: BeliefGraph, node: BeliefNode, upper: number): void {
  const set = points[node.belief.block];
  node.upper = upper;
  if (node.point !== undefined) node.point.value = upper;
  else {
    const atCorners = expectation(node.belief, set.corners);
    if (upper >= atCorners) return;
    node.point = { belief: node.belief, atCorners, value: upper };
    set.points.push(node.point);
  }
}

/** α(s) = r(s, a) + γ Σ_s' p(s' | s, a) Σ_o p(o | a, s') α_o(s'), where α_o is the best vector of the belief after o. */
function addVector(graph: BeliefGraph, node: BeliefNode, action: number): void {
  const { decision, vectors, counts } = graph;
  const { model, discount, reward, chance, blocks } = decision;
  const { states: S, actions: A, observations: O, transition, observation } = model;
  const after = new Array<Float64Array | undefined>(O).fill(undefined);
  const { observations, nodes } = outcomesOf(graph, node, action);
  observations.forEach((o, i) => {
    after[o] = nodes[i].best.vector?.values;
  });
  const members = blocks.members[node.belief.block];
  const values = new Float64Array(members.length);
  for (let i = 0; i < members.length; i++) {
    const row = members[i] * A + action;
    let sum = 0;
    for (let k = transition.start[row]; k < transition.start[row + 1]; k++) {
      if (chance[k] === 0) continue;
      const next = transition.index[k];
      const place = blocks.placeOf[next];
      const seen = action * S + next;
      let expected = 0;
      for (let j = observation.start[seen]; j < observation.start[seen + 1]; j++) {
        // an observation that this belief does not lead to: any vector is a lower bound
        const alpha = after[observation.index[j]] ?? vectors[blocks.blockOf[next]][0].values;
        expected += observation.value[j] * alpha[place];
      }
      sum += chance[k] * expected;
    }
    values[i] = reward[row] + discount * sum;
  }
  vectors[node.belief.block].push({ values, action });
  counts.vectors++;
  updateBest(node.best, vectors[node.belief.block], node.belief);
}
