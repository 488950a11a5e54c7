/**
 * How far rewards that lie far from all others count. One reading may be a fault, or all that matters in a world; what the
 * model predicts distinguishes the two.
 *
 * - A threat is believed a little: it counts as one that lies eight deviations below the mean. Who believes it never looks
 *   again. One that the model foretold, and that came true, belongs to the world: such ones count four times as far.
 * - A promise is believed at once, to its full size: who believes it goes there, and sees. Each time that the model foretold
 *   one and it did not come, such ones count half as far, down to rewards like all others; when one comes, in full again.
 */
import { compressed, type Slopes } from "../core/compress.ts";
import { deviation, type Moments } from "./moments.ts";
import { MOST_DEVIATIONS, within } from "./steadyMoments.ts";

/** What the rewards of steps that ended nothing count as. */
export interface Credit {
  /** Deviations below the mean that a reward counts as at most. */
  threat: number;
  /** Deviations above it, unless others of that size were no rarity; Infinity: as it is. */
  promise: number;
  /** Whether a promise that was foretold came true: then they are of the world, and count in full for good. */
  isProven: boolean;
  /** The greatest reward that lay within eight deviations when it came. */
  ordinary: number;
}

export function fullCredit(): Credit {
  return { threat: MOST_DEVIATIONS, promise: Infinity, isProven: false, ordinary: -Infinity };
}

/** Bounds of what a reward counts as. */
export function creditOf({ threat, promise, ordinary }: Credit, moments: Moments) {
  const { mean } = moments;
  const std = deviation(moments);
  return {
    least: mean - threat * std,
    most: promise === Infinity ? Infinity : Math.max(ordinary, mean + promise * std),
  };
}

/** Takes in a reward before the moments do. */
export function includeOrdinary(credit: Credit, moments: Moments, reward: number): void {
  if (within(moments, reward) >= reward) credit.ordinary = Math.max(credit.ordinary, reward);
}

/** How much further a threat counts once it came true, and less far a promise that did not. */
const FURTHER = 4;
const NEARER = 0.5;
/** Deviations above ordinary rewards that are a promise. */
const MARGIN = 1;

/**
 * Compares a reward with what the model foretold.
 *
 * @param reward   as it is stored
 * @param expected compressed deviations from the mean
 * @param highest  the greatest reward so far
 * @returns whether anything counts otherwise now
 */
export function judgeCredit(credit: Credit, moments: Moments, judged: JudgedReward): boolean {
  const { reward, expected, highest } = judged;
  const std = deviation(moments);
  if (std === 0) return false;
  const { threat, promise } = credit;
  const { least, most } = creditOf(credit, moments);
  if (reward < least && expected < -MOST_DEVIATIONS / 2) credit.threat *= FURTHER;
  const promised = Math.min(most, highest);
  if (!credit.isProven && highest > credit.ordinary) judgePromise(credit, moments, { promised, ...judged });
  return credit.threat !== threat || credit.promise !== promise;
}

/** Where rewards were promised that are greater than all ordinary ones. */
function judgePromise(
  credit: Credit,
  moments: Moments,
  { reward, expected, slopes, promised }: JudgedReward & { readonly promised: number },
): void {
  const std = deviation(moments);
  const scaled = (value: number) => (value - moments.mean) / std;
  const isForetold = expected > scaled(credit.ordinary) + MARGIN;
  if (
    reward > credit.ordinary &&
    compressed(scaled(reward), slopes) > compressed(scaled(promised), slopes) / 2
  ) {
    credit.promise = Infinity;
    credit.isProven = isForetold;
  } else if (isForetold && promised > credit.ordinary) credit.promise = NEARER * scaled(promised);
}

/** A reward, and what was known before it came. */
export interface JudgedReward {
  readonly reward: number;
  readonly expected: number;
  readonly highest: number;
  readonly slopes: Slopes;
}
