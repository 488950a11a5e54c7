/** How the last episodes went: read by a diagnosis, and not saved. */

/** Episodes that are kept. */
export const MOST_EPISODES = 32;

/** The newest episodes, and those that run. */
export interface Episodes {
  /** [lanes] steps of the running ones. */
  readonly running: Uint32Array;
  /** [MOST_EPISODES] steps of those that are over, in a ring. */
  readonly lengths: Uint32Array;
  /** [MOST_EPISODES] 1 where the world ended it, 0 where it was cut short. */
  readonly ended: Uint8Array;
  /** Episodes that are over, of all time. */
  over: number;
}

/** @param lanes episodes that run side by side */
export function createEpisodes(lanes: number): Episodes {
  return {
    running: new Uint32Array(lanes),
    lengths: new Uint32Array(MOST_EPISODES),
    ended: new Uint8Array(MOST_EPISODES),
    over: 0,
  };
}

/** Takes in a step of a lane. */
export function includeStep(
  episodes: Episodes,
  lane: number,
  { terminated, truncated }: { readonly terminated: boolean; readonly truncated: boolean },
): void {
  const length = ++episodes.running[lane];
  if (!terminated && !truncated) return;
  const place = episodes.over++ % MOST_EPISODES;
  episodes.lengths[place] = length;
  episodes.ended[place] = Number(terminated);
  episodes.running[lane] = 0;
}

/** The running episode of a lane broke off, and no step reported its end: its length is not known. */
export function forgetRunning(episodes: Episodes, lane: number): void {
  episodes.running[lane] = 0;
}

/** What the newest episodes have in common. */
export interface EpisodeEvidence {
  /** Episodes that it is taken from, at most {@link MOST_EPISODES}. */
  readonly episodes: number;
  /** Of them, those that the world ended. */
  readonly ended: number;
  readonly meanLength: number;
  /** Steps of the longest one. */
  readonly longest: number;
}

export function episodeEvidence({ lengths, ended, over }: Episodes): EpisodeEvidence {
  const episodes = Math.min(over, MOST_EPISODES);
  let [sum, longest, ends] = [0, 0, 0];
  for (let i = 0; i < episodes; i++) {
    sum += lengths[i];
    longest = Math.max(longest, lengths[i]);
    ends += ended[i];
  }
  return { episodes, ended: ends, meanLength: episodes > 0 ? sum / episodes : 0, longest };
}
