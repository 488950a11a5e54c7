/**
 * Whether rewards so far follow from the actions alone, as costs of effort do: then no state is known that is better than
 * another. The reward is regressed on [1, a, a²] by recursive least squares; of choices a² is a, and adds nothing.
 *
 *   k = P φ / (1 + φᵀ P φ),   w ← w + k (r − wᵀ φ),   P ← P − k φᵀ P
 */
export interface ActionCost {
  readonly counts: {
    /** [F] w. */
    readonly weights: number[];
    /** [F][F] P. */
    readonly covariance: number[];
    /** Whether every reward was as it follows from its action. */
    isAll: boolean;
  };
}

/** Entries of an action beyond which it is not asked what follows from it. */
const MOST_ENTRIES = 16;
/** Variance of the weights before anything was seen. */
const PRIOR = 1e6;
/** Share of the range of rewards by which one may differ from what follows from its action. */
const TOLERANCE = 0.01;

/** @param size A, entries of an action as the model reads it */
export function createActionCost(size: number): ActionCost {
  const F = size > MOST_ENTRIES ? 0 : 2 * size + 1;
  const covariance = Array.from({ length: F * F }, (_, i) => (i % (F + 1) === 0 ? PRIOR : 0));
  return { counts: { weights: new Array<number>(F).fill(0), covariance, isAll: F > 0 } };
}

/**
 * Takes in a reward.
 *
 * @param range   of all rewards so far
 * @param isKnown whether enough was seen to say what follows from an action
 */
export function includeCost(
  { counts }: ActionCost,
  action: ArrayLike<number>,
  reward: number,
  { range, isKnown }: { readonly range: number; readonly isKnown: boolean },
): void {
  if (!counts.isAll) return;
  const { weights, covariance } = counts;
  const features = featuresOf(action);
  const F = features.length;
  const gain = features.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < F; j++) sum += covariance[i * F + j] * features[j];
    return sum;
  });
  let [error, scale] = [reward, 1];
  for (let i = 0; i < F; i++) {
    error -= weights[i] * features[i];
    scale += gain[i] * features[i];
  }
  if (isKnown && range > 0 && !(Math.abs(error) <= TOLERANCE * range)) counts.isAll = false;
  for (let i = 0; i < F; i++) {
    weights[i] += (gain[i] / scale) * error;
    for (let j = 0; j < F; j++) covariance[i * F + j] -= (gain[i] / scale) * gain[j];
  }
}

/** [1, a, a²] */
function featuresOf(action: ArrayLike<number>): readonly number[] {
  const own = Array.from(action);
  return [1, ...own, ...own.map((a) => a * a)];
}
