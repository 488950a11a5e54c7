/**
 * A tree of imagined beliefs. A belief has actions, an action the beliefs that observations lead to:
 *
 *   Q(b, a) = E[r] + c (β E[nats] + γ E[V(b')]),   V(b) = η log Σ_a p(a) exp(Q(b, a) / η)
 *
 * c is the probability that the world goes on. As η falls V becomes the greatest Q; with `isOpen` later actions are drawn from the
 * prior, V(b) = Σ_a p(a) Q(b, a), which is what [E8] asks for. A visit goes down from the root, adds one outcome, and brings the
 * values on its path up to date.
 */
import {
  type ActionNode,
  type BeliefNode,
  beliefNode,
  bestOf,
  isDrawn,
  refresh,
  refreshBelief,
  type Search,
} from "./nodes.ts";

/** Outcomes that an action has after so many visits: WIDE · visits^½. */
const WIDE = 1.5;
/** One of so many visits goes to the action that had the least. */
const FAIR = 5;
/** Deviations by which a value may be better than it looks. */
const HOPE = 1;

/** Grows the tree by a visit. */
export function visit<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): void {
  node.visits++;
  if (node.actions.length === 0) expand(search, node);
  else {
    widen(search, node);
    const action = chosen(search, node);
    action.visits++;
    if (!(wantsOutcome(action) && addOutcome(search, node, action))) {
      const next = nextOutcome(action);
      if (next !== undefined) visit(search, next);
    }
    refresh(search, action);
  }
  refreshBelief(search, node);
}

/** Gives a belief its actions, each with one outcome. */
function expand<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): void {
  for (const { action, prior } of search.proposal.first()) addAction(search, node, action, prior);
  evaluate(
    search,
    node.actions.flatMap(({ outcomes }) => outcomes),
  );
  for (const action of node.actions) refresh(search, action);
}

function widen<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): void {
  const best = () => bestOf(node).action;
  const candidate = search.proposal.more(node.visits, node.actions.length, best);
  if (candidate === undefined) return;
  const action = addAction(search, node, candidate.action, candidate.prior);
  evaluate(search, action.outcomes);
  refresh(search, action);
}

function addAction<Imagined>(
  search: Search<Imagined>,
  node: BeliefNode<Imagined>,
  action: Float32Array,
  prior: number,
): ActionNode<Imagined> {
  const step = search.imagination.step(node.belief, action, node.key);
  const added: ActionNode<Imagined> = {
    action,
    prior,
    step,
    outcomes: [],
    masses: [],
    nats: [],
    symbols: [],
    value: 0,
    visits: 1,
    hasAll: step.continuing === 0,
    isComplete: step.continuing === 0,
  };
  node.actions.push(added);
  if (!added.hasAll) pushOutcome(search, node, added);
  return added;
}

/** Whether an action is to have another outcome before those that it has are looked into. */
function wantsOutcome<Imagined>(action: ActionNode<Imagined>): boolean {
  const { hasAll, outcomes, visits } = action;
  return !hasAll && (outcomes.length < WIDE * Math.sqrt(visits) || nextOutcome(action) === undefined);
}

/** @returns whether there was one that is not in the tree yet */
function addOutcome<Imagined>(
  search: Search<Imagined>,
  node: BeliefNode<Imagined>,
  action: ActionNode<Imagined>,
): boolean {
  const added = pushOutcome(search, node, action);
  if (added !== undefined) evaluate(search, [added]);
  return added !== undefined;
}

function pushOutcome<Imagined>(
  { counts, settings }: Search<Imagined>,
  { depth, key }: BeliefNode<Imagined>,
  action: ActionNode<Imagined>,
): BeliefNode<Imagined> | undefined {
  const outcome = action.step.next();
  if (outcome === undefined) {
    action.hasAll = true;
    return undefined;
  }
  counts.outcomes++;
  const { belief, mass, nats, symbol } = outcome;
  const known = symbol === undefined ? -1 : action.symbols.indexOf(symbol);
  if (known >= 0) {
    action.masses[known] += mass;
    return undefined;
  }
  const child = beliefNode(belief, { depth: depth + 1, key: childKey(key, action.outcomes.length) });
  child.isComplete = child.depth >= settings.horizon;
  action.outcomes.push(child);
  if (symbol !== undefined) action.symbols.push(symbol);
  action.masses.push(mass);
  action.nats.push(nats);
  return child;
}

/** Of the chance that follows the k-th outcome: the same after every action. */
function childKey(key: number, k: number): number {
  return (Math.imul(key, 31) + k + 1) & 0x3fffffff;
}

/** What new beliefs are worth before they are looked into. */
function evaluate<Imagined>({ imagination }: Search<Imagined>, nodes: readonly BeliefNode<Imagined>[]): void {
  const values = imagination.values(nodes.map(({ belief }) => belief));
  nodes.forEach((node, i) => {
    node.value = values[i];
  });
}

/** The outcome that was visited least for its mass; undefined where there is none to look into. */
function nextOutcome<Imagined>({ outcomes, masses }: ActionNode<Imagined>): BeliefNode<Imagined> | undefined {
  let next: BeliefNode<Imagined> | undefined;
  let greatest = -Infinity;
  for (let k = 0; k < outcomes.length; k++) {
    if (outcomes[k].isComplete) continue;
    const due = masses[k] / (1 + outcomes[k].visits);
    if (due > greatest) {
      greatest = due;
      next = outcomes[k];
    }
  }
  return next;
}

/**
 * The action to look into: in turns that which is due by its weight in the posterior, and the best that there may be; now and then that
 * which was looked into least. Later actions of the prior are looked into as they are due.
 */
function chosen<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): ActionNode<Imagined> {
  const { actions, visits } = node;
  if (visits % FAIR === 0) return leastVisited(node);
  const isFromPrior = isDrawn(search, node);
  const byWeight = visits % 2 === 0 || isFromPrior;
  const hope = byWeight ? 0 : hopeOf(search, visits);
  let most = -Infinity;
  for (let i = 0; i < actions.length; i++) most = Math.max(most, actions[i].value);
  let best = actions[0];
  let greatest = -Infinity;
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (action.isComplete) continue;
    let score = action.value + hope / Math.sqrt(action.visits);
    if (byWeight) {
      const tilt = isFromPrior ? 1 : search.math.exp((action.value - most) / search.settings.temperature);
      score = (action.prior * tilt) / action.visits;
    }
    if (score > greatest) {
      greatest = score;
      best = action;
    }
  }
  return best;
}

function leastVisited<Imagined>({ actions }: BeliefNode<Imagined>): ActionNode<Imagined> {
  const open = actions.filter(({ isComplete }) => !isComplete);
  return open.reduce(
    (least, action) => (action.visits < least.visits ? action : least),
    open[0] ?? actions[0],
  );
}

/** By how much an action that was visited once may be better than it looks. */
function hopeOf({ spread, math }: Pick<Search<unknown>, "spread" | "math">, visits: number): number {
  return HOPE * Math.sqrt((spread.squares / Math.max(1, spread.freedom)) * math.log(1 + visits));
}
