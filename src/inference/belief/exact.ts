import type { Core } from "../../core/core.ts";
import { expectArray, expectInteger } from "../../core/expect.ts";
import { scalarMath } from "../../core/math.ts";
import type { PomdpTables } from "../../models/tabularPomdp.ts";
import type { ParticleBelief } from "../beliefPlanner.ts";

/**
 * The exact belief over the states of a tabular POMDP after an action and an observation, by Bayes' rule.
 *
 *   b'(s') ∝ p(o | a, s') Σ_s p(s' | s, a) b(s)
 *
 * @param belief [S] probabilities
 * @param step   indices of the action, and of the observation that followed it
 * @returns [S] probabilities
 * @throws TypeError when the belief is no array
 * @throws RangeError when the belief has not S probabilities, action or observation is none of the tables', or the
 *   observation has no probability
 *
 * @example
 * updateExactBelief(tiger(), [0.5, 0.5], { action: 0, observed: 0 }); // [0.85, 0.15]
 */
export function updateExactBelief(
  { transition, observation }: PomdpTables,
  belief: readonly number[],
  { action, observed }: { readonly action: number; readonly observed: number },
): number[] {
  expectBelief(belief, transition.length);
  expectInteger("action", action, 0, observation.length - 1);
  expectInteger("observed", observed, 0, observation[action][0].length - 1);
  const joint = belief.map((_, next) => {
    const predicted = belief.reduce((sum, p, s) => sum + p * transition[s][action][next], 0);
    return predicted * observation[action][next][observed];
  });
  const evidence = joint.reduce((sum, p) => sum + p, 0);
  if (!(evidence > 0))
    throw new RangeError(`observed: expected an observation of positive probability, got ${observed}`);
  return joint.map((p) => p / evidence);
}

function expectBelief(belief: readonly number[], states: number): void {
  expectArray("belief", belief);
  if (belief.length !== states)
    throw new RangeError(`belief: expected ${states} probabilities, got ${belief.length}`);
}

/**
 * The exact belief as `count` particles, spread evenly over the states that are possible; the copies of a state share its
 * probability. Each copy sees its own simulated future, so that the planner's scores vary less from candidate to candidate.
 *
 * @param belief [S] probabilities
 * @param count  M ≥ 1
 * @throws RangeError when more states are possible than there are particles
 *
 * @example
 * const core = await createCore();
 * particlesOfStates(core, [0.85, 0.15], 4).states; // [0, 1, 0, 1]
 */
export function particlesOfStates(core: Core, belief: readonly number[], count: number): ParticleBelief {
  const { log } = scalarMath(core);
  const possible = belief.flatMap((p, s) => (p > 0 ? [s] : []));
  expectInteger("count", count, possible.length);
  const states = Array.from({ length: count }, (_, k) => possible[k % possible.length]);
  const copies = (place: number) => Math.ceil((count - place) / possible.length);
  return { states, logWeights: states.map((s, k) => log(belief[s] / copies(k % possible.length))) };
}
