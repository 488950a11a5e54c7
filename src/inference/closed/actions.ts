/** The actions that plans compare: all of a discrete space; of a box, more and more of them, near the best ones too. */
import type { Random } from "../../core/random.ts";
import type { ModelShape } from "../../models/functions/model.ts";

/** An action that is compared. */
export interface Candidate {
  /** [A] in the units of the action space. */
  readonly action: Float32Array;
  /** Its share of the prior, not normalised: p(a) / g(a), g what proposed it. */
  readonly prior: number;
}

/** Where candidates come from. */
export interface Proposal {
  /** Those that every belief begins with. */
  first(): readonly Candidate[];
  /** One more after `visits` of a belief with so many; undefined while there are enough. */
  more(visits: number, candidates: number, best: () => Float32Array): Candidate | undefined;
}

/** Continuous actions that every belief begins with. */
const FIRST = 8;
/** The share of the later ones that are drawn around the best so far, and their deviation in parts of the range. */
const LOCAL = 0.5;
const NEAR = 0.1;

/**
 * @param prior [choices] probabilities of discrete actions; empty: all alike
 */
export function proposalOf(
  { choices, actionSize, low, high }: Pick<ModelShape, "choices" | "actionSize" | "low" | "high">,
  prior: readonly number[],
  random: Random,
): Proposal {
  if (choices > 0) {
    const all = Array.from({ length: choices }, (_, a) => ({
      action: Float32Array.of(a),
      prior: prior[a] ?? 1 / choices,
    }));
    return { first: () => all, more: () => undefined };
  }
  const anywhere = (): Candidate => ({
    action: Float32Array.from(low, (from, d) => from + (high[d] - from) * random.uniform()),
    prior: 1,
  });
  const near = (centre: Float32Array): Candidate => {
    const action = Float32Array.from(centre, (value, d) => {
      const range = high[d] - low[d];
      return Math.min(high[d], Math.max(low[d], value + NEAR * range * random.normal()));
    });
    // of a proposal half of which is that narrow: its density there is about so many times the prior's
    return { action, prior: 1 / (1 - LOCAL + (LOCAL * 0.4 ** actionSize) / NEAR ** actionSize) };
  };
  return {
    first: () => Array.from({ length: FIRST }, anywhere),
    more(visits, candidates, best) {
      if (candidates >= FIRST + Math.sqrt(visits)) return undefined;
      return random.uniform() < LOCAL ? near(best()) : anywhere();
    },
  };
}
