/** What is believed of a state that is not seen. */

/** What an update takes in. */
export interface Evidence {
  /** The action since the last update, as the model reads it: an index, or its dimensions. Not read at the first update. */
  readonly action?: number | ArrayLike<number> | undefined;
  /**
   * An index, or [observationSize] with NaN where a dimension was not seen. Left out, null, or NaN in every dimension:
   * nothing was seen, and the update only predicts.
   */
  readonly observation?: number | ArrayLike<number> | null | undefined;
}

/** What an update did. */
export interface BeliefInfo {
  /**
   * log p̂(x_t | x_{<t}), in nats; 0, up to rounding, when nothing was seen; −Infinity when nothing that was believed possible
   * explains what was seen.
   */
  readonly logEvidenceIncrement: number;
  /** log p̂(x_{1:t}): the sum of the increments since the first update. Once an observation was impossible, it stays −Infinity. */
  readonly logEvidence: number;
  /**
   * That of the belief that goes on: the same, until a belief was lost; then log p̂ of what was seen since the one began that took its
   * place, which begins with log p̂(x_t), or with 0 where the model's prior excludes the observation too.
   */
  readonly recoveredLogEvidence: number;
  /** Whether nothing that was believed possible explains what was seen, so that the belief began anew from the prior. */
  readonly isLost: boolean;
}

/** A belief as weighted particles, where plans begin. */
export interface ParticleBelief {
  /** [M][stateSize] one particle after the other; a discrete state is its index. */
  readonly states: ArrayLike<number>;
  /** [M] in nats, unnormalised; −Infinity for a particle that is out of the question. */
  readonly logWeights: ArrayLike<number>;
}

/** q(z_t), which updates take along: one a step of the world, the first with the first observation, or with nothing seen. */
export interface Belief {
  /** Forgets what was seen: the next update is the first of a new sequence. */
  reset(): void;
  /** Takes in an action and what was seen after it. */
  update(evidence?: Evidence): BeliefInfo;
  /**
   * M particles that stand for the belief: the same ones until the next update.
   *
   * @throws Error before the first update
   */
  particles(count: number): ParticleBelief;
}

/** An index as a row of one. */
export function asRow<Absent extends null | undefined>(
  value: number | ArrayLike<number> | Absent,
): ArrayLike<number> | Absent {
  return typeof value === "number" ? [value] : value;
}
