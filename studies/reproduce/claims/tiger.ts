/** Information gathering: Tiger, and a Tiger that lets one wait. */
import { tabularModel } from "../../../src/index.ts";
import { plannerOf } from "../../../src/inference/posterior.ts";
import { type Problem, tiger } from "../../../src/problems.ts";
import type { Claim } from "../claim.ts";
import type { Trial } from "../trial.ts";
import { copiesOfStates, core } from "./knownWorld.ts";
import { sweep } from "./sweep.ts";

const WEIGHTS = [0, 2, 4, 6, 8, 10, 15, 20];
const DISCOUNT = 0.95;
const ACCURACY = 0.85;
/** Net evidence is kept within −MOST … MOST; no good policy goes beyond 2. */
const MOST = 8;
/** Plans at each belief, whose actions make the policy. */
const PLANS = 16;
/** Backups of the policy's value: .95⁸⁰⁰ is 2e-18. */
const BACKUPS = 800;
/** Particles of each state. */
const COPIES = 16;

export const tigerClaim: Claim = {
  name: "tiger",
  title: "Tiger listens for information where waiting is free",
  kind: "line",
  x: "β",
  y: "discounted return",
  series: { "as published": tigers(tiger(ACCURACY)), "with an action that waits": tigers(waitingTiger()) },
};

function tigers(model: Problem): Trial {
  return sweep("β", WEIGHTS, (informationWeight, seed) => {
    const policy = policyOf(model, informationWeight, seed);
    return { "discounted return": returnOf(model, policy) };
  });
}

/** Tiger with a fourth action that does nothing, for nothing: whoever does not value knowing has no need to listen. */
export function waitingTiger(): Problem {
  const { tables } = tiger(ACCURACY);
  const [listen] = [0];
  return tabularModel({
    ...tables,
    transition: tables.transition.map((row) => [...row, row[listen]]),
    reward: tables.reward.map((row) => [...row, 0]),
    observation: [...tables.observation, [tables.initial, tables.initial]],
  });
}

/** p(tiger left) after a net evidence of n for left. */
function beliefAt(n: number): readonly number[] {
  const left = 1 / (1 + ((1 - ACCURACY) / ACCURACY) ** n);
  return [left, 1 - left];
}

/** Shares of the actions at each net evidence −MOST … MOST, from plans of two steps. */
function policyOf(model: Problem, informationWeight: number, seed: number): readonly (readonly number[])[] {
  return core.scope(() => {
    const planner = plannerOf(core, model, {
      informationWeight,
      seed,
      horizon: 2,
      discount: DISCOUNT,
      temperature: 1,
      candidates: 128,
      particles: 2 * COPIES,
    });
    return Array.from({ length: 2 * MOST + 1 }, (_, i) => {
      const shares = new Array<number>(model.actions).fill(0);
      for (let plan = 0; plan < PLANS; plan++)
        shares[planner.plan(copiesOfStates(core, beliefAt(i - MOST), COPIES)).action as number] += 1 / PLANS;
      return shares;
    });
  });
}

/**
 * Exact discounted return from not knowing, of a policy over the net evidence n.
 *
 *   V(n) = Σ_a π(a | n) ( E r + γ E V(n') ),   n' = n ± 1 after a listen, 0 behind a door, n after waiting
 */
export function returnOf({ tables }: Problem, policy: readonly (readonly number[])[]): number {
  let values = policy.map(() => 0);
  for (let i = 0; i < BACKUPS; i++)
    values = policy.map((shares, place) => {
      const n = place - MOST;
      const [left, right] = beliefAt(n);
      const at = (evidence: number) => values[Math.max(-MOST, Math.min(MOST, evidence)) + MOST];
      const hearsLeft = ACCURACY * left + (1 - ACCURACY) * right;
      const later = [hearsLeft * at(n + 1) + (1 - hearsLeft) * at(n - 1), at(0), at(0), at(n)];
      return shares.reduce((sum, share, a) => {
        const reward = left * Number(tables.reward[0][a]) + right * Number(tables.reward[1][a]);
        return sum + share * (reward + DISCOUNT * later[a]);
      }, 0);
    });
  return values[MOST];
}
