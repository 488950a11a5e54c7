/**
 * When information alone is sought. Curiosity is a stretch of time, not a price: no weight of a nat in units of reward is
 * right in every world, but half of the first steps can be spent on learning the world, and ever fewer of the later ones.
 */

/** What is remembered of it; saved with the agent. */
export interface Curiosity {
  /** Of the early steps that seek information, in [0, 1]. */
  readonly share: number;
  readonly counts: {
    /** Steps that sought information. */
    spent: number;
    /** Steps that the running stretch has left. */
    left: number;
    isCurious: boolean;
  };
}

export function createCuriosity(share: number): Curiosity {
  return { share, counts: { spent: 0, left: 0, isCurious: false } };
}

/** Steps up to which the share of curious steps is constant. */
const EARLY = 300;
/** Horizons that a stretch lasts. */
const STRETCH = 6;

/** Horizons of a plan that seeks information while nothing can be gained: no value tells it what lies beyond its end. */
const FURTHER = 2;

/** Steps of plans while nothing can be gained, where information is sought then. */
export function farHorizonOf({
  horizon,
  curiosity,
}: {
  readonly horizon: number;
  readonly curiosity: number;
}): number {
  return curiosity > 0 ? FURTHER * horizon : horizon;
}

/**
 * Whether the next planned step seeks information. A stretch lasts 6 H steps, or to the episode's end; it is curious while
 * the curious steps so far are at most share · min(t, √(300 t)), t the steps since the warm-up, and while nothing is
 * known that could be sought instead: all rewards were alike, and either 0 or without an end.
 *
 * @param steps   t
 * @param isFirst whether this is the first planned step of an episode
 */
export function seeksInformation(
  { share, counts }: Curiosity,
  {
    steps,
    horizon,
    isFirst,
    hasGoal,
  }: {
    readonly steps: number;
    readonly horizon: number;
    readonly isFirst: boolean;
    readonly hasGoal: boolean;
  },
): boolean {
  if (share === 0) return false;
  if (isFirst || counts.left === 0) {
    counts.isCurious = !hasGoal || counts.spent <= share * Math.min(steps, Math.sqrt(EARLY * steps));
    counts.left = STRETCH * horizon;
  }
  counts.left--;
  if (counts.isCurious) counts.spent++;
  return counts.isCurious;
}
