import type { Core } from "../core/core.ts";
import { scalarMath } from "../core/math.ts";
import type { PomdpTables } from "../models/tabularPomdp.ts";
import type { ParticleBelief } from "./beliefPlanner.ts";

/**
 * The exact belief over the states of a tabular POMDP after an action and an observation, by Bayes' rule.
 *
 *   b'(s') ∝ p(o | a, s') Σ_s p(s' | s, a) b(s)
 *
 * @param belief [S] probabilities
 * @returns [S] probabilities
 * @throws RangeError when the observation has no probability
 */
export function updateExactBelief(
  { transition, observation }: PomdpTables,
  belief: readonly number[],
  { action, observed }: { readonly action: number; readonly observed: number },
): number[] {
  const joint = belief.map((_, next) => {
    const predicted = belief.reduce((sum, p, s) => sum + p * transition[s][action][next], 0);
    return predicted * observation[action][next][observed];
  });
  const evidence = joint.reduce((sum, p) => sum + p, 0);
  if (!(evidence > 0))
    throw new RangeError(`observed: expected an observation of positive probability, got ${observed}`);
  return joint.map((p) => p / evidence);
}

/**
 * The exact belief as particles: `copies` of every state. Each copy sees its own simulated future, so that the planner's
 * scores, averages over particles, vary less from one candidate to the next.
 */
export function particlesOfStates(core: Core, belief: readonly number[], copies = 1): ParticleBelief {
  const { log } = scalarMath(core);
  const logWeights = belief.map(log);
  return {
    states: Array.from({ length: belief.length * copies }, (_, k) => k % belief.length),
    logWeights: Array.from({ length: belief.length * copies }, (_, k) => logWeights[k % belief.length]),
  };
}
