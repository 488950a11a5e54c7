import { test } from "uvu";
import * as assert from "uvu/assert";
import { episodeSeed } from "../../src/loop/seeds.ts";

test("no two episodes share a seed, near seeds and lanes included", () => {
  const seeds = new Set<number>();
  for (const seed of [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 52])
    for (const lane of [0, 1, 7])
      for (let episode = 1; episode <= 500; episode++) seeds.add(episodeSeed(seed, lane, episode));
  assert.is(seeds.size, 6 * 3 * 500);
  for (const seed of seeds) assert.ok(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32);
});

test("the seeds of an episode's neighbours lie anywhere: their mean and spread are those of a uniform draw", () => {
  const draws = Array.from({ length: 4000 }, (_, i) => episodeSeed(1, 0, i + 1) / 2 ** 32);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  // 4 σ, σ = √(1 / 12 / 4000)
  assert.ok(Math.abs(mean - 0.5) < 4 * Math.sqrt(1 / 12 / 4000), String(mean));
  const lag = draws.slice(1).reduce((sum, draw, i) => sum + (draw - 0.5) * (draws[i] - 0.5), 0) / 3999;
  assert.ok(Math.abs(lag) < 4 / 12 / Math.sqrt(3999), String(lag));
});

test("stays what it is: runs are repeated by it", () => {
  assert.equal(
    [episodeSeed(0, 0, 1), episodeSeed(1, 0, 1), episodeSeed(1, 0, 2), episodeSeed(1, 1, 1)],
    [1376263657, 449783931, 2154837304, 186182476],
  );
});

test.run();
