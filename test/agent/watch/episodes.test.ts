import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  createEpisodes,
  episodeEvidence,
  forgetRunning,
  includeStep,
  MOST_EPISODES,
} from "../../../src/agent/watch/episodes.ts";

const go = { terminated: false, truncated: false };
const ended = { terminated: true, truncated: false };
const cut = { terminated: false, truncated: true };

test("tells of nothing before an episode is over", () => {
  const episodes = createEpisodes(1);
  includeStep(episodes, 0, go);
  assert.equal(episodeEvidence(episodes), { episodes: 0, ended: 0, meanLength: 0, longest: 0 });
});

test("counts steps by lane, and ends apart from cuts", () => {
  const episodes = createEpisodes(2);
  for (const lane of [0, 1, 0]) includeStep(episodes, lane, go);
  includeStep(episodes, 0, ended);
  includeStep(episodes, 1, cut);
  assert.equal(episodeEvidence(episodes), { episodes: 2, ended: 1, meanLength: 2.5, longest: 3 });
});

test("keeps the newest episodes, and leaves out one that broke off", () => {
  const episodes = createEpisodes(1);
  for (let i = 0; i < MOST_EPISODES; i++) includeStep(episodes, 0, ended);
  for (let i = 0; i < 5; i++) includeStep(episodes, 0, go);
  forgetRunning(episodes, 0);
  for (const step of [go, cut]) includeStep(episodes, 0, step);
  const { episodes: count, ended: ends, longest } = episodeEvidence(episodes);
  assert.equal([count, ends, longest], [MOST_EPISODES, MOST_EPISODES - 1, 2]);
});

test.run();
