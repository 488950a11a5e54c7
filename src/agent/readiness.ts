import { type Returns, unitOfReturns } from "../learning/returns.ts";
import type { Settings } from "./options.ts";

/** Settings of what plans rely on. */
type ReadinessSettings = Pick<
  Settings,
  "warmup" | "delay" | "usesValue" | "valueAwaitsTermination" | "informationWeight" | "informationFades"
>;

/** What plans may rely on after so many steps, lessons and terminations: habit and value, once they have learned. */
export function readinessAfter(
  settings: ReadinessSettings,
  {
    steps,
    lessons,
    terminations,
  }: { readonly steps: number; readonly lessons: number; readonly terminations: number },
) {
  const isReady = steps >= settings.warmup + settings.delay && lessons > 0;
  const awaits = settings.valueAwaitsTermination && terminations === 0;
  return {
    informationWeight: settings.informationWeight / (1 + (settings.informationFades ? terminations : 0)),
    usesHabit: isReady,
    usesValue: isReady && settings.usesValue && !awaits,
  };
}

/** η of "auto", in units of the returns. */
const TEMPERATURE = 0.005;
/** Below it 1 / η is no number of 32 bits: rewards that differ by so little do not differ. */
const LEAST_TEMPERATURE = 2 ** -126;

/** η in units of reward. */
export function temperatureOf({
  settings: { temperature },
  returns,
  counts,
}: {
  readonly settings: Pick<Settings, "temperature">;
  readonly returns: Returns;
  readonly counts: { readonly rewardLow: number; readonly rewardHigh: number };
}): number {
  if (temperature !== "auto") return temperature;
  const own = TEMPERATURE * unitOfReturns(returns, counts);
  // before anything was gained all plans are alike, at any temperature
  return own > LEAST_TEMPERATURE ? own : TEMPERATURE;
}

/**
 * Whether anything is known that could be sought or shunned. Where every reward was 0, every policy returns the same, even
 * where the world ends. Where every reward was the same number, an end costs or saves what would have followed.
 */
export function hasGoal(
  { rewardLow, rewardHigh }: { readonly rewardLow: number; readonly rewardHigh: number },
  terminations: number,
): boolean {
  return rewardLow < rewardHigh || (terminations > 0 && rewardHigh !== 0);
}

/** How far outside the rewards seen a simulated reward may lie, as a share of their range. */
const REWARD_MARGIN = 0.3;
/** The same as a share of the distance between the mean and that end of the range, where this is less. */
const MEAN_MARGIN = 0.6;
/** Deviations of the rewards that the range has at most there: just one widens it no further. */
const MOST_RANGE = 8;

/**
 * The bounds that simulated rewards are clamped to; open before any was seen. With a mean there is little room
 * beyond an end of the range that the mean lies at: rewards that are mostly −1 and once −100 promise none of +29.
 *
 * @param moments of the rewards; without a deviation the range is taken as it is
 */
export function rewardRange(
  { rewardLow, rewardHigh }: { readonly rewardLow: number; readonly rewardHigh: number },
  { deviation = Infinity, mean }: { readonly deviation?: number; readonly mean?: number | undefined } = {},
) {
  if (rewardLow > rewardHigh) return { rewardLow: -Infinity, rewardHigh: Infinity };
  const most = REWARD_MARGIN * Math.min(rewardHigh - rewardLow, MOST_RANGE * deviation);
  const margin = (end: number) =>
    mean === undefined ? most : Math.min(most, MEAN_MARGIN * Math.abs(end - mean));
  return { rewardLow: rewardLow - margin(rewardLow), rewardHigh: rewardHigh + margin(rewardHigh) };
}
