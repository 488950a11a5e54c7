/** How far the last plans distinguished actions, and how far the habit follows them: read by a diagnosis, and not saved. */

/** Plans that the means go back over: older ones fade by a factor e. */
export const RECENT_PLANS = 200;

/** Fading means over the newest plans. */
export interface Plans {
  /** Plans, of all time. */
  plans: number;
  /** [3] of the sequences the share that counted; then two of the distances of {@link PlanEvidence}. */
  readonly means: Float64Array;
  /** [labels] the plans' posteriors of the first action. */
  readonly labels: Float64Array;
}

/** Places of the means. */
const [SHARE, HABIT, LEAST] = [0, 1, 2];

export function createPlans(labels: number): Plans {
  return { plans: 0, means: new Float64Array(3), labels: new Float64Array(labels) };
}

/** How actions are distinguished: groups of choices, or of bins over a range. */
export interface ActionGroups {
  readonly isDiscrete: boolean;
  readonly groups: readonly number[];
}

/**
 * Takes in a plan.
 *
 * @param share  of the sequences that counted, (0, 1]
 * @param label  [labels] the plan's posterior of the first action
 * @param logits [labels] at least: the habit's, where the plan was made
 */
export function includePlan(
  plans: Plans,
  coding: ActionGroups,
  { share, label, logits }: { share: number; label: Float32Array; logits: Float32Array },
): void {
  const { means, labels } = plans;
  const rate = 1 / Math.min(++plans.plans, RECENT_PLANS);
  let [at, habit, least] = [0, 0, 0];
  for (const n of coding.groups) {
    let choice = 0;
    for (let k = 1; k < n; k++) if (logits[at + k] > logits[at + choice]) choice = k;
    habit += distance(label, at, n, choice, coding.isDiscrete);
    least += leastDistance(label, at, n, coding.isDiscrete);
    at += n;
  }
  const G = coding.groups.length;
  means[SHARE] += rate * (share - means[SHARE]);
  means[HABIT] += rate * (habit / G - means[HABIT]);
  means[LEAST] += rate * (least / G - means[LEAST]);
  for (let k = 0; k < labels.length; k++) labels[k] += rate * (label[k] - labels[k]);
}

/** E|a − a_k| of a group under its probabilities, in ranges; of choices the probability of another one. */
function distance(p: ArrayLike<number>, at: number, n: number, choice: number, isDiscrete: boolean): number {
  if (isDiscrete) return 1 - p[at + choice];
  let sum = 0;
  for (let k = 0; k < n; k++) sum += p[at + k] * Math.abs(k - choice);
  return sum / (n - 1);
}

/** The least of these distances: that of the median, or of the most probable choice. */
function leastDistance(p: ArrayLike<number>, at: number, n: number, isDiscrete: boolean): number {
  let [choice, sum] = [0, 0];
  if (isDiscrete) {
    for (let k = 1; k < n; k++) if (p[at + k] > p[at + choice]) choice = k;
  } else
    while (choice < n - 1) {
      sum += p[at + choice];
      if (sum >= 0.5) break;
      choice++;
    }
  return distance(p, at, n, choice, isDiscrete);
}

/** What the newest plans have in common. */
export interface PlanEvidence {
  /** Plans so far. */
  readonly plans: number;
  /** Mean share of the sequences that counted; 1 where the plans could not distinguish them. */
  readonly share: number;
  /**
   * Mean distances from the plan's first action, in the action's range (of choices: how often another one), averaged over
   * dimensions: of the habit's action; of the plan's own best one; and of the best action that is always the same.
   */
  readonly habit: number;
  readonly own: number;
  readonly constant: number;
  /** The second of them before anything is planned. */
  readonly widest: number;
}

/** E|tanh u| / 2 for u ∼ N(0, 1): what is proposed of a dimension before anything is planned, in its range. */
const EVEN = 0.28;

export function planEvidence({ plans, means, labels }: Plans, coding: ActionGroups): PlanEvidence {
  let [at, constant, widest] = [0, 0, 0];
  for (const n of coding.groups) {
    widest += (coding.isDiscrete ? 1 - 1 / n : EVEN) / coding.groups.length;
    constant += leastDistance(labels, at, n, coding.isDiscrete) / coding.groups.length;
    at += n;
  }
  return { plans, share: means[SHARE], habit: means[HABIT], own: means[LEAST], constant, widest };
}
