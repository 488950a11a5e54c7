import { deviation, type Moments } from "./moments.ts";

/** The scales follow the experience: at the end of the warm-up, every 50 steps up to 400, then every 200. */
export function isTimeToRefresh(steps: number, warmup: number): boolean {
  return steps === warmup || steps % (steps <= 400 ? 50 : 200) === 0;
}

/** Deviations from the mean beyond which a reward changes the scales at once: a first goal must not upset the model. */
const SURPRISE = 10;

/** Whether a reward changes the scales at once; `counts` already include it. */
export function isSurprising(
  { continuing, ending }: { readonly continuing: Moments; readonly ending: Moments },
  { reward, terminated }: { readonly reward: number; readonly terminated: boolean },
): boolean {
  const { mean } = terminated ? ending : continuing;
  return terminated ? ending.count === 1 : Math.abs(reward - mean) > SURPRISE * deviation(continuing);
}
