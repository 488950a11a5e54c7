import { mix } from "../../core/mix.ts";
import { type BeliefGraph, type BeliefNode, backUp, outcomesOf } from "./graph.ts";
import { updateBest } from "./vectors.ts";

/** How often a walk changes what it does. */
const CHANGE = 0.2;

/** What a reward at the end of a walk counts for at the start. */
const LEAST_SHARE = 0.03;

/** Steps after which a walk ends in any case. */
const LONGEST = 500;

/** More numbers than a walk draws. */
const DRAWS = 4 * LONGEST;

/**
 * A walk by chance: it repeats an action, or follows the best plan so far, until it changes its mind, and meets observations as often as they
 * are likely. On the way back the beliefs that it met get better bounds.
 *
 * Trials go where the upper bound promises most. While that bound is far too high they go astray, and the lower bound stays where it is:
 * where a light that is twenty steps away has to be visited first, no trial finds it, and a walk that goes on in one direction does.
 * Its draws are numbers of their own, the same for every solution: the k-th walk is the same whenever it is asked for.
 */
export function runWalk(graph: BeliefGraph, walk: number): void {
  const { root, decision, vectors } = graph;
  const choices = decision.model.actions + 1;
  const path: BeliefNode[] = [];
  let draws = walk * DRAWS;
  const uniform = () => scattered(draws++);
  let habit = Math.floor(uniform() * choices);
  let node: BeliefNode | undefined = root;
  for (let share = 1; node !== undefined && share > LEAST_SHARE; share *= decision.discount) {
    if (path.length === LONGEST) break;
    path.push(node);
    if (uniform() < CHANGE) habit = Math.floor(uniform() * choices);
    updateBest(node.best, vectors[node.belief.block], node.belief);
    const action: number = habit < choices - 1 ? habit : (node.best.vector?.action ?? 0);
    const { nodes, probabilities } = outcomesOf(graph, node, action);
    node = nodes[drawFrom(probabilities, uniform())];
  }
  for (const met of path.reverse()) backUp(graph, met);
}

/** The first place whose sum of probabilities exceeds u; beyond the last where the world has ended. */
function drawFrom(probabilities: Float64Array, u: number): number {
  let [k, sum] = [0, probabilities[0]];
  while (k < probabilities.length && u >= sum) sum += probabilities[++k];
  return k;
}

/** A number in [0, 1) of a whole number: its bits, mixed. */
function scattered(k: number): number {
  return (mix(Math.imul(k + 1, 0x9e3779b1)) >>> 0) / 2 ** 32;
}
