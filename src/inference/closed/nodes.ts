/** Beliefs and actions of a tree of imagined beliefs, and how their values follow from those below them. */
import type { ScalarMath } from "../../core/math.ts";
import type { Proposal } from "./actions.ts";

/** What may be seen after a step, and what is then believed. */
export interface Outcome<Imagined> {
  readonly belief: Imagined;
  /** Of the outcomes of one step in proportion: 1 for one that was drawn, a probability for one of a list. */
  readonly mass: number;
  /** E[log p(x | z') / p(x)] under the belief after x, in nats. */
  readonly nats: number;
  /** The symbol that was seen, so that a second one adds to the first; undefined where observations are continuous. */
  readonly symbol?: number;
}

/** A step from a belief by an action. */
export interface ImaginedStep<Imagined> {
  /** E[r], in units of reward. */
  readonly reward: number;
  /** Probability that the world goes on. */
  readonly continuing: number;
  /** Another outcome; undefined when there is no other. The k-th call gives the k-th. */
  next(): Outcome<Imagined> | undefined;
  /** Mean and standard deviation of each row of the state after the step, whatever is seen. */
  moments(): Moments;
}

/** Of each row of a state. */
export interface Moments {
  /** [S] in the units of the rows. */
  readonly mean: Float64Array;
  /** [S] in the units of the rows. */
  readonly std: Float64Array;
}

/** How a model is imagined. */
export interface Imagination<Imagined> {
  /**
   * A step. Steps of equal keys meet the same chance, whatever the action: what differs between two actions is then not luck.
   *
   * @param action [A] in the units of the action space
   */
  step(belief: Imagined, action: Float32Array, key: number): ImaginedStep<Imagined>;
  /** Values of beliefs where plans end, in units of reward. */
  values(beliefs: readonly Imagined[]): ArrayLike<number>;
  /** Gives back what imagined beliefs take: a plan begins. */
  reset(): void;
}

/** A belief of the tree. */
export interface BeliefNode<Imagined> {
  readonly belief: Imagined;
  /** Steps from the root. */
  readonly depth: number;
  /** Of the chance that its steps meet. */
  readonly key: number;
  /** Empty until it is expanded. */
  readonly actions: ActionNode<Imagined>[];
  /** In units of reward. */
  value: number;
  visits: number;
  /** Whether all that there is below it is in the tree. */
  isComplete: boolean;
}

/** An action after a belief. */
export interface ActionNode<Imagined> {
  readonly action: Float32Array;
  /** Of the prior, not normalised. */
  readonly prior: number;
  readonly step: ImaginedStep<Imagined>;
  readonly outcomes: BeliefNode<Imagined>[];
  readonly masses: number[];
  readonly nats: number[];
  /** [outcomes] what was seen, where observations are discrete. */
  readonly symbols: number[];
  /** Q, in units of reward. */
  value: number;
  visits: number;
  /** Whether it has all outcomes that there are. */
  hasAll: boolean;
  isComplete: boolean;
}

/** What a search follows. */
export interface SearchSettings {
  /** H. */
  readonly horizon: number;
  /** γ. */
  readonly discount: number;
  /** η > 0. */
  readonly temperature: number;
  /** β. */
  readonly informationWeight: number;
  /** Whether later actions are drawn from the prior. */
  readonly isOpen: boolean;
}

/** A tree and what it grows by. */
export interface Search<Imagined> {
  readonly imagination: Imagination<Imagined>;
  readonly proposal: Proposal;
  readonly settings: SearchSettings;
  readonly math: Pick<ScalarMath, "exp" | "log">;
  /** How much values of the outcomes of one action differ, over the entire tree. */
  readonly spread: { squares: number; freedom: number };
  readonly counts: {
    /** Outcomes that were simulated. */
    outcomes: number;
  };
}

/** A belief that nothing follows yet. */
export function beliefNode<Imagined>(
  belief: Imagined,
  { depth, key, value = 0 }: { readonly depth: number; readonly key: number; readonly value?: number },
): BeliefNode<Imagined> {
  return { belief, depth, key, actions: [], value, visits: 0, isComplete: false };
}

/** Q from the outcomes. */
export function refresh<Imagined>(
  { settings, spread }: Search<Imagined>,
  action: ActionNode<Imagined>,
): void {
  const { step, outcomes, masses, nats } = action;
  const { discount, informationWeight } = settings;
  let [total, later, gained] = [0, 0, 0];
  let isComplete = action.hasAll;
  for (let k = 0; k < outcomes.length; k++) {
    total += masses[k];
    later += masses[k] * outcomes[k].value;
    gained += masses[k] * nats[k];
    isComplete &&= outcomes[k].isComplete;
  }
  action.isComplete = isComplete;
  const share = total > 0 ? step.continuing / total : 0;
  action.value = step.reward + share * (informationWeight * gained + discount * later);
  if (outcomes.length < 2) return;
  const mean = later / total;
  let squares = 0;
  for (const { value } of outcomes) squares += (discount * step.continuing * (value - mean)) ** 2;
  spread.squares += squares;
  spread.freedom += outcomes.length - 1;
}

/** V from the actions: the value of {@link choiceOf}, without its arrays, for it is asked for at every visit. */
export function refreshBelief<Imagined>(search: Search<Imagined>, node: BeliefNode<Imagined>): void {
  const { actions } = node;
  const isMean = isDrawn(search, node);
  const { temperature } = search.settings;
  let [greatest, prior, sum] = [-Infinity, 0, 0];
  let isComplete = true;
  for (let i = 0; i < actions.length; i++) {
    greatest = Math.max(greatest, actions[i].value);
    prior += actions[i].prior;
    isComplete &&= actions[i].isComplete;
  }
  for (let i = 0; i < actions.length; i++) {
    const { value } = actions[i];
    sum += actions[i].prior * (isMean ? value : search.math.exp((value - greatest) / temperature));
  }
  node.value = isMean ? sum / prior : greatest + temperature * search.math.log(sum / prior);
  node.isComplete = isComplete;
}

/** Whether the actions of a belief are drawn from the prior. */
export function isDrawn(
  { settings }: Pick<Search<unknown>, "settings">,
  { depth }: { readonly depth: number },
): boolean {
  return settings.isOpen && depth > 0;
}

/** What is chosen at a belief, in a soft way. */
export interface Choice {
  /** [actions] sum to one. */
  readonly weights: readonly number[];
  /** V. */
  readonly value: number;
  /** η KL(weights ‖ prior), in units of reward: V is the mean of Q less it. */
  readonly cost: number;
}

/** The posterior of the actions of a belief; below the root that of the prior, where later actions are drawn. */
export function choiceOf<Imagined>(
  search: Pick<Search<Imagined>, "settings" | "math">,
  node: BeliefNode<Imagined>,
): Choice {
  const { actions } = node;
  const { temperature } = search.settings;
  const prior = actions.reduce((sum, action) => sum + action.prior, 0);
  if (isDrawn(search, node)) {
    const weights = actions.map((action) => action.prior / prior);
    return { weights, value: weights.reduce((sum, w, i) => sum + w * actions[i].value, 0), cost: 0 };
  }
  const greatest = actions.reduce((most, { value }) => Math.max(most, value), -Infinity);
  const masses = actions.map(
    ({ prior: p, value }) => (p / prior) * search.math.exp((value - greatest) / temperature),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const weights = masses.map((mass) => mass / total);
  const mean = weights.reduce((sum, w, i) => sum + w * actions[i].value, 0);
  const value = greatest + temperature * search.math.log(total);
  return { weights, value, cost: mean - value };
}

/** The action of the greatest value. */
export function bestOf<Imagined>({ actions }: BeliefNode<Imagined>): ActionNode<Imagined> {
  return actions.reduce((best, action) => (action.value > best.value ? action : best));
}
