import type { EpisodeReport } from "../../src/loop/report.ts";

const bound = {
  reward: -3,
  informationGain: 0.5,
  stateConsistency: 0,
  actionConsistency: -0.25,
  total: -2.75,
};

/** Episodes of 10 steps with the given returns, all ended by the time limit. */
export function episodesOf(returns: readonly number[]): readonly EpisodeReport[] {
  return returns.map((value, index) => ({
    episode: index + 1,
    steps: 10 * (index + 1),
    length: 10,
    return: value,
    terminated: false,
    truncated: true,
    bound,
    modelError: 0.25,
  }));
}
