/** How far the returns of a world differ: the unit of temperatures, so that no option has the world's units. */
import type { Memory } from "../models/network.ts";

/** Rewards of a running episode. */
export interface RunningRewards {
  /** [LONGEST] rewards since the episode began, or since the last cut. */
  readonly rewards: Float32Array;
  readonly counts: {
    /** Rewards that wait for the episode's end. */
    waiting: number;
  };
}

/** The newest discounted returns that were realised, and the rewards of the first running episode. */
export interface Returns extends RunningRewards {
  /** [MOST] Σ_k γᵏ r_{t+k} of the newest steps. */
  readonly table: Float32Array;
  /** Rewards of the episodes that run beside it. */
  readonly others: readonly RunningRewards[];
  readonly counts: {
    rows: number;
    next: number;
    /** Rewards that wait for the episode's end. */
    waiting: number;
    /** Distance between the outer quantiles, as of the last end or cut. */
    spread: number;
  };
}

/** Returns that are kept. */
const MOST = 1500;
/** Steps after which a running episode is looked at as if it had been cut. */
const LONGEST = 500;
/** Greatest discount of them: a return beyond a running episode is finite. */
const MOST_DISCOUNT = 1 - 1 / LONGEST;
/** Newest rewards whose mean stands for those after a cut. */
const TAIL = 50;
/** Quantile that is cut off at either side. */
const OUTER = 0.05;

/** @param lanes episodes that run side by side */
export function allocateReturns(memory: Memory, lanes = 1): Returns {
  return {
    table: memory.f32(MOST),
    rewards: memory.f32(LONGEST),
    others: Array.from({ length: lanes - 1 }, () => ({
      rewards: memory.f32(LONGEST),
      counts: { waiting: 0 },
    })),
    counts: { rows: 0, next: 0, waiting: 0, spread: 0 },
  };
}

/**
 * Takes in the reward of a step, less `first`. All returns are then counted from that of `first` for ever, which changes no
 * spread.
 *
 * @param lane of the running episode
 */
export function includeReward(
  returns: Returns,
  { reward, terminated, truncated }: { reward: number; terminated: boolean; truncated: boolean },
  {
    discount,
    first,
    lane = 0,
  }: { readonly discount: number; readonly first: number; readonly lane?: number },
): void {
  const running = lane === 0 ? returns : returns.others[lane - 1];
  const { rewards, counts } = running;
  rewards[counts.waiting++] = reward;
  if (!terminated && !truncated && counts.waiting < LONGEST) return;
  const gamma = Math.min(discount, MOST_DISCOUNT);
  closeEpisode(returns, running, (terminated ? -first : tailOf(running)) / (1 - gamma), gamma);
}

/** Rewards that wait count otherwise, and returns of those before are forgotten: the first rewards were looked at once more. */
export function amendReturns(returns: Returns, amended: (reward: number) => number): void {
  for (const { rewards, counts } of [returns, ...returns.others])
    for (let t = 0; t < counts.waiting; t++) rewards[t] = amended(rewards[t]);
  Object.assign(returns.counts, { rows: 0, next: 0, spread: 0 });
}

/** The running episode broke off: it counts as cut short. */
export function closeRewards(returns: Returns, discount: number, lane = 0): void {
  const running = lane === 0 ? returns : returns.others[lane - 1];
  const gamma = Math.min(discount, MOST_DISCOUNT);
  if (running.counts.waiting > 0) closeEpisode(returns, running, tailOf(running) / (1 - gamma), gamma);
}

/** Σ_t = r_t + γ Σ_{t+1}, from the last step back. */
function closeEpisode(
  { table, counts }: Returns,
  running: RunningRewards,
  tail: number,
  discount: number,
): void {
  let sum = tail;
  for (let t = running.counts.waiting - 1; t >= 0; t--) {
    sum = running.rewards[t] + discount * sum;
    table[counts.next] = sum;
    counts.next = (counts.next + 1) % MOST;
    counts.rows = Math.min(counts.rows + 1, MOST);
  }
  running.counts.waiting = 0;
  const sorted = table.slice(0, counts.rows).sort();
  const quantile = (q: number) => sorted[Math.floor(q * (counts.rows - 1))];
  counts.spread = quantile(1 - OUTER) - quantile(OUTER);
}

/** What follows a cut, at every step: the mean of the newest rewards. */
function tailOf({ rewards, counts }: RunningRewards): number {
  const newest = rewards.subarray(Math.max(0, counts.waiting - TAIL), counts.waiting);
  return newest.reduce((sum, reward) => sum + reward, 0) / newest.length;
}

/**
 * The unit of temperatures: the spread of the realised returns; where they have none yet, the range of the rewards; where
 * that is 0 too, the size of a reward that came with an end; 0 before anything was gained.
 */
export function unitOfReturns(
  { counts }: Returns,
  { rewardLow, rewardHigh }: { readonly rewardLow: number; readonly rewardHigh: number },
): number {
  const range = rewardHigh > rewardLow ? rewardHigh - rewardLow : 0;
  const size = Math.max(Math.abs(rewardLow), Math.abs(rewardHigh));
  return [counts.spread, range, size].find((unit) => unit > 0 && Number.isFinite(unit)) ?? 0;
}
