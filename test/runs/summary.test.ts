import { test } from "uvu";
import * as assert from "uvu/assert";
import { summarise } from "../../src/runs/summary.ts";
import { episodesOf } from "../helpers/episodes.ts";

test("counts everything, but takes its returns from the finished episodes, the recent from the last ten", () => {
  const episodes = episodesOf([100, ...Array(10).fill(2), 5000]);
  const cut = { ...episodes[11], truncated: false, modelError: 0.5 };
  assert.equal(summarise([...episodes.slice(0, 11), cut], 60), {
    episodes: 12,
    steps: 120,
    bestReturn: 100,
    recentEpisodes: 10,
    recentReturn: 2,
    modelError: 0.5,
    seconds: 60,
    stepsPerSecond: 2,
  });
});

test("has nothing to say of no episodes", () => {
  const { episodes, steps, bestReturn, recentReturn, modelError, stepsPerSecond } = summarise([], 0);
  assert.equal(
    [episodes, steps, bestReturn, recentReturn, modelError, stepsPerSecond],
    [0, 0, null, null, null, 0],
  );
});

test.run();
