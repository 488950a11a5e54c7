/** What a plan in closed loop expects of every first action. */
import type { Moments } from "./nodes.ts";
import { type ActionNode, type BeliefNode, choiceOf, type Search } from "./nodes.ts";

/** What a plan expects of a first action: its value is the sum of its terms. */
export interface ExpectedAction {
  /** An index, or [A] in the units of the action space. */
  readonly action: number | Float32Array;
  /** In the posterior; the weights sum to one. */
  readonly weight: number;
  /** Q, in units of reward. */
  readonly value: number;
  /** [H] expected rewards, discounted, step by step. */
  readonly rewards: readonly number[];
  /** [H] β times the nats that are expected, discounted. */
  readonly information: readonly number[];
  /** Value of the beliefs where the search ended, discounted. */
  readonly later: number;
  /** −η KL(later actions ‖ prior), discounted: what the soft choice of later actions costs. */
  readonly consistency: number;
  /** Of the state after the action, whatever is then seen. */
  readonly belief: Moments;
  /** Outcomes of the action that were simulated. */
  readonly outcomes: number;
}

/** Sums of a subtree, discounted from its root. */
interface Terms {
  readonly rewards: Float64Array;
  readonly information: Float64Array;
  later: number;
  consistency: number;
}

/** Explains every action of the root. */
export function explainActions<Imagined>(
  search: Search<Imagined>,
  root: BeliefNode<Imagined>,
  isDiscrete: boolean,
): readonly ExpectedAction[] {
  if (root.actions.length === 0) return [];
  const { weights } = choiceOf(search, root);
  return root.actions.map((node, i) => {
    const terms = termsOfAction(search, node, 0);
    return {
      action: isDiscrete ? node.action[0] : node.action,
      weight: weights[i],
      value: node.value,
      rewards: [...terms.rewards],
      information: [...terms.information],
      later: terms.later,
      consistency: terms.consistency,
      belief: node.step.moments(),
      outcomes: node.outcomes.length,
    };
  });
}

function termsOfAction<Imagined>(
  search: Search<Imagined>,
  { step, outcomes, masses, nats }: ActionNode<Imagined>,
  depth: number,
): Terms {
  const { horizon, discount, informationWeight } = search.settings;
  const terms = noTerms(horizon);
  terms.rewards[depth] = step.reward;
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  outcomes.forEach((outcome, k) => {
    const share = (step.continuing * masses[k]) / total;
    terms.information[depth] += share * informationWeight * nats[k];
    addTerms(terms, termsOfBelief(search, outcome), share * discount);
  });
  return terms;
}

function termsOfBelief<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): Terms {
  const terms = noTerms(search.settings.horizon);
  if (node.actions.length === 0) {
    terms.later = node.value;
    return terms;
  }
  const { weights, cost } = choiceOf(search, node);
  node.actions.forEach((action, i) => {
    addTerms(terms, termsOfAction(search, action, node.depth), weights[i]);
  });
  terms.consistency -= cost;
  return terms;
}

function noTerms(horizon: number): Terms {
  return {
    rewards: new Float64Array(horizon),
    information: new Float64Array(horizon),
    later: 0,
    consistency: 0,
  };
}

function addTerms(terms: Terms, others: Terms, share: number): void {
  for (let t = 0; t < terms.rewards.length; t++) {
    terms.rewards[t] += share * others.rewards[t];
    terms.information[t] += share * others.information[t];
  }
  terms.later += share * others.later;
  terms.consistency += share * others.consistency;
}
