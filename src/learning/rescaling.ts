/** The scales follow the experience: at the end of the warm-up, every 50 steps up to 400, then every 200. */
export function isTimeToRefresh(steps: number, warmup: number): boolean {
  return steps === warmup || steps % (steps <= 400 ? 50 : 200) === 0;
}

/** Deviations from the mean beyond which a reward changes the scales at once: a first goal must not upset the model. */
const SURPRISE = 10;

/**
 * Whether a reward changes the scales at once: the first that comes with an end, and one far from the others.
 *
 * @param known mean and deviation of the rewards of steps that did not end the world, and how many did; this one included
 */
export function isSurprising(
  { reward, terminated }: { readonly reward: number; readonly terminated: boolean },
  { mean, deviation, endings }: Readonly<Record<"mean" | "deviation" | "endings", number>>,
): boolean {
  return terminated ? endings === 1 : Math.abs(reward - mean) > SURPRISE * deviation;
}
