/** When a run is over, beside its steps: after so many episodes, or once its returns are good enough. */

/** What a run may be limited by. */
export interface Limits {
  /** Episodes that come to their end. */
  readonly episodes?: number | undefined;
  /** Mean return of the newest {@link JUDGED} of them. */
  readonly target?: number | undefined;
}

/** Episodes that a target is compared with. */
export const JUDGED = 5;

/** What is counted for it: plain data, so that it can be saved. Runs that were saved before there were limits have none. */
export interface Finished {
  /** Episodes of the run that came to their end. */
  finished?: number;
  /** Returns of the newest {@link JUDGED}. */
  newest?: number[];
}

/** Takes in an episode that came to its end. */
export function includeEpisode(counted: Finished, sum: number): void {
  counted.finished = (counted.finished ?? 0) + 1;
  counted.newest = [...(counted.newest ?? []), sum].slice(-JUDGED);
}

/** Whether a limit is reached. @param lanes what was counted, for each copy of the world */
export function isLimitReached({ episodes, target }: Limits, lanes: readonly Finished[]): boolean {
  if (episodes === undefined && target === undefined) return false;
  const finished = lanes.reduce((sum, lane) => sum + (lane.finished ?? 0), 0);
  if (episodes !== undefined && finished >= episodes) return true;
  const newest = lanes.flatMap((lane) => lane.newest ?? []);
  if (target === undefined || newest.length < JUDGED) return false;
  return newest.reduce((sum, value) => sum + value, 0) / newest.length >= target;
}
