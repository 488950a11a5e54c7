import { mix } from "../core/mix.ts";
import { seedWords } from "../core/random.ts";

/**
 * The seed of an episode, below 2³²: it follows from the run's seed, the lane and the episode's number alone, so that an
 * episode begins alike whatever its world was used for before.
 *
 *   h ← mix(h xor w)   for w = the seed's two words, the lane, the number
 *
 * Each step is a bijection in w: no two episodes of a lane share a seed.
 *
 * @param lane    0, 1, 2 …
 * @param episode 1, 2, 3 …
 */
export function episodeSeed(seed: number, lane: number, episode: number): number {
  let hash = START;
  for (const word of [...seedWords(seed), lane, episode]) hash = mix(hash ^ word);
  return hash >>> 0;
}

/** 2³² divided by the golden ratio: where hashes often begin, so that seed 0 is not a fixed point. */
const START = 0x9e3779b9;
