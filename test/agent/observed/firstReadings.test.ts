import { test } from "uvu";
import * as assert from "uvu/assert";
import { takeNotices } from "../../../src/agent/notices.ts";
import type { ObservedState } from "../../../src/agent/observed/state.ts";
import { deviation } from "../../../src/learning/moments.ts";
import { smallAgent } from "../../helpers/smallAgent.ts";

/** Readings of three dimensions and rewards, in the order of time. */
const SEEN = [
  [0.1, -0.2, 3],
  [0.2, -0.1, 3.5],
  [0.15, 0.1, 4],
  [0.05, 0.2, 3.5],
  [0.1, 0.15, 3],
  [0.2, 0.1, 2.5],
  [0.25, 0.05, 3],
];
const REWARDS = [-1, -2, -1.5, -1.25, -1.75, -1];

/** What an agent that remembers them holds. */
async function remembered(seen: readonly (readonly number[])[], rewards: readonly number[]) {
  const { agent } = await smallAgent("pendulum");
  rewards.forEach((reward, t) => {
    const ends = { terminated: false, truncated: false };
    agent.remember({ observation: seen[t], action: [0], reward, nextObservation: seen[t + 1], ...ends });
  });
  const { experience, model, origin, level, returns, notices } = agent.state as ObservedState;
  const { state, change } = model.statistics.running;
  const { table, stride, counts } = experience;
  const columns = [0, 1, 2].map((d) =>
    seen.slice(0, -1).map((_, t) => table[t * stride + d] + origin.counts[d]),
  );
  return {
    scales: [...state.std, ...change.std, deviation(counts.continuing)],
    places: [
      ...[...state.mean].map((mean, d) => mean + origin.counts[d]),
      counts.continuing.mean + level.counts.first,
    ],
    columns,
    rewards: rewards.map((_, t) => table[t * stride + 7] + level.counts.first),
    extremes: [counts.lowest, counts.highest].map((reward) => reward + level.counts.first),
    warnings: takeNotices(notices),
    waiting: [...returns.rewards.subarray(0, rewards.length)].map((reward) => reward + level.counts.first),
  };
}

const near = (actual: readonly number[], expected: readonly number[], tolerance: number) =>
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${actual} instead of ${expected}`);
  });

for (const place of [0, 2, 4])
  test(`a fault at reading ${place} of the first five hardly moves scales, nor what readings are counted from`, async () => {
    const clean = await remembered(SEEN, REWARDS);
    const seen = SEEN.map((x, t) => (t === place ? [x[0], 1e6, x[2]] : x));
    const rewards = REWARDS.map((reward, t) => (t === place ? -1e6 : reward));
    const faulty = await remembered(seen, rewards);
    // one of five counts as eight deviations: at most √(4/5 + 64 · 4/25) = 3.3 of them, and a tenth more for the sixth
    faulty.scales.forEach((std, i) => {
      assert.ok(std > 0 && std < 8 * clean.scales[i], `${i}: ${std}, ${clean.scales[i]}`);
    });
    near(faulty.places, clean.places, 2);
    // the experience holds the others as they were seen, and the fault as eight deviations from them
    const others = (values: readonly number[]) => values.filter((_, t) => t !== place);
    near(others(faulty.columns[1]), others(SEEN.map((x) => x[1])), 1e-6);
    near(others(faulty.rewards), others(REWARDS), 1e-6);
    assert.ok(Math.abs(faulty.columns[1][place]) < 8 * 0.2, `${faulty.columns[1][place]}`);
    assert.match(faulty.warnings.join(), /^observation\[1\]: a value lay \d+ standard deviations/);
    near(faulty.extremes, [-1e6, -1], 0.07);
    assert.ok(Math.min(...faulty.waiting) > -20);
  });

test("a first reading that leaves nothing of the others in f32 is found, and what follows is stored as precisely as without it", async () => {
  const clean = await remembered(SEEN, REWARDS);
  for (const size of [1e9, -1e12]) {
    const faulty = await remembered(
      SEEN.map((x, t) => (t === 0 ? [x[0], size, x[2]] : x)),
      REWARDS.map((reward, t) => (t === 0 ? size : reward)),
    );
    faulty.scales.forEach((std, i) => {
      assert.ok(std > 0 && std < 8 * clean.scales[i], `${i}: ${std}, ${clean.scales[i]}`);
    });
    near(faulty.places, clean.places, 2);
    near(faulty.columns[1].slice(1), clean.columns[1].slice(1), 1e-6);
    near(faulty.rewards.slice(1), clean.rewards.slice(1), 1e-6);
  }
});

test("without a fault nothing changes: what was counted from the first still is", async () => {
  const { columns, rewards, waiting } = await remembered(SEEN, REWARDS);
  near(
    columns[2],
    SEEN.map((x) => x[2]),
    1e-6,
  );
  near(rewards, REWARDS, 1e-6);
  near(waiting, REWARDS, 1e-6);
});

test.run();
