import {
  type BeliefGraph,
  type BeliefNode,
  backUp,
  mostPromising,
  type Outcomes,
  outcomesOf,
} from "./graph.ts";
import { interpolate, updateBest } from "./vectors.ts";

/**
 * Share of the gap at the start that a trial may leave at its end. Deep trials find good plans sooner, shallow ones prove them: with .95 as
 * published RockSample(7, 8) is at 20.6 where with .25 it is at 21.6 (docs/decisions/0045).
 */
const AIM = 0.25;

/** Steps after which a trial ends in any case. */
const DEEPEST = 500;

/**
 * One trial of heuristic search value iteration (Smith & Simmons 2005): a path of beliefs, by the action of the largest upper bound and
 * the observation that leaves most to be found out, down to where the gap is small enough, and back with better bounds.
 */
export function runTrial(graph: BeliefGraph, tolerance: number): void {
  const { root, decision } = graph;
  const path: BeliefNode[] = [];
  let aim = Math.max(tolerance, AIM * gapOf(graph, root));
  for (let node = root; path.length < DEEPEST; ) {
    refresh(graph, node);
    if (node !== root && node.upper - node.best.value <= aim) break;
    path.push(node);
    aim /= decision.discount;
    const next = mostToFind(graph, outcomesOf(graph, node, mostPromising(graph, node)), aim);
    if (next === undefined) break;
    node = next;
  }
  for (const node of path.reverse()) backUp(graph, node);
}

export function gapOf(graph: BeliefGraph, node: BeliefNode): number {
  refresh(graph, node);
  return node.upper - node.best.value;
}

/** Compares a node with the vectors and points that are new. */
function refresh({ vectors, points }: BeliefGraph, node: BeliefNode): void {
  const { block } = node.belief;
  updateBest(node.best, vectors[block], node.belief);
  const { length } = points[block].points;
  if (node.comparedPoints < length) {
    node.upper = Math.min(node.upper, interpolate(points[block], node.belief, node.comparedPoints));
    node.comparedPoints = length;
  }
}

function mostToFind(
  graph: BeliefGraph,
  { nodes, probabilities }: Outcomes,
  aim: number,
): BeliefNode | undefined {
  let [best, most]: [BeliefNode | undefined, number] = [undefined, 0];
  for (let i = 0; i < nodes.length; i++) {
    const excess = probabilities[i] * (gapOf(graph, nodes[i]) - aim);
    if (excess > most) [best, most] = [nodes[i], excess];
  }
  return best;
}
